/** A coordinate reference system as spatial_ref_sys defines it. */
export interface CrsDefinition {
  readonly srid: number;
  /** `+proj=utm +zone=32 +ellps=GRS80 +units=m +no_defs`. */
  readonly proj4text: string;
}

/** WGS 84 in longitude and latitude: EPSG:4326 and CRS84 in traditional order. */
export const WGS84: CrsDefinition = { srid: 4326, proj4text: '+proj=longlat +datum=WGS84 +no_defs' };

/** WGS 84 / Pseudo-Mercator. */
export const WEB_MERCATOR: CrsDefinition = {
  srid: 3857,
  proj4text: '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs',
};

/** True when positions are longitude and latitude in degrees. */
export function isGeographic(definition: CrsDefinition): boolean {
  return proj4Parameter(definition, 'proj') === 'longlat';
}

/** Value of a `+name=value` parameter, an empty text for a bare `+name`, undefined when absent. */
export function proj4Parameter({ proj4text }: CrsDefinition, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)\\+${name}(?:=(\\S*))?(?=\\s|$)`)
    .exec(proj4text)
    ?.slice(0, 2)
    .map((part) => part ?? '')[1];
}

/** True when the definition moves positions from its own datum to WGS 84 (`towgs84` other than zeros, or a named datum). */
export function hasDatumShift(definition: CrsDefinition): boolean {
  const parameters = proj4Parameter(definition, 'towgs84');
  if (parameters !== undefined) return parameters.split(',').some((value) => Number(value) !== 0);
  const datum = proj4Parameter(definition, 'datum');
  return datum !== undefined && datum !== 'WGS84' && datum !== 'NAD83';
}

import { proj4Parameter, type CrsDefinition } from '../../crs/crs-definition.ts';

/** PROJ's names of ellipsoids: EPSG code, semi-major axis in metres, inverse flattening (EPSG registry, table Ellipsoid). */
const ELLIPSOIDS: Readonly<Record<string, readonly [code: number, semiMajor: number, inverseFlattening: number]>> = {
  airy: [7001, 6_377_563.396, 299.3249646],
  mod_airy: [7002, 6_377_340.189, 299.3249646],
  aust_SA: [7003, 6_378_160, 298.25],
  bessel: [7004, 6_377_397.155, 299.1528128],
  bess_nam: [7046, 6_377_483.865, 299.1528128],
  clrk66: [7008, 6_378_206.4, 294.978698214],
  clrk80: [7012, 6_378_249.145, 293.465],
  clrk80ign: [7011, 6_378_249.2, 293.466021294],
  evrst30: [7015, 6_377_276.345, 300.8017],
  GRS67: [7036, 6_378_160, 298.247167427],
  GRS80: [7019, 6_378_137, 298.257222101],
  helmert: [7020, 6_378_200, 298.3],
  intl: [7022, 6_378_388, 297],
  krass: [7024, 6_378_245, 298.3],
  WGS66: [7025, 6_378_145, 298.25],
  WGS72: [7043, 6_378_135, 298.26],
  WGS84: [7030, 6_378_137, 298.257223563],
};

/** PROJ's names of datums: EPSG code of the geographic CRS, ellipsoid. */
const DATUMS: Readonly<Record<string, readonly [geographic: number, ellipsoid: string]>> = {
  WGS84: [4326, 'WGS84'],
  NAD83: [4269, 'GRS80'],
  NAD27: [4267, 'clrk66'],
};

/** A figure of the Earth: its EPSG code where it has one, the axis in metres; a sphere has no inverse flattening. */
export interface Ellipsoid {
  readonly code: number | undefined;
  readonly semiMajor: number;
  readonly inverseFlattening: number | undefined;
}

/** EPSG code of the geographic CRS of a definition whose datum is named, undefined for all others. */
export function geographicCode(definition: CrsDefinition): number | undefined {
  const [code] = DATUMS[proj4Parameter(definition, 'datum') ?? ''] ?? [];
  const meridian = proj4Parameter(definition, 'pm');
  return meridian === undefined || meridian === 'greenwich' || Number(meridian) === 0 ? code : undefined;
}

/** The figure by `+datum`, `+ellps`, or `+a` with `+b`, `+rf` or `+f`, in PROJ's order; WGS 84 where nothing is said. */
export function ellipsoidOf(definition: CrsDefinition): Ellipsoid {
  const number = (name: string): number | undefined => {
    const text = proj4Parameter(definition, name);
    return text === undefined || !Number.isFinite(Number(text)) ? undefined : Number(text);
  };
  const semiMajor = number('R') ?? number('a');
  if (semiMajor !== undefined) {
    const flattening = number('f');
    const semiMinor = number('b');
    const fromMinor = semiMinor === undefined || semiMinor === semiMajor ? undefined : semiMajor / (semiMajor - semiMinor);
    const inverseFlattening = number('rf') ?? (flattening === undefined || flattening === 0 ? fromMinor : 1 / flattening);
    return { code: undefined, semiMajor, inverseFlattening };
  }
  const [, ofDatum = 'WGS84'] = DATUMS[proj4Parameter(definition, 'datum') ?? ''] ?? [];
  const name = proj4Parameter(definition, 'ellps') ?? ofDatum;
  if (name === 'sphere') return { code: undefined, semiMajor: 6_370_997, inverseFlattening: undefined };
  const [code, a, rf] = ELLIPSOIDS[name] ?? [7030, 6_378_137, 298.257223563];
  return { code, semiMajor: a, inverseFlattening: rf };
}

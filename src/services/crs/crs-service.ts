import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import { isGeographic, proj4Parameter } from '../../crs/crs-definition.ts';
import type { CrsDefinition } from '../../crs/crs-definition.ts';
import { parseCrs, storageCrsUri } from '../../crs/crs-uri.ts';
import type { CrsName } from '../../crs/crs-uri.ts';
import type { CrsDefinitions } from '../../catalog/crs-definitions.ts';
import type { RunContext } from '../../db/database.ts';
import type { References } from '../rasters/references.ts';
import { mappedBox } from './mapped-box.ts';

/** A coordinate reference system that the database knows, under the name of the request. */
export interface Crs {
  readonly uri: string;
  readonly srid: number;
  /** The order in which `uri` writes positions. */
  readonly northingFirst: boolean;
  readonly geographic: boolean;
  /** Of its unit; of a degree on the equator (OGC 17-083r4, annex B). */
  readonly metresPerUnit: number;
  readonly definition: CrsDefinition;
}

/** Coordinate reference systems and boxes in them. */
export interface CrsService {
  /** @throws AppError UNSUPPORTED_CRS when spatial_ref_sys does not define it */
  named(name: CrsName, context: RunContext): Promise<Crs>;
  /** The CRS in which data with an SRID are described: 4326 as CRS84. @throws AppError UNSUPPORTED_CRS */
  stored(srid: number, context: RunContext): Promise<Crs>;
  /** Longitude and latitude. */
  crs84(context: RunContext): Promise<Crs>;
  /**
   * The box around a box, both in easting-northing order with west < east (beyond 180° where it crosses the
   * antimeridian); undefined when nothing of it can be mapped.
   */
  box(bbox: Bbox, from: Crs, to: Crs, context: RunContext): Promise<Bbox | undefined>;
  /**
   * The same for all that there is, which nobody asked for by name: a hemisphere of the world in a polar stereographic
   * projection, as what lies beyond is drawn more than twice too large.
   */
  extent(bbox: Bbox, from: Crs, to: Crs, context: RunContext): Promise<Bbox | undefined>;
  /** Transforms positions x, y, x, y … in place; NaN where that is not possible. */
  move(xy: Float64Array, from: Crs, to: Crs, context: RunContext): Promise<void>;
}

const METRES_PER_DEGREE = (Math.PI * 6_378_137) / 180;
/** Where ground is drawn this many times too large a box ends: 145° from a stereographic projection's middle. */
const MOST_ENLARGED = 10;
/** And the view of everything. */
const SEEN_AT_ONCE = 2;
const UNITS: Readonly<Record<string, number>> = {
  m: 1,
  km: 1000,
  dm: 0.1,
  cm: 0.01,
  mm: 0.001,
  ft: 0.3048,
  'us-ft': 1200 / 3937,
  yd: 0.9144,
  mi: 1609.344,
  kmi: 1852,
};

/** The service over spatial_ref_sys. */
export function createCrsService(parts: { readonly definitions: CrsDefinitions; readonly references: References }): CrsService {
  const named = async (name: CrsName, context: RunContext): Promise<Crs> => {
    const definition = name.srid === undefined ? undefined : await parts.definitions(name.srid, context);
    if (definition === undefined) {
      throw new AppError('UNSUPPORTED_CRS', { detail: `Cannot use ${name.uri}: spatial_ref_sys does not define it` });
    }
    const geographic = isGeographic(definition);
    const { uri, northingFirst } = name;
    return { uri, northingFirst, srid: definition.srid, geographic, definition, metresPerUnit: metresPerUnit(definition, geographic) };
  };
  const stored = (srid: number, context: RunContext): Promise<Crs> => {
    const uri = storageCrsUri(srid);
    const name = parseCrs(uri);
    if (name !== undefined) return named(name, context);
    throw new AppError('UNSUPPORTED_CRS', { detail: `SRID ${srid} is no coordinate reference system` });
  };
  const move: CrsService['move'] = async (xy, from, to, context) => {
    const { forward } = await parts.references(from.srid, to.srid, context);
    await forward.run(xy, context);
  };
  return {
    named,
    stored,
    crs84: (context) => stored(4326, context),
    move,
    box: (bbox, from, to, context) => mappedBox(parts.references, { bbox, from, to, mostEnlarged: MOST_ENLARGED }, context),
    extent: (bbox, from, to, context) => mappedBox(parts.references, { bbox, from, to, mostEnlarged: SEEN_AT_ONCE }, context),
  };
}

function metresPerUnit(definition: CrsDefinition, geographic: boolean): number {
  if (geographic) return METRES_PER_DEGREE;
  const factor = Number(proj4Parameter(definition, 'to_meter') ?? Number.NaN);
  if (factor > 0) return factor;
  return UNITS[proj4Parameter(definition, 'units') ?? 'm'] ?? 1;
}

/** A box in the axis order of its CRS, as headers and documents write it; longitudes back within ±180. */
export function boxText([west, south, east, north]: Bbox, crs: Pick<Crs, 'northingFirst' | 'geographic'>): string {
  const [left, right] = crs.geographic && east - west < 360 ? [wrap(west), wrap(east)] : [west, east];
  const numbers = crs.northingFirst ? [south, left, north, right] : [left, south, right, north];
  return numbers.map((value) => String(Number(value.toPrecision(15)))).join(',');
}

/** Degrees within ±180, both ends kept as they are. */
function wrap(degrees: number): number {
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
}

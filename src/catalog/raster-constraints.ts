import type { Bbox } from '../base/bbox.ts';
import type { PixelTypeName } from '../raster/wkb.ts';
import { identifierPattern } from './identifier-pattern.ts';
import { pixelTypeOf } from './pixel-type.ts';
import type { ConstraintRow } from './schema-rows.ts';

/** The table and column that an overview table reduces. */
export interface OverviewOf {
  readonly factor: number;
  readonly schema: string;
  readonly table: string;
  readonly column: string;
}

/** What the constraints of AddRasterConstraints say about one raster column; absent members have no constraint. */
export interface RasterConstraints {
  readonly srid: number | undefined;
  readonly pixelWidth: number | undefined;
  readonly pixelHeight: number | undefined;
  readonly blockWidth: number | undefined;
  readonly blockHeight: number | undefined;
  readonly pixelTypes: readonly PixelTypeName[] | undefined;
  /** One entry a band; undefined for a band without nodata value. */
  readonly nodata: readonly (number | undefined)[] | undefined;
  readonly extent: Bbox | undefined;
  readonly regularBlocking: boolean;
  readonly overviewOf: OverviewOf | undefined;
}

/** Reads the constraints on `column` from PostgreSQL's text of them, as PostGIS 2 and 3 wrote them. */
export function parseRasterConstraints(column: string, rows: readonly ConstraintRow[]): RasterConstraints {
  const argument = `\\(+${identifierPattern(column)}(?=[,)])`;
  const about = (name: string): string | undefined =>
    rows.find((row) => new RegExp(`\\b${name}${argument}`, 'i').test(row.definition))?.definition;
  const grid = parseGrid(about('st_samealignment'));
  return {
    srid: numberAfterEquals(about('st_srid')) ?? grid?.srid,
    pixelWidth: grid?.pixelWidth ?? absolute(numberAfterEquals(about('st_scalex'))),
    pixelHeight: grid?.pixelHeight ?? absolute(numberAfterEquals(about('st_scaley'))),
    blockWidth: largestAfterEquals(about('st_width')),
    blockHeight: largestAfterEquals(about('st_height')),
    pixelTypes: parsePixelTypes(arrayLiteral(about('_raster_constraint_pixel_types'))),
    nodata: arrayLiteral(about('_raster_constraint_nodata_values'))?.map((item) => (item === 'NULL' ? undefined : Number(item))),
    extent: parseExtent(about('st_envelope') ?? about('st_convexhull')),
    regularBlocking: about('st_iscoveragetile') !== undefined && isSpatiallyUnique(column, rows),
    overviewOf: parseOverview(about('_overview_constraint')),
  };
}

/** `… EXCLUDE USING btree|gist (rast WITH =)`: no two blocks at one place. */
function isSpatiallyUnique(column: string, rows: readonly ConstraintRow[]): boolean {
  const unique = new RegExp(`${identifierPattern(column)}\\)*(?:::\\S+)? WITH`, 'i');
  return rows.some((row) => row.kind === 'x' && unique.test(row.definition));
}

/** `_overview_constraint(rast, 2, 'public'::name, 'roads'::name, 'rast'::name)`. */
function parseOverview(definition: string | undefined): OverviewOf | undefined {
  if (definition === undefined) return undefined;
  const factor = /,\s*(\d+)\s*,/.exec(definition)?.[1];
  const names = [...definition.matchAll(/'((?:[^']|'')*)'::/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"));
  const [schema, table, column] = names;
  if (factor === undefined || schema === undefined || table === undefined || column === undefined) return undefined;
  return { factor: Number(factor), schema, table, column };
}

/** Scale, skew and SRID of the reference raster in `st_samealignment(rast, '0100…'::raster)`. */
function parseGrid(
  definition: string | undefined,
): { readonly pixelWidth: number; readonly pixelHeight: number; readonly srid: number } | undefined {
  const bytes = hexLiteral(definition);
  if (bytes === undefined || bytes.length < 57) return undefined;
  const little = bytes[0] === 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // PostGIS raster WKB: endianness 1, version 2, bands 2, then scale, corner and skew as pairs of float64, SRID int32.
  const double = (index: number): number => view.getFloat64(5 + index * 8, little);
  return {
    pixelWidth: Math.hypot(double(0), double(5)),
    pixelHeight: Math.hypot(double(1), double(4)),
    srid: view.getInt32(53, little),
  };
}

/** The box of the (multi)polygon literal that blocks must be inside. */
function parseExtent(definition: string | undefined): Bbox | undefined {
  const bytes = hexLiteral(definition);
  if (bytes === undefined || bytes[0] !== 1) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  const ring = (offset: number): number => {
    const points = view.getUint32(offset, true);
    for (let i = 0; i < points; i++) {
      const x = view.getFloat64(offset + 4 + i * 16, true);
      const y = view.getFloat64(offset + 12 + i * 16, true);
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
    return offset + 4 + points * 16;
  };
  const shape = (offset: number): number => {
    const type = view.getUint32(offset + 1, true);
    let next = offset + ((type & 0x20000000) === 0 ? 5 : 9);
    const count = view.getUint32(next, true);
    next += 4;
    for (let i = 0; i < count; i++) next = (type & 0xff) === 3 ? ring(next) : shape(next);
    return next;
  };
  try {
    shape(0);
  } catch (error) {
    // A literal that ends early is no polygon of two dimensions: no extent is known then.
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
  return west <= east && south <= north ? [west, south, east, north] : undefined;
}

function parsePixelTypes(items: readonly string[] | undefined): readonly PixelTypeName[] | undefined {
  const types = items?.map(pixelTypeOf);
  return types?.every((type) => type !== undefined) === true ? types.filter((type) => type !== undefined) : undefined;
}

function hexLiteral(definition: string | undefined): Uint8Array | undefined {
  const hex = /'((?:[0-9a-f]{2}){20,})'::/i.exec(definition ?? '')?.[1];
  return hex === undefined ? undefined : Uint8Array.from(Buffer.from(hex, 'hex'));
}

function arrayLiteral(definition: string | undefined): readonly string[] | undefined {
  const body = /'\{([^}]*)\}'::/.exec(definition ?? '')?.[1];
  return body === undefined ? undefined : body.split(',').map((item) => item.replaceAll('"', ''));
}

/** `… = 4326)`, `… = round(0.25, 10))`, `… = round((- 0.25), 10))`, `… = (0.25)::numeric(25,10))`. */
function numberAfterEquals(definition: string | undefined): number | undefined {
  const after = /=\s*(?:round)?[('"\s]*(-?)[\s('"]*([\d.]+(?:e[+-]?\d+)?)/i.exec(definition ?? '');
  return after === null ? undefined : Number(`${after[1] ?? ''}${after[2] ?? ''}`);
}

/** `= 256` or `= ANY (ARRAY[77, 103])`. */
function largestAfterEquals(definition: string | undefined): number | undefined {
  const list = /=\s*ANY\s*\(+(?:ARRAY)?['{[]*([\d,\s]+)/i.exec(definition ?? '')?.[1];
  return list === undefined ? numberAfterEquals(definition) : Math.max(...list.split(',').map(Number));
}

function absolute(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.abs(value);
}

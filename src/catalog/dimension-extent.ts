import { ANONYMOUS } from '../base/principal.ts';
import { and, ident, literal, sql } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { Database, Row } from '../db/database.ts';
import { int, optional } from './cell.ts';
import type { DimensionExtent, Property, RasterCollection } from './collection.ts';
import { dimensionKind, rasterDimensions } from './raster-dimensions.ts';

/** A list of more values helps nobody: file names, say. */
const MOST_VALUES = 100;
/** Longer texts are descriptions rather than positions on an axis. */
const LONGEST = 200;
const TIMEOUT_MS = 30_000;

/**
 * How far the rows of a table of rasters reach along each of its further columns, in their order; columns without any
 * value are left out. Reads every row, though none of its pixels: for the background. Fails as statements do.
 */
export async function readDimensions(
  database: Database,
  collection: RasterCollection,
  signal: AbortSignal,
): Promise<readonly DimensionExtent[]> {
  const axes = rasterDimensions(collection);
  if (axes.length === 0) return [];
  const rows = await database.rows(dimensionsStatement(collection, axes), {
    name: 'extent.dimensions',
    signal,
    principal: ANONYMOUS,
    timeoutMs: TIMEOUT_MS,
  });
  return axes.flatMap(
    (axis, i) =>
      extentOf(
        axis,
        rows.filter((row) => int(row, 0) === i),
      ) ?? [],
  );
}

/** For each axis a row (its number, true, least, greatest), then one (its number, false, value) a value, one more than are named. */
export function dimensionsStatement({ relation, predicate }: RasterCollection, axes: readonly Property[]): Sql {
  const table = ident([relation.schema, relation.name]);
  const parts = axes.map((axis, i) => {
    const number = literal(i);
    const values = sql`select ${shortValue(axis)} as v from ${table} where ${and([predicate, isPlace(axis)])}`;
    const value = (v: Sql): Sql => valueText(v, axis);
    return sql`(select ${number}, true, ${value(sql`min(v)`)}, ${value(sql`max(v)`)} from (${values}) r)
      union all (select ${number}, false, ${value(sql`v`)}, null from (select distinct v from (${values}) d order by v limit ${literal(MOST_VALUES + 1)}) o)`;
  });
  return parts.slice(1).reduce((all, part) => sql`${all} union all ${part}`, parts[0] ?? sql`select 0, true, null, null`);
}

/** A column's value as that type by which the axis is ordered. */
export function orderedValue(axis: Property): Sql {
  const column = ident(axis.name);
  const kind = dimensionKind(axis);
  if (kind === 'number') return sql`${column}::float8`;
  return kind === 'time' ? column : sql`(${column}::text collate "C")`;
}

/** The same without the tails of texts that are too long to be told, so that they are not sorted. */
function shortValue(axis: Property): Sql {
  const value = orderedValue(axis);
  return dimensionKind(axis) === 'text' ? sql`left(${value}, ${literal(LONGEST + 1)})` : value;
}

/** True for values that have a place on the axis: no null, no NaN, nothing infinite. */
export function isPlace(axis: Property): Sql {
  const value = orderedValue(axis);
  switch (dimensionKind(axis)) {
    case 'number':
      return sql`${value} > '-infinity' and ${value} < 'infinity'`;
    case 'time':
      return sql`isfinite(${value}) and ${value} >= '0001-01-01'`;
    case 'text':
      return sql`${value} is not null`;
  }
}

function valueText(value: Sql, axis: Property): Sql {
  if (dimensionKind(axis) === 'number') return sql`(${value})::text`;
  if (dimensionKind(axis) === 'text') return value;
  const utc = axis.type === 'timestamptz' ? sql`(${value}) at time zone 'UTC'` : sql`(${value})::timestamp`;
  return sql`to_char(${utc}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

function extentOf(axis: Property, rows: readonly Row[]): DimensionExtent | undefined {
  const read = (row: Row, index: number): number | string | null => {
    const text = optional(row, index) ?? '';
    if (dimensionKind(axis) === 'number') return Number(text);
    return text.length > LONGEST ? null : text.replace('.000000Z', 'Z');
  };
  const range = rows.find((row) => optional(row, 3) !== undefined);
  if (range === undefined) return undefined;
  const values = rows.filter((row) => row !== range && optional(row, 3) === undefined).map((row) => read(row, 2));
  const named = values.filter((value) => value !== null);
  const complete = named.length === values.length && values.length <= MOST_VALUES;
  return { name: axis.name, range: [read(range, 2), read(range, 3)], values: complete ? named : undefined };
}

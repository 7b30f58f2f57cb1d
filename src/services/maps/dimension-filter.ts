import { cannotParse } from '../../base/cannot-parse.ts';
import { decimalOf } from '../../base/decimal.ts';
import { parseTimes } from '../../base/partial-time.ts';
import { and, ident, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { Property, RasterCollection } from '../../catalog/collection.ts';
import { isPlace, orderedValue } from '../../catalog/dimension-extent.ts';
import { dimensionKind, rasterDimensions } from '../../catalog/raster-dimensions.ts';
import { subsetText } from '../crs/spatial-subset.ts';
import { instantBound } from '../features/selection.ts';

/** The condition that slices and intervals of a table's further columns make; undefined for none. @throws AppError INVALID_PARAMETER */
export function dimensionsFilter(parts: readonly AxisSubset[], collection: RasterCollection): Sql | undefined {
  return parts.length === 0 ? undefined : and(parts.map((part) => dimensionFilter(part, collection)));
}

/** A condition on a column of the table: a value, `*` for the greatest there is, or a closed interval. @throws AppError INVALID_PARAMETER */
export function dimensionFilter(part: AxisSubset, collection: RasterCollection): Sql {
  const axis = axisOf(part, collection);
  const value = orderedValue(axis);
  if (part.high === undefined && part.low === '*') {
    const table = ident([collection.relation.schema, collection.relation.name]);
    return sql`${value} = (select max(${value}) from ${table} where ${and([collection.predicate, isPlace(axis)])})`;
  }
  const { low, high } = dimensionLimits(part, axis);
  const bounds = [
    ...(low === undefined ? [] : [sql`${value} >= ${limitValue(axis, low)}`]),
    ...(high === undefined ? [] : [sql`${value} <= ${limitValue(axis, high)}`]),
  ];
  return bounds.length === 0 ? sql`true` : and(bounds);
}

/** The column that a part of a `subset` names. @throws AppError INVALID_PARAMETER */
export function axisOf(part: AxisSubset, collection: RasterCollection): Property {
  const axes = rasterDimensions(collection);
  const axis = axes.find(({ name }) => name === part.axis);
  if (axis !== undefined) return axis;
  const known = axes.map(({ name }) => name);
  throw cannotParse(
    'subset',
    subsetText(part),
    `there is no axis "${part.axis}"${known.length === 0 ? '' : `; besides space and time there are ${known.join(', ')}`}`,
  );
}

/** Ends of what is asked for along an axis, both included; undefined is open. Instants are RFC 3339 text. */
export interface DimensionLimits {
  readonly low: number | string | undefined;
  readonly high: number | string | undefined;
}

/** What a part of a `subset` asks for: of a number itself, of a time all of `2024-05`. @throws AppError INVALID_PARAMETER */
export function dimensionLimits(part: AxisSubset, axis: Property): DimensionLimits {
  const ends = part.high === undefined ? [part.low] : [part.low, part.high];
  if (ends.every((end) => end === '*')) return { low: undefined, high: undefined };
  if (dimensionKind(axis) === 'time') {
    const { start, end } = parseTimes('subset', subsetText(part), ends);
    return { low: start, high: end };
  }
  const [low, high = low] = ends.map((end) => (end === '*' ? undefined : limitOf(part, axis, end)));
  if (part.high !== undefined && low !== undefined && high !== undefined && low > high) {
    throw cannotParse('subset', subsetText(part), `${low} is above ${high}`);
  }
  return { low, high: part.high === '*' ? undefined : high };
}

function limitOf(part: AxisSubset, axis: Property, text: string): number | string {
  if (dimensionKind(axis) === 'text') return text;
  const value = decimalOf(text);
  if (value === undefined) throw cannotParse('subset', subsetText(part), `"${text}" is not a finite number`);
  return value;
}

function limitValue(axis: Property, limit: number | string): Sql {
  if (dimensionKind(axis) === 'number') return sql`${limit}::float8`;
  if (dimensionKind(axis) === 'text') return sql`(${limit}::text collate "C")`;
  const { type } = axis;
  if (type === 'date') return sql`${instantBound(type, String(limit))}::date`;
  const instant = sql`${instantBound('timestamptz', String(limit))}::timestamptz`;
  return type === 'timestamptz' ? instant : sql`(${instant} at time zone 'UTC')`;
}

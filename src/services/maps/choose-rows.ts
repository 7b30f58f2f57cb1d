import { AppError } from '../../base/error.ts';
import { cannotParse } from '../../base/cannot-parse.ts';
import { decimalOf } from '../../base/decimal.ts';
import type { Interval } from '../../base/interval.ts';
import { parseTimes } from '../../base/partial-time.ts';
import { and, ident, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import { rasterDimensions } from '../../catalog/raster-dimensions.ts';
import { subsetText, type SubsetParts } from '../crs/spatial-subset.ts';
import type { PixelSelection } from '../../raster/pixel-selection.ts';
import type { RowSelection } from '../rasters/raster-request.ts';
import type { Drawable } from './drawable.ts';
import { hasTime } from './time-axis.ts';

/** What a request says of the rows to show. */
export interface RowWish {
  readonly datetime?: Interval | undefined;
  readonly pixelSelection?: PixelSelection | undefined;
  readonly subset?: Pick<SubsetParts, 'time' | 'others'> | undefined;
}

/**
 * The rows of a collection that a request shows: by time, by other columns of its table, and what they make where they
 * overlap. What does not concern the collection (a time where its rows have none) is ignored.
 * @throws AppError CONFLICTING_PARAMETERS, NOT_FOUND for times outside the data, INVALID_PARAMETER for unknown axes
 */
export function chooseRows(wish: RowWish, { collection, times }: Drawable): RowSelection {
  const { datetime, pixelSelection, subset } = wish;
  const time = subset?.time;
  if (time !== undefined && datetime !== undefined) {
    throw new AppError('CONFLICTING_PARAMETERS', { detail: `Cannot use datetime with subset=${subsetText(time)}: both choose times` });
  }
  if (time !== undefined && collection.temporal === undefined) {
    throw cannotParse('subset', subsetText(time), `collection "${collection.id}" has no time axis`);
  }
  const latest = time !== undefined && time.low === '*' && time.high === undefined;
  const interval =
    time === undefined || latest
      ? datetime
      : parseTimes('subset', subsetText(time), time.high === undefined ? [time.low] : [time.low, time.high]);
  if (interval !== undefined && times !== undefined && !hasTime(times, interval)) {
    throw new AppError('NOT_FOUND', {
      detail: `Collection "${collection.id}" has nothing at that time: it reaches from ${times.first} to ${times.last}`,
    });
  }
  const filter = dimensionsFilter(subset?.others ?? [], collection);
  return {
    ...(interval === undefined || collection.temporal === undefined ? {} : { datetime: interval }),
    ...(latest ? { latest } : {}),
    ...(filter === undefined ? {} : { filter }),
    ...(pixelSelection === undefined ? {} : { selection: pixelSelection }),
  };
}

/** The condition that slices and intervals of a table's further columns make; undefined for none. @throws AppError INVALID_PARAMETER */
export function dimensionsFilter(parts: readonly AxisSubset[], collection: RasterCollection): Sql | undefined {
  return parts.length === 0 ? undefined : and(parts.map((part) => dimensionFilter(part, collection)));
}

const NUMBERS = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric']);

/** A condition on a column of the table: a value, or an interval of a number. */
function dimensionFilter(part: AxisSubset, collection: RasterCollection): Sql {
  const property = rasterDimensions(collection).find(({ name }) => name === part.axis);
  if (property === undefined) {
    const known = rasterDimensions(collection).map(({ name }) => name);
    throw cannotParse(
      'subset',
      subsetText(part),
      `there is no axis "${part.axis}"${known.length === 0 ? '' : `; besides space and time there are ${known.join(', ')}`}`,
    );
  }
  const column = ident(property.name);
  if (!NUMBERS.has(property.type)) {
    if (part.high === undefined && part.low !== '*') return sql`${column}::text = ${part.low}`;
    throw cannotParse('subset', subsetText(part), `axis ${part.axis} is text and takes one value`);
  }
  if (part.high === undefined && part.low !== '*') return sql`${column}::float8 = ${numberOf(part, part.low)}::float8`;
  const bounds = [
    ...(part.low === '*' ? [] : [sql`${column}::float8 >= ${numberOf(part, part.low)}::float8`]),
    ...(part.high === '*' || part.high === undefined ? [] : [sql`${column}::float8 <= ${numberOf(part, part.high)}::float8`]),
  ];
  return bounds.length === 0 ? sql`true` : and(bounds);
}

function numberOf(part: AxisSubset, text: string): number {
  const value = decimalOf(text);
  if (value === undefined) throw cannotParse('subset', subsetText(part), `"${text}" is not a finite number`);
  return value;
}

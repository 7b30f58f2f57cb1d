import { AppError } from '../../base/error.ts';
import { cannotParse } from '../../base/cannot-parse.ts';
import type { Interval } from '../../base/interval.ts';
import { parseTimes } from '../../base/partial-time.ts';
import { subsetText, type SubsetParts } from '../crs/spatial-subset.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { PixelSelection } from '../../raster/pixel-selection.ts';
import type { RowSelection } from '../rasters/raster-request.ts';
import { dimensionsFilter } from './dimension-filter.ts';
import type { Drawable } from './drawable.ts';
import { hasTime } from './time-axis.ts';

/** What a request says of the rows to show. */
export interface RowWish {
  readonly datetime?: Interval | undefined;
  readonly pixelSelection?: PixelSelection | undefined;
  readonly subset?: Pick<SubsetParts, 'time' | 'others'> | undefined;
  /** What becomes of what lies outside the data along time or a further dimension; a failure unless given. */
  readonly outside?: 'fails' | 'blank' | undefined;
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
  const interval = time === undefined || latest ? datetime : intervalOf(time);
  if (wish.outside !== 'blank' && interval !== undefined && times !== undefined && !hasTime(times, interval)) {
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

/** The times of a subset's axis; `*:*` are all that there are. */
function intervalOf(time: AxisSubset): Interval {
  if (time.low === '*' && time.high === '*') return { start: undefined, end: undefined };
  return parseTimes('subset', subsetText(time), time.high === undefined ? [time.low] : [time.low, time.high]);
}

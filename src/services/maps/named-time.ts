import { AppError } from '../../base/error.ts';
import type { Interval } from '../../base/interval.ts';
import { parseTimes } from '../../base/partial-time.ts';
import { or } from '../../base/sql.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import { datetimeCondition } from '../features/selection.ts';
import type { RowSelection } from '../rasters/raster-request.ts';
import type { Drawable } from './drawable.ts';
import { hasTime, type TimeAxis } from './time-axis.ts';

/** The name of all times together, where a name must fit into one part of a path. */
export const ALL_TIMES = 'all';

/** A period says which instants of an interval there are; it chooses nothing. */
const PERIOD = /^([^/]+\/[^/]+)\/(P[\w.]+|0)$/;

/** So many instants and intervals may be listed. */
const MAX_LISTED = 100;

/**
 * The rows of the time that a client of the classic services names: an instant, an interval `min/max[/period]`, a list of
 * such, `current` (the newest) or `default` and `all`: every row, the newest on top, which is the default and all there is
 * without an axis. @throws AppError INVALID_PARAMETER where it is none of these, or nothing of the collection lies there
 */
export function namedTime(raw: string, drawable: Drawable): Pick<RowSelection, 'datetime' | 'filter'> {
  const { collection, times } = drawable;
  const word = raw.toLowerCase();
  const { temporal, properties = [] } = collection;
  if (times === undefined || temporal === undefined || word === '' || word === 'default' || word === ALL_TIMES) return {};
  const parts = raw.split(',');
  if (parts.length > MAX_LISTED) {
    throw new AppError('INVALID_PARAMETER', { detail: `Cannot show ${parts.length} times: expected at most ${MAX_LISTED}` });
  }
  const [only, ...more] = parts.map((part) => intervalOf(part, collection, times));
  if (more.length === 0) return { datetime: only };
  return {
    filter: or([only, ...more].flatMap((interval) => (interval === undefined ? [] : datetimeCondition(properties, temporal, interval)))),
  };
}

function intervalOf(part: string, collection: RasterCollection, times: TimeAxis): Interval {
  if (part.toLowerCase() === 'current') return { start: times.last, end: times.last };
  const interval = parseTimes('time', part, part.replace(PERIOD, '$1').split('/'));
  if (hasTime(times, interval)) return interval;
  throw new AppError('INVALID_PARAMETER', {
    detail: `Layer "${collection.id}" has nothing at ${part.slice(0, 60)}: its times go from ${times.first} to ${times.last}`,
  });
}

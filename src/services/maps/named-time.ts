import { AppError } from '../../base/error.ts';
import type { Interval } from '../../base/interval.ts';
import { parseTimes } from '../../base/partial-time.ts';
import type { Drawable } from './drawable.ts';
import { hasTime } from './time-axis.ts';

/** The name of all times together, where a name must fit into one part of a path. */
export const ALL_TIMES = 'all';

/** A period says which instants of an interval there are; it chooses nothing. */
const PERIOD = /^([^/]+\/[^/]+)\/(P[\w.]+|0)$/;

/**
 * The time that a client of the classic services names: an instant, an interval `min/max[/period]`, `current` (the newest)
 * or `default` and `all`; undefined: every row, the newest on top, which is the default and all there is without an axis.
 * @throws AppError INVALID_PARAMETER where it is none of these, or nothing of the collection lies there
 */
export function namedTime(raw: string, { collection, times }: Drawable): Interval | undefined {
  const word = raw.toLowerCase();
  if (times === undefined || word === '' || word === 'default' || word === ALL_TIMES) return undefined;
  if (word === 'current') return { start: times.last, end: times.last };
  const interval = parseTimes('time', raw, raw.replace(PERIOD, '$1').split('/'));
  if (hasTime(times, interval)) return interval;
  throw new AppError('INVALID_PARAMETER', {
    detail: `Layer "${collection.id}" has nothing at ${raw.slice(0, 60)}: its times go from ${times.first} to ${times.last}`,
  });
}

import type { Interval } from '../../../base/interval.ts';
import { parseTimes } from '../../../base/partial-time.ts';
import type { Parameter } from '../../parameter.ts';

/** `datetime` of maps, coverages and their tiles. @throws AppError INVALID_PARAMETER */
export const rasterDatetime: Parameter<Interval | undefined> = {
  name: 'datetime',
  in: 'query',
  doc: 'Only rows of this instant or interval, where the rows have a time: `2024-02-12T23:20:50Z`, `2024-05` (the whole month), `2024-01-01/2024-12-31`, `../2024`.',
  schema: { type: 'string', minLength: 1 },
  parse: (raw) => (raw === undefined ? undefined : parseTimes('datetime', raw, raw.split('/'))),
};

import { checkCrs84, parseBbox } from '../../base/bbox.ts';
import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import { parseDatetime } from '../../base/interval.ts';
import type { Interval } from '../../base/interval.ts';
import type { Parameter } from '../parameter.ts';

/**
 * `limit`: digits only, at least 1, clamped to the maximum (OGC 17-069r4 /req/core/fc-limit-definition,
 * /req/core/fc-limit-response-1: a larger value is not an error).
 * @throws AppError INVALID_PARAMETER
 */
export function limitParameter(bounds: { readonly default: number; readonly maximum: number }): Parameter<number> {
  return {
    name: 'limit',
    in: 'query',
    doc: `How many to return at most; more than ${bounds.maximum} are never returned at once.`,
    schema: { type: 'integer', minimum: 1, maximum: bounds.maximum, default: bounds.default },
    parse(raw) {
      if (raw === undefined) return bounds.default;
      if (!/^\d+$/.test(raw) || /^0+$/.test(raw)) {
        throw new AppError('INVALID_PARAMETER', {
          detail: `Cannot parse limit "${raw.slice(0, 40)}": expected an integer of at least 1`,
        });
      }
      return Math.min(Number(raw), bounds.maximum);
    },
  };
}

/** `offset`: how many to skip. @throws AppError INVALID_PARAMETER */
export const offsetParameter: Parameter<number> = {
  name: 'offset',
  in: 'query',
  doc: 'How many to skip before the first that is returned.',
  schema: { type: 'integer', minimum: 0, default: 0 },
  parse(raw) {
    if (raw === undefined) return 0;
    if (!/^\d{1,15}$/.test(raw)) {
      throw new AppError('INVALID_PARAMETER', {
        detail: `Cannot parse offset "${raw.slice(0, 40)}": expected an integer from 0 to 999999999999999`,
      });
    }
    return Number(raw);
  },
};

/**
 * `bbox` in CRS84. The schema is the flat form, which the Features test suite up to 1.9 wants.
 * OGC 17-069r4 §7.15.3. @throws AppError INVALID_PARAMETER
 */
export const bboxParameter: Parameter<Bbox | undefined> = {
  name: 'bbox',
  in: 'query',
  doc: 'Only what intersects this box: west, south, east, north in degrees (CRS84), or six numbers with heights; west > east crosses the antimeridian.',
  schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
  parse: (raw) => (raw === undefined ? undefined : checkCrs84(parseBbox(raw), raw)),
};

/** `datetime`: an instant or an interval (OGC 17-069r4 §7.15.4). @throws AppError INVALID_PARAMETER */
export const datetimeParameter: Parameter<Interval | undefined> = {
  name: 'datetime',
  in: 'query',
  doc: 'Only what intersects this instant or interval: `2024-02-12T23:20:50Z`, `2024-01-01/2024-12-31`, `../2024-12-31`, `2024-01-01/..`.',
  schema: { type: 'string', minLength: 1 },
  parse: (raw) => (raw === undefined ? undefined : parseDatetime(raw)),
};

import { AppError } from '../../base/error.ts';
import type { Parameter } from '../parameter.ts';

/** A path variable taken as it is; whether it names anything is the service's question. */
export function pathText(name: string, doc: string): Parameter<string> {
  return { name, in: 'path', doc, schema: { type: 'string' }, parse: (raw) => raw ?? '' };
}

/**
 * A row or column of a tile matrix. Integers that no matrix can hold are out of range (404), anything else is invalid.
 * OGC 20-057 /req/core/tc-error allows both.
 * @throws AppError INVALID_PARAMETER, OUT_OF_RANGE
 */
export function tileIndex(name: string, doc: string): Parameter<number> {
  return {
    name,
    in: 'path',
    doc,
    schema: { type: 'integer', minimum: 0 },
    parse(raw = '') {
      if (!/^-?\d+$/.test(raw)) {
        throw new AppError('INVALID_PARAMETER', {
          detail: `Cannot parse ${name} "${raw.slice(0, 40)}": expected an integer`,
        });
      }
      const value = Number(raw);
      if (value < 0 || !Number.isSafeInteger(value)) {
        throw new AppError('OUT_OF_RANGE', {
          detail: `${name} ${raw.slice(0, 40)} is outside the tile matrix`,
        });
      }
      return value;
    },
  };
}

import { cannotParse } from '../../../base/cannot-parse.ts';
import { decimalOf } from '../../../base/decimal.ts';
import type { Parameter } from '../../parameter.ts';

const WIDEST = 128;

/**
 * `buffer` of a tile, as TiTiler has it, half pixels included: a tile of heights with one more row and column ends in
 * the middle of its outer cells. @throws AppError INVALID_PARAMETER
 */
export const bufferParameter: Parameter<number | undefined> = {
  name: 'buffer',
  in: 'query',
  doc: 'Pixels or half pixels beyond each edge that the tile shows too: it is larger by twice as many.',
  schema: { type: 'number', minimum: 0, maximum: WIDEST, multipleOf: 0.5 },
  parse(raw) {
    if (raw === undefined) return undefined;
    const value = decimalOf(raw) ?? Number.NaN;
    if (value >= 0 && value <= WIDEST && Number.isInteger(2 * value)) return value;
    throw cannotParse('buffer', raw, `expected a multiple of 0.5 from 0 to ${WIDEST}`);
  },
};

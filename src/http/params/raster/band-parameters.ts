import type { Rescale } from '../../../raster/rescale-spec.ts';
import type { Parameter } from '../../parameter.ts';
import { cannotParse } from '../../../base/cannot-parse.ts';
import { decimalOf } from '../../../base/decimal.ts';

const MAX_BANDS = 256;

/** `bidx`: bands by number from 1, in the order of the picture; numbers from 0 inside. @throws AppError INVALID_PARAMETER */
export const bidxParameter: Parameter<readonly number[] | undefined> = {
  name: 'bidx',
  in: 'query',
  doc: 'Bands to show, counted from 1, repeated or as a list, in any order: one is grey or coloured by a colour map, three are red, green and blue.',
  schema: { type: 'array', minItems: 1, maxItems: MAX_BANDS, items: { type: 'integer', minimum: 1 } },
  repeatable: true,
  parse(raw) {
    if (raw === undefined) return undefined;
    const parts = raw.split(',');
    if (parts.length > MAX_BANDS) throw cannotParse('bidx', raw, `expected at most ${MAX_BANDS} bands, got ${parts.length}`);
    return parts.map((part) => {
      if (!/^[1-9]\d{0,5}$/.test(part.trim())) throw cannotParse('bidx', raw, `"${part}" is not the number of a band, counted from 1`);
      return Number(part) - 1;
    });
  },
};

/**
 * `rescale`: what becomes the darkest and the brightest, a pair for all bands or one for each: numbers, `min,max`, or
 * percentiles `p2,p98`. @throws AppError INVALID_PARAMETER
 */
export const rescaleParameter: Parameter<readonly Rescale[] | undefined> = {
  name: 'rescale',
  in: 'query',
  doc: 'Values that become the darkest and the brightest, one pair for all bands or a pair a band, repeated or as a list: `0,1000`, `min,max` (the collection’s own) or `p2,p98` (percentiles).',
  schema: { type: 'array', minItems: 2, maxItems: 2 * MAX_BANDS, items: { type: 'string' } },
  repeatable: true,
  parse(raw) {
    if (raw === undefined) return undefined;
    const parts = raw.split(',').map((part) => part.trim());
    if (parts.length % 2 !== 0)
      throw cannotParse('rescale', raw, `expected pairs such as 0,255, got ${parts.length === 1 ? 'one value' : `${parts.length} values`}`);
    if (parts.length > 2 * MAX_BANDS) throw cannotParse('rescale', raw, `expected at most ${MAX_BANDS} pairs`);
    return Array.from({ length: parts.length / 2 }, (_, i) => rescaleOf(raw, parts[2 * i] ?? '', parts[2 * i + 1] ?? ''));
  },
};

function rescaleOf(raw: string, first: string, second: string): Rescale {
  if (first === 'min' && second === 'max') return { kind: 'extremes' };
  const [low, high] = [percentileOf(first), percentileOf(second)];
  if (low !== undefined && high !== undefined) {
    if (low < high) return { kind: 'percentiles', low, high };
    throw cannotParse('rescale', raw, `percentile ${low} is not below ${high}`);
  }
  const [min, max] = [decimalOf(first), decimalOf(second)];
  if (min === undefined || max === undefined) {
    throw cannotParse(
      'rescale',
      raw,
      `expected two numbers, "min,max" or percentiles from p0 to p100 such as "p2,p98", got "${first},${second}"`,
    );
  }
  if (min > max) throw cannotParse('rescale', raw, `${min} is above ${max}`);
  return { kind: 'numbers', min, max };
}

function percentileOf(text: string): number | undefined {
  const value = text.startsWith('p') ? decimalOf(text.slice(1)) : undefined;
  return value !== undefined && value >= 0 && value <= 100 ? value : undefined;
}

const NOT_FINITE: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

/** `nodata`: a value that counts as no data, in the place of those that the bands name. @throws AppError INVALID_PARAMETER */
export const nodataParameter: Parameter<number | undefined> = {
  name: 'nodata',
  in: 'query',
  doc: 'Value that counts as no data, instead of the one that the bands name: a number, `nan`, `inf` or `-inf`.',
  schema: { type: 'string' },
  parse(raw) {
    if (raw === undefined) return undefined;
    const value = NOT_FINITE.get(raw.toLowerCase()) ?? decimalOf(raw);
    if (value === undefined) throw cannotParse('nodata', raw, 'expected a number, nan, inf or -inf');
    return value;
  },
};

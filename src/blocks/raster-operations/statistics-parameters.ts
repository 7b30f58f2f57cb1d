import { cannotParse } from '../../base/cannot-parse.ts';
import { decimalOf } from '../../base/decimal.ts';
import type { Look } from '../../raster/look.ts';
import type { StatisticsOptions } from '../../raster/statistics/band-statistics.ts';
import type { Parameter } from '../../http/parameter.ts';
import { lookOf, lookParameters, type LookInput } from '../../http/params/raster/look-parameters.ts';
import { rowParameters, type RowInput } from '../../http/params/raster/row-parameters.ts';
import { booleanParameter, integerParameter } from '../../http/params/scalar.ts';

/** Samples that are no whole numbers of 16 bits may be so many for percentiles, 8 bytes each; beyond, percentiles are null. */
const SORTED_SAMPLES = 16_000_000;
const MAX_NUMBERS = 1000;
const MAX_BINS = 10_000;
/** CONTRACT: statistics come from the level whose longer side has at least so many pixels. */
const DEFAULT_SIZE = 1024;

/** Values of `statisticsParameters`. */
export interface StatisticsInput extends Pick<LookInput, 'bidx' | 'expression' | 'nodata' | 'unscale' | 'categorical'>, RowInput {
  readonly percentiles?: readonly number[] | undefined;
  readonly bins?: number | readonly number[] | undefined;
  readonly range?: readonly [number, number] | undefined;
  readonly categories?: readonly number[] | undefined;
  readonly maxSize?: number | undefined;
  readonly exact?: boolean | undefined;
}

const { bidx, expression, nodata, unscale, categorical } = lookParameters;

/** What may be said about statistics, in TiTiler's words where it has them. */
export const statisticsParameters: { readonly [K in keyof Required<StatisticsInput>]: Parameter<StatisticsInput[K]> } = {
  bidx,
  expression,
  nodata,
  unscale,
  categorical,
  ...rowParameters,
  percentiles: numbersParameter('p', 'Percentiles, 0 to 100, repeated or as a list; 2 and 98 unless given.', { minimum: 0, maximum: 100 }),
  bins: binsParameter(),
  range: rangeParameter(),
  categories: numbersParameter('c', 'Values to count for `categorical`, repeated or as a list; all that occur unless given.', {}),
  maxSize: integerParameter(
    {
      name: 'max_size',
      doc: `The coarsest level of the pyramid whose longer side has at least so many pixels is counted; ${DEFAULT_SIZE} unless given.`,
    },
    { minimum: 1, maximum: 1_000_000 },
  ),
  exact: booleanParameter(
    { name: 'exact', doc: 'True: every pixel of the table is counted; false: those of the level that `max_size` chooses.' },
    false,
  ),
};

/** Whether pixels on the edge of a polygon count in part. */
export const weightedParameter = booleanParameter(
  {
    name: 'weighted',
    doc: 'True: pixels on the edge of the polygon count by the share inside; false: whole pixels, by their centre.',
  },
  false,
);

/** The part of a look that numbers depend on. */
export function numbersLook(input: StatisticsInput): Look {
  return lookOf({ bidx: input.bidx, expression: input.expression, nodata: input.nodata, unscale: input.unscale });
}

/** The coarseness that was asked for. */
export function finenessOf({ maxSize, exact }: StatisticsInput): { readonly maxSize: number; readonly exact: boolean } {
  return { maxSize: maxSize ?? DEFAULT_SIZE, exact: exact ?? false };
}

/** What to find out about the values. */
export function optionsOf(input: StatisticsInput): StatisticsOptions {
  return {
    percentiles: input.percentiles ?? [2, 98],
    bins: input.bins ?? 10,
    range: input.range,
    classes: input.categorical === true ? (input.categories ?? []) : undefined,
    limit: SORTED_SAMPLES,
  };
}

function numbersParameter(
  name: string,
  doc: string,
  bounds: { readonly minimum?: number; readonly maximum?: number },
): Parameter<readonly number[] | undefined> {
  return {
    name,
    in: 'query',
    doc,
    schema: { type: 'array', minItems: 1, maxItems: MAX_NUMBERS, items: { type: 'number', ...bounds } },
    repeatable: true,
    parse(raw) {
      if (raw === undefined) return undefined;
      const parts = raw.split(',');
      if (parts.length > MAX_NUMBERS) throw cannotParse(name, raw, `expected at most ${MAX_NUMBERS} numbers, got ${parts.length}`);
      return parts.map((part) => {
        const value = decimalOf(part.trim());
        if (value === undefined) throw cannotParse(name, raw, `"${part}" is not a finite number`);
        if (value < (bounds.minimum ?? value) || value > (bounds.maximum ?? value)) {
          throw cannotParse(name, raw, `expected numbers from ${bounds.minimum} to ${bounds.maximum}, got ${value}`);
        }
        return value;
      });
    },
  };
}

function binsParameter(): Parameter<number | readonly number[] | undefined> {
  const name = 'histogram_bins';
  const edges = numbersParameter(name, 'Number of bins of the histogram, 10 unless given; or their edges, ascending: `0,100,500`.', {});
  return {
    ...edges,
    parse(raw) {
      const numbers = edges.parse(raw);
      if (numbers === undefined || raw === undefined) return undefined;
      const [count = 0, ...more] = numbers;
      if (more.length === 0) {
        if (Number.isInteger(count) && count >= 1 && count <= MAX_BINS) return count;
        throw cannotParse(name, raw, `expected an integer from 1 to ${MAX_BINS}, or edges of bins`);
      }
      if (more.every((edge, n) => edge > (numbers[n] ?? edge))) return numbers;
      throw cannotParse(name, raw, 'expected ascending edges of bins');
    },
  };
}

function rangeParameter(): Parameter<readonly [number, number] | undefined> {
  const name = 'histogram_range';
  return {
    name,
    in: 'query',
    doc: 'Lowest and highest value of the histogram, `min,max`; those that occur unless given.',
    schema: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number' } },
    parse(raw) {
      if (raw === undefined) return undefined;
      const [min, max, ...more] = raw.split(',').map((part) => decimalOf(part.trim()));
      if (min === undefined || max === undefined || more.length > 0) throw cannotParse(name, raw, 'expected two finite numbers');
      if (min > max) throw cannotParse(name, raw, `${min} is above ${max}`);
      return [min, max];
    },
  };
}

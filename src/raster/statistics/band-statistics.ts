import { allMoments, type Collected } from './collect-tallies.ts';
import { mergeDistributions } from './distribution.ts';
import { countClasses, histogramOf, type Histogram } from './histogram.ts';
import type { Moments } from './moments.ts';
import { modes, quantile } from './quantile.ts';

/** What is asked about the values of a band. */
export interface StatisticsOptions {
  /** 0 … 100. */
  readonly percentiles: readonly number[];
  readonly bins: number | readonly number[];
  readonly range?: readonly [min: number, max: number] | undefined;
  /** Counts by value instead of bins: of these values, or of each that occurs where the list is empty. */
  readonly classes?: readonly number[] | undefined;
  /** How many different values that are not whole numbers of 16 bits may be held for percentiles, 16 to 24 bytes each. */
  readonly limit: number;
}

/** The statistics of one band; `undefined` where nothing has a value, or where the values were too many to be sorted. */
export interface BandStatistics extends Moments {
  readonly median: number | undefined;
  readonly majority: number | undefined;
  readonly minority: number | undefined;
  /** How many different values there are. */
  readonly unique: number | undefined;
  /** In the order in which they were asked for. */
  readonly percentiles: readonly (number | undefined)[];
  readonly histogram: Histogram | undefined;
  /** Samples with weight, with or without a value. */
  readonly pixels: number;
}

/** The statistics of what was collected of a band; percentiles, majority, minority and histogram follow from the distinct values. */
export function summarize(collected: Collected, options: StatisticsOptions): BandStatistics {
  const { counted, others, pixels } = collected;
  const summary = { ...allMoments(collected), pixels };
  const distribution = others === undefined ? undefined : mergeDistributions([counted, ...others]);
  if (distribution === undefined || distribution.values.length === 0) return { ...summary, ...nothingKnown(options) };
  return {
    ...summary,
    ...modes(distribution),
    median: quantile(distribution, 0.5),
    unique: distribution.values.length,
    percentiles: options.percentiles.map((percent) => quantile(distribution, percent / 100)),
    histogram:
      options.classes === undefined
        ? histogramOf(distribution, options.bins, options.range)
        : countClasses(distribution, options.classes.length > 0 ? options.classes : undefined),
  };
}

function nothingKnown({ percentiles }: StatisticsOptions): Omit<BandStatistics, keyof Moments | 'pixels'> {
  return {
    median: undefined,
    majority: undefined,
    minority: undefined,
    unique: undefined,
    percentiles: percentiles.map(() => undefined),
    histogram: undefined,
  };
}

import type { Plane } from '../image.ts';
import { collectDistribution, isCounted } from './distribution.ts';
import { countClasses, histogramOf, type Histogram } from './histogram.ts';
import { collectMoments, type Moments } from './moments.ts';
import { modes, quantile } from './quantile.ts';

/** What is asked about the values of a band. */
export interface StatisticsOptions {
  /** 0 … 100. */
  readonly percentiles: readonly number[];
  readonly bins: number;
  readonly range?: readonly [min: number, max: number] | undefined;
  /** Counts by value instead of bins: of these values, or of each that occurs where the list is empty. */
  readonly classes?: readonly number[] | undefined;
  /** How many samples that are not whole numbers of 16 bits may be held for percentiles, 8 bytes each. */
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

/** Collects the statistics of one band in one pass over any number of planes. */
export interface StatisticsCollector {
  /** `weights` (0 … 1 a sample) has the length of `values`; without it every sample weighs 1. */
  add(values: Plane, weights?: Float32Array): void;
  result(): BandStatistics;
}

/** A collector; percentiles, majority, minority and histogram follow from the distinct values (distribution.ts). */
export function collectStatistics(options: StatisticsOptions): StatisticsCollector {
  const moments = collectMoments();
  const values = collectDistribution(options.limit);
  let pixels = 0;
  // Moments of values that are all counted follow from the counts; from the first plane with others on both are kept.
  let counted = true;
  return {
    add(plane, weights) {
      if (!counted) moments.add(plane, weights);
      const others = values.add(plane, weights);
      if (counted && others > 0) {
        moments.addDistribution(values.counted());
        moments.add(
          plane.map((value) => (isCounted(value) ? Number.NaN : value)),
          weights,
        );
        counted = false;
      }
      pixels += weights === undefined ? plane.length : weights.reduce((n, weight) => n + (weight > 0 ? 1 : 0), 0);
    },
    result() {
      const distribution = values.distribution();
      if (counted) moments.addDistribution(values.counted());
      counted = false;
      const summary = { ...moments.moments(), pixels };
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
    },
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

import type { Plane } from '../image.ts';
import type { Distribution } from './distribution.ts';

/** Weighted count, mean and sum of squared deviations of what was added, and its extremes; all of it before anything was added is 0, Infinity, -Infinity. */
export interface Moments {
  /** Samples that have a value and a weight above 0. */
  readonly samples: number;
  /** Sum of the weights. */
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  /** Of the whole, not of a sample: divided by `count`. */
  readonly variance: number;
  readonly min: number;
  readonly max: number;
}

/** Collects moments from many planes in one pass. */
export interface MomentCollector {
  /** Adds values that are already counted. */
  addDistribution(distribution: Distribution): void;
  /** Adds the values that are not NaN, each with its weight or 1. `weights` has the length of `values`. */
  add(values: Plane, weights?: Float32Array): void;
  moments(): Moments;
}

const CHUNK = 4096;

/**
 * Moments by chunks: within one, sums of the differences to its first value; chunks are joined by their means and
 * squares (Chan, Golub & LeVeque 1983), so that a mean far from 0 costs no digits however many samples there are.
 */
export function collectMoments(): MomentCollector {
  let [samples, count, mean, squares] = [0, 0, 0, 0];
  let [min, max] = [Infinity, -Infinity];
  const join = (part: { readonly weight: number; readonly mean: number; readonly squares: number }): void => {
    const together = count + part.weight;
    const distance = part.mean - mean;
    mean += (distance * part.weight) / together;
    squares += part.squares + (distance * distance * count * part.weight) / together;
    count = together;
  };
  return {
    addDistribution({ values, samples: counts, weights }) {
      const [least] = values;
      if (least === undefined) return;
      min = Math.min(min, least);
      max = Math.max(max, values.at(-1) ?? least);
      values.forEach((value, i) => {
        samples += counts[i] ?? 0;
        join({ weight: weights[i] ?? 0, mean: value, squares: 0 });
      });
    },
    add(values, weights) {
      for (let from = 0; from < values.length; from += CHUNK) {
        const to = Math.min(values.length, from + CHUNK);
        let [first, weight, difference, square] = [Number.NaN, 0, 0, 0];
        for (let i = from; i < to; i += 1) {
          const value = values[i] ?? 0;
          const share = weights === undefined ? 1 : (weights[i] ?? 0);
          if (value !== value || !(share > 0)) continue;
          if (first !== first) first = value;
          if (value < min) min = value;
          if (value > max) max = value;
          samples += 1;
          const d = value - first;
          weight += share;
          difference += share * d;
          square += share * d * d;
        }
        if (weight > 0) join({ weight, mean: first + difference / weight, squares: square - (difference * difference) / weight });
      }
    },
    moments: () => ({
      samples,
      count,
      sum: mean * count,
      mean,
      variance: count > 0 ? Math.max(0, squares / count) : 0,
      min,
      max,
    }),
  };
}

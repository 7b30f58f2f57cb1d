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
  /** Adds what is known of others. */
  addMoments(moments: Moments): void;
  /** Adds the values that are not NaN, each with its weight or 1. `weights` has the length of `values`. */
  add(values: Plane, weights?: Float32Array): void;
  moments(): Moments;
}

const CHUNK = 4096;

/** What is known so far; joined part by part. */
interface Sums {
  samples: number;
  count: number;
  sum: number;
  mean: number;
  squares: number;
  min: number;
  max: number;
}

/**
 * Moments by chunks: within one, sums of the differences to its first value; chunks are joined by their means and
 * squares (Chan, Golub & LeVeque 1983), so that a mean far from 0 costs no digits however many samples there are.
 */
export function collectMoments(): MomentCollector {
  const sums: Sums = { samples: 0, count: 0, sum: 0, mean: 0, squares: 0, min: Infinity, max: -Infinity };
  return {
    addDistribution({ values, samples, weights }) {
      values.forEach((value, i) => {
        sums.samples += samples[i] ?? 0;
        sums.min = Math.min(sums.min, value);
        sums.max = Math.max(sums.max, value);
        sums.sum += value * (weights[i] ?? 0);
        join(sums, { weight: weights[i] ?? 0, mean: value, squares: 0 });
      });
    },
    addMoments({ samples, count, sum, mean, variance, min, max }) {
      sums.samples += samples;
      sums.min = Math.min(sums.min, min);
      sums.max = Math.max(sums.max, max);
      sums.sum += sum;
      if (count > 0) join(sums, { weight: count, mean, squares: variance * count });
    },
    add(values, weights) {
      for (let from = 0; from < values.length; from += CHUNK) {
        addChunk(sums, values.subarray(from, from + CHUNK), weights?.subarray(from, from + CHUNK));
      }
    },
    moments: () => ({
      samples: sums.samples,
      count: sums.count,
      sum: sums.sum,
      mean: sums.mean,
      variance: sums.count > 0 ? Math.max(0, sums.squares / sums.count) : 0,
      min: sums.min,
      max: sums.max,
    }),
  };
}

function join(sums: Sums, part: { readonly weight: number; readonly mean: number; readonly squares: number }): void {
  const together = sums.count + part.weight;
  const distance = part.mean - sums.mean;
  sums.mean += (distance * part.weight) / together;
  sums.squares += part.squares + (distance * distance * sums.count * part.weight) / together;
  sums.count = together;
}

function addChunk(sums: Sums, values: Plane, weights: Float32Array | undefined): void {
  let [first, weight, difference, square, samples] = [Number.NaN, 0, 0, 0, 0];
  let { min, max } = sums;
  for (let i = 0; i < values.length; i += 1) {
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
  sums.samples += samples;
  // Not the mean times the count, which would not give whole numbers for whole numbers.
  if (weight > 0) sums.sum += first * weight + difference;
  sums.min = min;
  sums.max = max;
  if (weight > 0) join(sums, { weight, mean: first + difference / weight, squares: square - (difference * difference) / weight });
}

import type { Plane } from '../image.ts';

/** The distinct values of some samples in ascending order, how often each occurs and what they weigh. */
export interface Distribution {
  readonly values: Float64Array;
  readonly samples: Float64Array;
  /** The same array as `samples` where each sample weighs 1. */
  readonly weights: Float64Array;
}

const NONE = new Float64Array(0);

/** Of no samples. */
export const EMPTY: Distribution = { values: NONE, samples: NONE, weights: NONE };

/**
 * Sorts values (without NaN) and puts equal ones together, each with its weight or 1. Weights find their value by
 * halving, which is quicker than to sort pairs; the values are copied.
 */
export function groupValues(values: Plane, weights?: Float32Array): Distribution {
  if (values.length === 0) return EMPTY;
  const sorted = new Float64Array(values.slice().sort());
  const samples = new Float64Array(sorted.length);
  let n = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    const value = sorted[i] ?? 0;
    if (n === 0 || sorted[n - 1] !== value) {
      sorted[n] = value;
      n += 1;
    }
    samples[n - 1] = (samples[n - 1] ?? 0) + 1;
  }
  const group = { values: trimmed(sorted, n), samples: trimmed(samples, n) };
  return { ...group, weights: weights === undefined ? group.samples : weighValues(group.values, values, weights) };
}

function weighValues(distinct: Float64Array, values: Plane, weights: Float32Array): Float64Array {
  const sums = new Float64Array(distinct.length);
  for (let i = 0; i < values.length; i += 1) {
    const at = placeOf(distinct, values[i] ?? 0);
    sums[at] = (sums[at] ?? 0) + (weights[i] ?? 0);
  }
  return sums;
}

/** Where a value stands among distinct ones. */
function placeOf(distinct: Float64Array, value: number): number {
  let [low, high] = [0, distinct.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((distinct[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Memory of its own where much would be kept for nothing. */
function trimmed(array: Float64Array, length: number): Float64Array {
  return length === array.length ? array : array.slice(0, length);
}

/** Several distributions as one: the two shortest are merged until one is left. */
export function mergeDistributions(all: readonly Distribution[]): Distribution {
  const left = [...all].sort((p, q) => p.values.length - q.values.length);
  while (left.length > 1) {
    const [p = EMPTY, q = EMPTY] = left.splice(0, 2);
    const merged = merge(p, q);
    const at = left.findIndex(({ values }) => values.length > merged.values.length);
    left.splice(at < 0 ? left.length : at, 0, merged);
  }
  return left[0] ?? EMPTY;
}

function merge(p: Distribution, q: Distribution): Distribution {
  if (p.values.length === 0) return q;
  if (q.values.length === 0) return p;
  const length = p.values.length + q.values.length;
  const [values, samples] = [new Float64Array(length), new Float64Array(length)];
  const isPlain = p.weights === p.samples && q.weights === q.samples;
  const weights = isPlain ? samples : new Float64Array(length);
  let [i, j, n] = [0, 0, 0];
  while (i < p.values.length || j < q.values.length) {
    const a = p.values[i] ?? Infinity;
    const b = q.values[j] ?? Infinity;
    const fromP = i < p.values.length && (a <= b || j >= q.values.length);
    const fromQ = j < q.values.length && (b <= a || i >= p.values.length);
    values[n] = fromP ? a : b;
    samples[n] = (fromP ? (p.samples[i] ?? 0) : 0) + (fromQ ? (q.samples[j] ?? 0) : 0);
    if (!isPlain) weights[n] = (fromP ? (p.weights[i] ?? 0) : 0) + (fromQ ? (q.weights[j] ?? 0) : 0);
    if (fromP) i += 1;
    if (fromQ) j += 1;
    n += 1;
  }
  const counts = trimmed(samples, n);
  return { values: trimmed(values, n), samples: counts, weights: isPlain ? counts : trimmed(weights, n) };
}

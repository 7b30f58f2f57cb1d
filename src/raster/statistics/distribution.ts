import type { Plane } from '../image.ts';

/** The distinct values of some samples in ascending order, how often each occurs and what they weigh. */
export interface Distribution {
  readonly values: Float64Array;
  readonly samples: Float64Array;
  readonly weights: Float64Array;
}

/** Collects a distribution from many planes in one pass. */
export interface DistributionCollector {
  /**
   * Adds the values that are not NaN and weigh more than 0; `weights` has the length of `values`, without it all weigh 1.
   * Tells how many of them were no whole numbers of 16 bits.
   */
  add(values: Plane, weights?: Float32Array): number;
  /** Those values that are counted in place. */
  counted(): Distribution;
  /** Undefined when there were more samples than fit, which cannot happen to whole numbers of 16 bits. */
  distribution(): Distribution | undefined;
}

/** Whole numbers of 16 bits, with and without sign, are counted in place. */
const [LOWEST, HIGHEST] = [-32_768, 65_535];

/** True for whole numbers of 16 bits. */
export function isCounted(value: number): boolean {
  const integer = value | 0;
  return integer === value && integer >= LOWEST && integer <= HIGHEST;
}

/**
 * Counts whole numbers of 16 bits in a table, however many samples there are; others are kept, at most `limit` of them
 * (8 bytes each), and sorted at the end. A million whole numbers without weights take 1.5 ms.
 */
export function collectDistribution(limit: number): DistributionCollector {
  const table = createTable();
  const others: Others = { values: new Float64Array(0), weights: undefined, length: 0 };
  let tooMany = false;
  const keepOther = (value: number, share: number): void => {
    if (others.length < limit) keep(others, value, share);
    else tooMany = true;
  };
  return {
    add: (values, shares) => (shares === undefined ? addAll(values, table, keepOther) : addShares(values, shares, table, keepOther)),
    counted: () => distributionOf(table),
    distribution() {
      if (tooMany) return undefined;
      const counted = distributionOf(table);
      return others.length === 0 ? counted : merge(counted, sortOthers(others));
    },
  };
}

/** Counts by value: of samples that weigh 1, and of the others with their weights. */
interface Table {
  readonly whole: Float64Array;
  readonly shared: Float64Array;
  readonly weights: Float64Array;
}

type KeepOther = (value: number, share: number) => void;

function createTable(): Table {
  const column = (): Float64Array => new Float64Array(HIGHEST - LOWEST + 1);
  return { whole: column(), shared: column(), weights: column() };
}

function addAll(values: Plane, { whole }: Table, keepOther: KeepOther): number {
  let kept = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    const integer = value | 0;
    if (integer === value && integer >= LOWEST && integer <= HIGHEST) {
      whole[integer - LOWEST] = (whole[integer - LOWEST] ?? 0) + 1;
    } else if (value === value) {
      keepOther(value, 1);
      kept += 1;
    }
  }
  return kept;
}

function addShares(values: Plane, shares: Float32Array, { shared, weights }: Table, keepOther: KeepOther): number {
  let kept = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    const share = shares[i] ?? 0;
    if (value !== value || !(share > 0)) continue;
    const integer = value | 0;
    if (integer === value && integer >= LOWEST && integer <= HIGHEST) {
      const at = integer - LOWEST;
      shared[at] = (shared[at] ?? 0) + 1;
      weights[at] = (weights[at] ?? 0) + share;
    } else {
      keepOther(value, share);
      kept += 1;
    }
  }
  return kept;
}

const EMPTY: Distribution = { values: new Float64Array(0), samples: new Float64Array(0), weights: new Float64Array(0) };

function distributionOf({ whole, shared, weights }: Table): Distribution {
  const places: number[] = [];
  for (let at = 0; at < whole.length; at += 1) if ((whole[at] ?? 0) + (shared[at] ?? 0) > 0) places.push(at);
  return {
    values: Float64Array.from(places, (at) => at + LOWEST),
    samples: Float64Array.from(places, (at) => (whole[at] ?? 0) + (shared[at] ?? 0)),
    weights: Float64Array.from(places, (at) => (whole[at] ?? 0) + (weights[at] ?? 0)),
  };
}

/** Values that are not counted in place; weights are only kept once one is not 1. */
interface Others {
  values: Float64Array;
  weights: Float64Array | undefined;
  length: number;
}

function keep(others: Others, value: number, share: number): void {
  const { length } = others;
  if (length === others.values.length) {
    others.values = grown(others.values);
    if (others.weights !== undefined) others.weights = grown(others.weights);
  }
  if (share !== 1 && others.weights === undefined) others.weights = new Float64Array(others.values.length).fill(1, 0, length);
  others.values[length] = value;
  if (others.weights !== undefined) others.weights[length] = share;
  others.length = length + 1;
}

function grown(array: Float64Array): Float64Array {
  const larger = new Float64Array(Math.max(65_536, array.length * 2));
  larger.set(array);
  return larger;
}

/** Samples of whole pixels are sorted as numbers; only the few of a polygon's edge need their weights carried along. */
function sortOthers({ values, weights, length }: Others): Distribution {
  const all = values.subarray(0, length);
  if (weights === undefined) return group(all.toSorted(), undefined);
  const edges = Array.from(all.keys()).filter((i) => weights[i] !== 1);
  const whole = all.filter((_, i) => weights[i] === 1);
  edges.sort((p, q) => (all[p] ?? 0) - (all[q] ?? 0));
  const edge = group(
    Float64Array.from(edges, (i) => all[i] ?? 0),
    Float64Array.from(edges, (i) => weights[i] ?? 0),
  );
  return merge(group(whole.sort(), undefined), edge);
}

/** Puts equal neighbours together. */
function group(sorted: Float64Array, shares: Float64Array | undefined): Distribution {
  const [values, samples, weights] = [0, 0, 0].map(() => new Float64Array(sorted.length));
  if (values === undefined || samples === undefined || weights === undefined) return EMPTY;
  let n = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    const value = sorted[i] ?? 0;
    if (n === 0 || values[n - 1] !== value) {
      values[n] = value;
      n += 1;
    }
    samples[n - 1] = (samples[n - 1] ?? 0) + 1;
    weights[n - 1] = (weights[n - 1] ?? 0) + (shares === undefined ? 1 : (shares[i] ?? 0));
  }
  return { values: values.subarray(0, n), samples: samples.subarray(0, n), weights: weights.subarray(0, n) };
}

function merge(p: Distribution, q: Distribution): Distribution {
  const length = p.values.length + q.values.length;
  const merged = { values: new Float64Array(length), samples: new Float64Array(length), weights: new Float64Array(length) };
  let [i, j, n] = [0, 0, 0];
  while (i < p.values.length || j < q.values.length) {
    const [a, b] = [p.values[i] ?? Infinity, q.values[j] ?? Infinity];
    const fromP = i < p.values.length && (a <= b || j >= q.values.length);
    const fromQ = j < q.values.length && (b <= a || i >= p.values.length);
    merged.values[n] = fromP ? a : b;
    merged.samples[n] = (fromP ? (p.samples[i] ?? 0) : 0) + (fromQ ? (q.samples[j] ?? 0) : 0);
    merged.weights[n] = (fromP ? (p.weights[i] ?? 0) : 0) + (fromQ ? (q.weights[j] ?? 0) : 0);
    if (fromP) i += 1;
    if (fromQ) j += 1;
    n += 1;
  }
  return { values: merged.values.subarray(0, n), samples: merged.samples.subarray(0, n), weights: merged.weights.subarray(0, n) };
}

import type { Plane } from '../image.ts';
import { EMPTY, groupValues, type Distribution } from './distribution.ts';
import { collectMoments, type Moments } from './moments.ts';

/**
 * What is known of the values of one band in a part of a raster: plain data over typed arrays, which threads hand over
 * without copies. Those of many parts are added up by collectTallies.
 */
export interface Tally {
  /** Samples that weigh something, with or without a value. */
  readonly pixels: number;
  /** Whole numbers of 16 bits, with and without sign: counted in place, however many there are. */
  readonly counted: Distribution;
  /** All other values; undefined where they were not to be kept. */
  readonly others: Distribution | undefined;
  /** Moments of the other values. */
  readonly moments: Moments;
  /** Square metres under samples that have a value, where the ground was given. */
  readonly area: number | undefined;
}

/** How samples count. Arrays have the length of the values. */
export interface TallyOptions {
  /** Share of each sample that counts; absent: each counts as one. Samples without weight are left out. */
  readonly weights?: Float32Array | undefined;
  /** Square metres under each sample. */
  readonly ground?: Float32Array | undefined;
  /** The other values are kept too: 24 bytes each that is different. */
  readonly keep: boolean;
}

/** Whole numbers of 16 bits. */
export const [LOWEST, HIGHEST] = [-32_768, 65_535];

/** Counts the values of a plane that are not NaN. A million whole numbers without weights take 1 ms. */
export function tallyPlane(values: Plane, { weights, ground, keep }: TallyOptions): Tally {
  const table = hasCounted(values) ? createTable(weights !== undefined) : undefined;
  const others = weights === undefined ? countAll(values, table ?? NO_TABLE) : countShares(values, weights, table ?? NO_TABLE);
  const moments = collectMoments();
  moments.add(others.values, others.weights);
  return {
    pixels: weights === undefined ? values.length : countWeighty(weights),
    counted: table === undefined ? EMPTY : distributionOf(table),
    others: keep ? groupValues(others.values, others.weights) : undefined,
    moments: moments.moments(),
    area: ground === undefined ? undefined : sumWhereValue(values, ground),
  };
}

/** Counts by value, value LOWEST first; without weights all weigh 1. */
export interface Table {
  readonly samples: Uint32Array;
  readonly weights: Float64Array | undefined;
}

/** Of values that are all others: a table of its own for each would cost more than a small window. */
const NO_TABLE: Table = { samples: new Uint32Array(0), weights: undefined };

function hasCounted(values: Plane): boolean {
  for (let i = 0; i < values.length; i += 1) if (isCounted(values[i] ?? 0)) return true;
  return false;
}

function isCounted(value: number): boolean {
  const integer = value | 0;
  return integer === value && integer >= LOWEST && integer <= HIGHEST;
}

/** A table of zeros. */
export function createTable(weighted: boolean): Table {
  const length = HIGHEST - LOWEST + 1;
  return { samples: new Uint32Array(length), weights: weighted ? new Float64Array(length) : undefined };
}

/** What a table has counted. */
export function distributionOf({ samples, weights }: Table): Distribution {
  let found = 0;
  for (let at = 0; at < samples.length; at += 1) if ((samples[at] ?? 0) > 0) found += 1;
  if (found === 0) return EMPTY;
  const [values, counts] = [new Float64Array(found), new Float64Array(found)];
  const weighed = weights === undefined ? counts : new Float64Array(found);
  for (let at = 0, n = 0; at < samples.length; at += 1) {
    const count = samples[at] ?? 0;
    if (count === 0) continue;
    values[n] = at + LOWEST;
    counts[n] = count;
    if (weights !== undefined) weighed[n] = weights[at] ?? 0;
    n += 1;
  }
  return { values, samples: counts, weights: weighed };
}

/** Values that are not counted in place. */
interface Others {
  readonly values: Plane;
  readonly weights: Float32Array | undefined;
}

function countAll(values: Plane, { samples }: Table): Others {
  let others: Plane | undefined;
  let kept = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    const integer = value | 0;
    if (integer === value && integer >= LOWEST && integer <= HIGHEST) {
      samples[integer - LOWEST] = (samples[integer - LOWEST] ?? 0) + 1;
    } else if (value === value) {
      others ??= values.slice(i);
      others[kept] = value;
      kept += 1;
    }
  }
  return { values: others?.subarray(0, kept) ?? NONE, weights: undefined };
}

function countShares(values: Plane, shares: Float32Array, { samples, weights }: Table): Others {
  let others: { readonly values: Plane; readonly weights: Float32Array } | undefined;
  let [kept, even] = [0, true];
  for (let i = 0; i < values.length; i += 1) {
    const [value, share] = [values[i] ?? 0, shares[i] ?? 0];
    if (value !== value || !(share > 0)) continue;
    const integer = value | 0;
    if (integer === value && integer >= LOWEST && integer <= HIGHEST) {
      const at = integer - LOWEST;
      samples[at] = (samples[at] ?? 0) + 1;
      if (weights !== undefined) weights[at] = (weights[at] ?? 0) + share;
    } else {
      others ??= { values: values.slice(i), weights: shares.slice(i) };
      others.values[kept] = value;
      others.weights[kept] = share;
      if (share !== 1) even = false;
      kept += 1;
    }
  }
  return { values: others?.values.subarray(0, kept) ?? NONE, weights: even ? undefined : others?.weights.subarray(0, kept) };
}

const NONE = new Float32Array(0);

function countWeighty(weights: Float32Array): number {
  let count = 0;
  for (let i = 0; i < weights.length; i += 1) if ((weights[i] ?? 0) > 0) count += 1;
  return count;
}

function sumWhereValue(plane: Plane, ground: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < plane.length; i += 1) {
    const value = plane[i] ?? 0;
    if (value === value) sum += ground[i] ?? 0;
  }
  return sum;
}

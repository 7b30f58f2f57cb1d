import type { Profile } from './kernels/profile.ts';

/**
 * Pixel centres along one axis, in samples (the centre of sample k is k + ½), and the centres one pixel before the
 * first and after the last where they are known: with them a pixel's footprint does not depend on where a picture ends.
 */
export interface Line {
  readonly centres: Float64Array;
  readonly beyond: readonly [number, number] | undefined;
}

/**
 * Which samples make one pixel along one axis, and with what weight: pixel i is the sum over k < count of
 * weight[i · count + k] × sample[start[i] + k]. Every start leaves room for count samples; weights of one pixel add up
 * to 1 (in overlapTaps to the pixel's size in samples), or are all 0 where nothing lies under it.
 */
export interface Taps {
  readonly count: number;
  readonly start: Int32Array;
  readonly weight: Float64Array;
  /** 1 where some sample lies under the pixel, else 0. */
  readonly covered: Uint8Array;
  /** The sample under the pixel's centre, -1 outside. */
  readonly nearest: Int32Array;
  /** True when a pixel covers more than one sample on average. */
  readonly reducing: boolean;
}

/** Less of a sample than this is rounding. */
export const SLIVER = 1e-6;

/**
 * Area weights: the pixel is a box as wide as its footprint, at least one sample. A box of one sample between two
 * centres weighs them linearly, so this one kernel is bilinear when enlarging and an exact area average when
 * reducing, without a step between the two.
 */
export function areaTaps(line: Line, length: number): Taps {
  return boxTaps(line, length, 1);
}

/** Area weights of the footprint itself, however small it is. */
export function averageTaps(line: Line, length: number): Taps {
  return boxTaps(line, length, 0);
}

/** How much of each sample lies in the footprint: weights of averageTaps before they are made to add up to 1. */
export function overlapTaps(line: Line, length: number): Taps {
  const taps = boxTaps(line, length, 0);
  const steps = footprints(line);
  line.centres.forEach((centre, i) => {
    const half = (steps[i] ?? 0) / 2;
    const inside = Math.min(length, centre + half) - Math.max(0, centre - half);
    for (let k = i * taps.count; k < (i + 1) * taps.count; k += 1) taps.weight[k] = (taps.weight[k] ?? 0) * inside;
  });
  return taps;
}

/** Weights of a profile around each centre, stretched by the footprint where that is more than one sample. */
export function profileTaps(line: Line, length: number, { radius, weight }: Profile): Taps {
  const steps = footprints(line).map((step) => Math.max(1, step));
  const widest = steps.reduce((most, step) => Math.max(most, step), 1);
  const taps = emptyTaps(line, length, Math.min(length, Math.ceil(2 * radius * widest) + 1));
  line.centres.forEach((centre, i) => {
    const step = steps[i] ?? 1;
    const first = Math.max(0, Math.ceil(centre - 0.5 - radius * step + SLIVER));
    const end = Math.min(length, Math.floor(centre - 0.5 + radius * step - SLIVER) + 1);
    if (first < end) weigh(taps, i, { first, end, length }, (k) => weight((k + 0.5 - centre) / step));
  });
  return taps;
}

/** Distances to two neighbours that differ by more than about this factor span a jump. */
const JUMP = 9;

/**
 * Half the distance between the neighbours' centres; 1 where there is but one. A neighbour many times as far as the
 * other lies beyond a jump, where longitudes begin again, and says nothing of the pixel's size.
 */
export function footprints({ centres, beyond }: Line): Float64Array {
  const last = centres.length - 1;
  const [before, after] = beyond ?? [Number.NaN, Number.NaN];
  return centres.map((centre, i) => {
    const [low, high] = [i > 0 ? (centres[i - 1] ?? 0) : before, i < last ? (centres[i + 1] ?? 0) : after];
    const [left, right] = [Math.abs(centre - low), Math.abs(high - centre)];
    const near = Number.isFinite(left) && Number.isFinite(right) ? Math.min(left, right) : Number.isFinite(left) ? left : right;
    const step = near > 0 && left + right > JUMP * near ? near : (left + right) / 2;
    if (!Number.isFinite(step)) return Number.isFinite(near) ? near : 1;
    return step;
  });
}

type Draft = Omit<Taps, 'reducing'>;

function emptyTaps(line: Line, length: number, count: number): Taps {
  const n = line.centres.length;
  const sum = footprints(line).reduce((total, step) => total + step, 0);
  return {
    count,
    start: new Int32Array(n),
    weight: new Float64Array(n * count),
    covered: new Uint8Array(n),
    nearest: Int32Array.from(line.centres, (centre) => {
      const under = Math.floor(centre + SLIVER);
      return under >= 0 && under < length ? under : -1;
    }),
    reducing: sum / n > 1.001,
  };
}

function boxTaps(line: Line, length: number, least: number): Taps {
  const steps = footprints(line).map((step) => Math.max(least, step));
  const widest = steps.reduce((most, step) => Math.max(most, step), 1);
  const taps = emptyTaps(line, length, Math.min(length, Math.ceil(widest) + 1));
  line.centres.forEach((centre, i) => {
    const half = (steps[i] ?? 1) / 2;
    const [low, high] = [centre - half, centre + half];
    const first = Math.max(0, Math.floor(low + SLIVER));
    const end = Math.min(length, Math.ceil(high - SLIVER));
    if (first < end) weigh(taps, i, { first, end, length }, (k) => Math.min(high, k + 1) - Math.max(low, k));
  });
  return taps;
}

interface Span {
  readonly first: number;
  readonly end: number;
  readonly length: number;
}

function weigh(taps: Draft, i: number, { first, end, length }: Span, share: (k: number) => number): void {
  const start = Math.min(first, length - taps.count);
  let total = 0;
  for (let k = first; k < end; k += 1) total += share(k);
  taps.covered[i] = 1;
  taps.start[i] = start;
  for (let k = first; k < end; k += 1) taps.weight[i * taps.count + k - start] = share(k) / total;
}

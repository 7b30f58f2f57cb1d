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
 * weight[i · count + k] × sample[start[i] + k]. Count is 2, 3 or a multiple of 4, for which loops are written out, unless
 * there are fewer samples. Every start leaves room for count samples; weights of one pixel add up
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
  const spans = spansWithin(length, line.centres, (centre, i) => {
    const reach = radius * (steps[i] ?? 1) - SLIVER;
    return [Math.ceil(centre - 0.5 - reach), Math.floor(centre - 0.5 + reach) + 1];
  });
  return weigh(line, length, spans, (k, centre, i) => weight((k + 0.5 - centre) / (steps[i] ?? 1)));
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

function boxTaps(line: Line, length: number, least: number): Taps {
  const halves = footprints(line).map((step) => Math.max(least, step) / 2);
  const spans = spansWithin(length, line.centres, (centre, i) => {
    const half = halves[i] ?? 0.5;
    return [Math.floor(centre - half + SLIVER), Math.ceil(centre + half - SLIVER)];
  });
  return weigh(line, length, spans, (k, centre, i) => {
    const half = halves[i] ?? 0.5;
    return Math.min(centre + half, k + 1) - Math.max(centre - half, k);
  });
}

/** First and last + 1 sample of each pixel, one pair after the other. */
function spansWithin(length: number, centres: Float64Array, span: (centre: number, i: number) => readonly [number, number]): Int32Array {
  const spans = new Int32Array(2 * centres.length);
  centres.forEach((centre, i) => {
    const [first, end] = span(centre, i);
    if (Number.isNaN(first + end)) return;
    spans[2 * i] = Math.max(0, Math.min(length, first));
    spans[2 * i + 1] = Math.max(0, Math.min(length, end));
  });
  return spans;
}

/** Taps of the samples in spans, each by its share. */
function weigh(line: Line, length: number, spans: Int32Array, share: (k: number, centre: number, i: number) => number): Taps {
  const { centres } = line;
  const n = centres.length;
  let most = 2;
  for (let i = 0; i < n; i += 1) most = Math.max(most, (spans[2 * i + 1] ?? 0) - (spans[2 * i] ?? 0));
  const count = Math.min(length, most < 4 ? most : 4 * Math.ceil(most / 4));
  const [start, weight, covered] = [new Int32Array(n), new Float64Array(n * count), new Uint8Array(n)];
  for (let i = 0; i < n; i += 1) {
    const [first, end, centre] = [spans[2 * i] ?? 0, spans[2 * i + 1] ?? 0, centres[i] ?? 0];
    if (!(first < end)) continue;
    start[i] = Math.min(first, length - count);
    covered[i] = 1;
    const at = i * count - (start[i] ?? 0);
    let total = 0;
    for (let k = first; k < end; k += 1) {
      const part = share(k, centre, i);
      weight[at + k] = part;
      total += part;
    }
    for (let k = first; k < end; k += 1) weight[at + k] = (weight[at + k] ?? 0) / total;
  }
  const nearest = Int32Array.from(centres, (centre) => {
    const under = Math.floor(centre + SLIVER);
    return under >= 0 && under < length ? under : -1;
  });
  const sum = footprints(line).reduce((all, step) => all + step, 0);
  return { count, start, weight, covered, nearest, reducing: sum / n > 1.001 };
}

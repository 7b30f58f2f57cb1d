import type { Taps } from '../taps.ts';
import type { Sheet } from './sheet.ts';

/** The taps of both axes and what to do where samples are missing. */
export interface Axes {
  readonly x: Taps;
  readonly y: Taps;
  /** A pixel has a value when the sample under its centre has one, or when any sample has that it is made of. */
  readonly outline: 'centre' | 'any';
  /** True: the weights of what is there are made to add up to 1. False: what is missing counts as nothing (sums). */
  readonly renormalised: boolean;
}

/** When less than this part of the weights is left, negative ones may leave nothing to divide by: they are dropped. */
const FIRM = 0.25;
const NOTHING = 1e-6;

/** Pixel (i, j) of the samples that are there, NaN where there is none. */
export function gather({ data, width }: Sheet, { x, y, renormalised }: Axes, i: number, j: number): number {
  const [across, down] = [x.weight, y.weight];
  let [sum, total, solidSum, solid] = [0, 0, 0, 0];
  let from = (y.start[j] ?? 0) * width + (x.start[i] ?? 0) - i * x.count;
  for (let l = j * y.count; l < (j + 1) * y.count; l += 1, from += width) {
    const tall = down[l] ?? 0;
    if (tall === 0) continue;
    for (let k = i * x.count; k < (i + 1) * x.count; k += 1) {
      const share = tall * (across[k] ?? 0);
      const value = data[from + k] ?? 0;
      if (value !== value || share === 0) continue;
      sum += share * value;
      total += share;
      if (share > 0) {
        solidSum += share * value;
        solid += share;
      }
    }
  }
  if (solid < NOTHING) return Number.NaN;
  if (!renormalised) return sum;
  return total < FIRM ? solidSum / solid : sum / total;
}

import type { Plane } from '../image.ts';
import type { Taps } from '../taps.ts';

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

/** One pixel of the samples that are there, NaN where there is none. */
export function gather(data: Plane, width: number, { x, y, renormalised }: Axes, [i, j]: readonly [number, number]): number {
  let [sum, total, solidSum, solid] = [0, 0, 0, 0];
  for (let l = 0; l < y.count; l += 1) {
    const tall = y.weight[j * y.count + l] ?? 0;
    const from = ((y.start[j] ?? 0) + l) * width + (x.start[i] ?? 0);
    for (let k = 0; tall !== 0 && k < x.count; k += 1) {
      const share = tall * (x.weight[i * x.count + k] ?? 0);
      const value = data[from + k] ?? 0;
      if (value !== value || share === 0) continue;
      sum += share * value;
      total += share;
      if (share < 0) continue;
      solidSum += share * value;
      solid += share;
    }
  }
  if (solid < NOTHING) return Number.NaN;
  if (!renormalised) return sum;
  return total < FIRM ? solidSum / solid : sum / total;
}

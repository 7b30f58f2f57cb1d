import type { Plane } from './image.ts';

/** Values that become the first and the last of the output's range; equal ends put everything in the middle. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Linear stretch of one plane to bytes first … last, clamped, rounded to the nearest; NaN becomes `blank`.
 * Writes out[i · stride + offset], so that planes interleave.
 */
export function stretchInto(plane: Plane, range: Range, out: Uint8Array, target: StretchTarget): void {
  const { first, last, blank, stride, offset } = target;
  const span = range.max - range.min;
  const scale = span > 0 ? (last - first) / span : 0;
  // + 0.5: truncation by the typed array then rounds.
  const base = (span > 0 ? first - range.min * scale : (first + last) / 2) + 0.5;
  const low = first;
  const high = last + 0.5;
  for (let i = 0, p = offset; i < plane.length; i += 1, p += stride) {
    const value = plane[i] ?? 0;
    const level = span > 0 ? value * scale + base : value - value + base;
    if (level !== level) out[p] = blank;
    else if (level < low) out[p] = low;
    else out[p] = level > high ? high : level;
  }
}

/** Where stretched bytes go and what they may be. */
export interface StretchTarget {
  readonly first: number;
  readonly last: number;
  readonly blank: number;
  readonly stride: number;
  readonly offset: number;
}

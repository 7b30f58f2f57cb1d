import type { Plane } from './image.ts';

/** Values that become the first and the last of the output's range; equal ends put everything in the middle. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Linear stretch of one plane to bytes first … last, clamped, rounded to the nearest; NaN becomes 0.
 * Writes out[i · stride + offset], so that planes interleave.
 */
export function stretchInto(plane: Plane, range: Range, out: Uint8ClampedArray, target: StretchTarget): void {
  const { first, last, stride, offset } = target;
  const span = range.max - range.min;
  const scale = span > 0 ? (last - first) / span : 0;
  const base = span > 0 ? first - range.min * scale : (first + last) / 2;
  for (let i = 0, p = offset; i < plane.length; i += 1, p += stride) {
    const level = (plane[i] ?? 0) * scale + base;
    // The clamped array rounds, cuts at 255 and makes NaN 0.
    out[p] = level < first ? first : level > last ? last : level;
  }
}

/** Where stretched bytes go and what they may be. */
export interface StretchTarget {
  readonly first: number;
  readonly last: number;
  readonly stride: number;
  readonly offset: number;
}

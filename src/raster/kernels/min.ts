import type { Seen } from './look.ts';

/** The smallest of the samples that a pixel's footprint touches. Sample k covers [k, k + 1). */
export function min({ values, count }: Seen): number {
  let least = values[0] ?? Number.NaN;
  for (let k = 1; k < count; k += 1) {
    const value = values[k] ?? 0;
    if (value < least) least = value;
  }
  return least;
}

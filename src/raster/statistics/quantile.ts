import type { Distribution } from './distribution.ts';

/**
 * The smallest value that, with all below it, holds at least the given share (0 … 1) of the whole weight: a value that
 * occurs, never one between two (definition 1 of Hyndman & Fan 1996). NaN of an empty distribution.
 */
export function quantile({ values, weights }: Distribution, share: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const wanted = share * total;
  let below = 0;
  for (let i = 0; i < values.length; i += 1) {
    below += weights[i] ?? 0;
    if (below >= wanted) return values[i] ?? Number.NaN;
  }
  return values.at(-1) ?? Number.NaN;
}

/** The value that occurs most (`majority`) and least often (`minority`), of equals the smallest; NaN of an empty distribution. */
export function modes({ values, samples }: Distribution): { readonly majority: number; readonly minority: number } {
  let [most, least] = [0, 0];
  for (let i = 1; i < values.length; i += 1) {
    if ((samples[i] ?? 0) > (samples[most] ?? 0)) most = i;
    if ((samples[i] ?? 0) < (samples[least] ?? 0)) least = i;
  }
  return { majority: values[most] ?? Number.NaN, minority: values[least] ?? Number.NaN };
}

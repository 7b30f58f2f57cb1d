import type { Distribution } from './distribution.ts';

/** How many samples fall into each bin; one edge more than bins. */
export interface Histogram {
  readonly counts: readonly number[];
  readonly edges: readonly number[];
}

/**
 * Samples by bins of equal width over [min, max], the last bin closed; without a range over what occurs, a single value
 * in a range of 1 around it (as numpy.histogram, which users compare with). Values outside are not counted. Edges in place
 * of a number of bins, ascending, decide by themselves.
 */
export function histogramOf(
  { values, samples }: Distribution,
  bins: number | readonly number[],
  range?: readonly [min: number, max: number],
): Histogram {
  if (typeof bins !== 'number') return binned({ values, samples }, bins);
  const [low, high] = range ?? [values[0] ?? 0, values.at(-1) ?? 1];
  const [min, max] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? max : min + ((max - min) * i) / bins));
  return binned({ values, samples }, edges);
}

/** Samples between given edges, ascending; bins are half-open, the last one closed. */
export function binned({ values, samples }: Pick<Distribution, 'values' | 'samples'>, edges: readonly number[]): Histogram {
  const counts = edges.slice(1).map(() => 0);
  const last = counts.length - 1;
  let bin = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    if (value < (edges[0] ?? 0) || value > (edges[last + 1] ?? 0)) continue;
    while (bin < last && value >= (edges[bin + 1] ?? Infinity)) bin += 1;
    counts[bin] = (counts[bin] ?? 0) + (samples[i] ?? 0);
  }
  return { counts, edges };
}

/** How often each of the given values, or each that occurs, was seen. */
export function countClasses({ values, samples }: Distribution, classes?: readonly number[]): Histogram {
  if (classes === undefined) return { counts: [...samples], edges: [...values] };
  const seen = new Map(Array.from(values, (value, i) => [value, samples[i] ?? 0]));
  return { counts: classes.map((value) => seen.get(value) ?? 0), edges: classes };
}

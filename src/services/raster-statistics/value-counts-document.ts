import type { Band } from '../../catalog/collection.ts';
import type { ValueCountsDocument } from '../../model/rasters.ts';
import type { ValueCounts } from './statistics-service.ts';

/** Values with their counts, areas and, where a band names its classes, labels. `bands` are those shown, in order. */
export function valueCountsDocument(
  { bands: distributions, exact, level }: ValueCounts,
  names: readonly string[],
  bands: readonly (Band | undefined)[],
): ValueCountsDocument {
  return {
    exact,
    level,
    bands: distributions.map((distribution, n) => ({
      name: names[n] ?? `b${n + 1}`,
      values:
        distribution === undefined
          ? null
          : Array.from(distribution.values, (value, i) => ({
              value,
              ...labelOf(bands[n], value),
              count: distribution.samples[i] ?? 0,
              area: distribution.weights[i] ?? 0,
            })),
    })),
  };
}

function labelOf(band: Band | undefined, value: number): { readonly label?: string } {
  const found = band?.classes.find(({ min, max }) => value === min || (value >= min && value < max));
  return found?.label === undefined ? {} : { label: found.label };
}

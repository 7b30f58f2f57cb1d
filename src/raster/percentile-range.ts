import type { Plane } from './image.ts';
import type { Range } from './rescale.ts';

const SAMPLES = 131_072;

/**
 * The range from the low to the high percentile (0–100) of the values of some planes, NaN left out, of at most
 * 131,072 values evenly strided over all. Falls back to minimum and maximum where the percentiles meet; undefined
 * when there are no values.
 */
export function percentileRange(planes: readonly Plane[], low: number, high: number): Range | undefined {
  const total = planes.reduce((sum, plane) => sum + plane.length, 0);
  const stride = Math.max(1, Math.ceil(total / SAMPLES));
  const values: number[] = [];
  for (const plane of planes) {
    for (let i = 0; i < plane.length; i += stride) {
      const value = plane[i] ?? Number.NaN;
      if (Number.isFinite(value)) values.push(value);
    }
  }
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  const at = (percent: number): number => sorted[Math.round((percent / 100) * (sorted.length - 1))] ?? 0;
  if (at(low) < at(high)) return { min: at(low), max: at(high) };
  return { min: at(0), max: at(100) };
}

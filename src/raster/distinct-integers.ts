import type { Plane } from './image.ts';

/** The distinct values of some planes in ascending order, or undefined as soon as there are more than `limit` or a fraction. */
export function distinctIntegers(planes: readonly Plane[], limit: number): readonly number[] | undefined {
  const found = new Set<number>();
  for (const plane of planes) {
    let previous = Number.NaN;
    for (let i = 0; i < plane.length; i += 1) {
      const value = plane[i] ?? Number.NaN;
      if (value === previous || value !== value) continue;
      previous = value;
      if (!Number.isInteger(value)) return undefined;
      found.add(value);
      if (found.size > limit) return undefined;
    }
  }
  return [...found].sort((p, q) => p - q);
}

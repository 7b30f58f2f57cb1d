import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mode } from '../../../../src/raster/kernels/mode.ts';

/** The definition: what covers most, of equals the one that got there first. */
function slowMode(values: readonly number[]): number {
  const covered = new Map<number, number>();
  let best = values[0] ?? Number.NaN;
  values.forEach((value, k) => {
    covered.set(value, (covered.get(value) ?? 0) + 1);
    if (value === values[k + 1]) return;
    if ((covered.get(value) ?? 0) > (covered.get(best) ?? 0)) best = value;
  });
  return best;
}

function modeOf(values: readonly number[]): number {
  return mode({ values: Float64Array.from(values), weights: new Float64Array(values.length).fill(1), count: values.length });
}

describe('the value that covers most', () => {
  test('is the same however many kinds there are', () => {
    const kinds = fc.integer({ min: 1, max: 100 });
    const samples = kinds.chain((most) => fc.array(fc.integer({ min: -most, max: most }), { minLength: 1, maxLength: 400 }));
    fc.assert(fc.property(samples, (values) => modeOf(values) === slowMode(values)));
  });

  test('is found under a pixel of 400,000 heights that all differ but two', { timeout: 5000 }, () => {
    const heights = Array.from({ length: 400_000 }, (_, n) => n / 7);
    expect(modeOf([...heights, 1234 / 7])).toBe(1234 / 7);
  });
});

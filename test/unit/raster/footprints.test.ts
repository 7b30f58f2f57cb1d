import { expect, test } from 'vitest';
import { areaTaps, footprints } from '../../../src/raster/taps.ts';

test('the footprint of a pixel is the distance to its neighbours', () => {
  expect([...footprints({ centres: Float64Array.of(0, 2, 5, 8), beyond: [-2, 12] })]).toEqual([2, 2.5, 3, 3.5]);
  expect([...footprints({ centres: Float64Array.of(0, 2, 5), beyond: undefined })]).toEqual([2, 2.5, 3]);
  expect([...footprints({ centres: Float64Array.of(7), beyond: undefined })]).toEqual([1]);
});

test('a jump to where longitudes begin again is no footprint', () => {
  const line = { centres: Float64Array.of(1, 3, 5), beyond: [1439, 7] as const };
  expect([...footprints(line)]).toEqual([2, 2, 2]);
  expect(areaTaps(line, 1440).count).toBe(2);
});

test('neighbours without a place leave the other to tell', () => {
  expect([...footprints({ centres: Float64Array.of(Number.NaN, 4, 7), beyond: [Number.NaN, Number.NaN] })].slice(1)).toEqual([3, 3]);
});

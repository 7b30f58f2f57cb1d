import { describe, expect, test } from 'vitest';
import { chooseLevel } from '../../../src/raster/choose-level.ts';
import { stretchBand, stretchColors } from '../../../src/raster/rescale.ts';
import { createScratch } from '../../../src/raster/scratch.ts';
import { distinctIntegers } from '../../../src/raster/distinct-integers.ts';
import { percentileRange } from '../../../src/raster/percentile-range.ts';
import { isFull, fillUnder, maskByAlpha, uniteBands } from '../../../src/raster/validity.ts';

const N = Number.NaN;

describe('stretching', () => {
  test('ends become ends, what lies beyond is clamped, NaN is 0 and counted', () => {
    const out = new Uint8Array(6);
    expect(stretchBand(Float32Array.of(-50, 10, 20, 30, 900, N), { min: 10, max: 30 }, out, 1)).toBe(1);
    expect([...out]).toEqual([1, 1, 128, 255, 255, 0]);
  });

  test('bytes from 0 to 255 stay what they are', () => {
    const out = new Uint8Array(256);
    stretchBand(
      Float32Array.from({ length: 256 }, (_, i) => i),
      { min: 0, max: 255 },
      out,
      0,
    );
    expect([...out]).toEqual(Array.from({ length: 256 }, (_, i) => i));
  });

  test('halves go to the even neighbour, and 255 and a bit is 255', () => {
    const out = new Uint8Array(6);
    stretchBand(Float32Array.of(0.5, 1.5, 2.5, 254.5, 255.4, -0.4), { min: 0, max: 255 }, out, 0);
    expect([...out]).toEqual([0, 2, 2, 254, 255, 0]);
  });

  test('a range without extent puts everything in the middle', () => {
    const out = new Uint8Array(2);
    stretchBand(Float32Array.of(7, 7), { min: 7, max: 7 }, out, 1);
    expect([...out]).toEqual([128, 128]);
  });

  test('three planes interleave with what covers them; only where none has a value is nothing', () => {
    const out = new Uint8ClampedArray(12);
    const range = { min: 0, max: 255 };
    const planes = [Float32Array.of(1, N, N), Float32Array.of(2, 5, N), Float32Array.of(3, 6, N)] as const;
    const cover = Float32Array.of(77, 88, 99);
    expect(stretchColors({ planes: [...planes], ranges: [range, range, { min: 0, max: 510 }], cover }, out)).toBe(1);
    expect([...out]).toEqual([1, 2, 2, 77, 0, 5, 3, 88, 0, 0, 0, 0]);
  });
});

describe('planes of float32, by vectors', () => {
  const some = (length: number): readonly number[] =>
    Array.from(
      { length },
      (_, i) => [N, Infinity, -Infinity, 0.5, i * 1.37 - 900, Math.sin(i) * 300, 127.5 + i][(i * 5 + (i >> 4)) % 7] ?? 0,
    );

  test.each([1, 7, 8, 9, 64, 4095, 4096, 4097, 10_001])('%i samples become what float64 becomes, sample by sample', (length) => {
    for (const first of [0, 1]) {
      const [narrow, wide] = [new Uint8Array(length), new Uint8Array(length)];
      const values = Float32Array.from(some(length));
      const range = { min: -200.25, max: 310.5 };
      expect(stretchBand(values, range, narrow, first)).toBe(stretchBand(Float64Array.from(values), range, wide, first));
      expect(narrow).toEqual(wide);
    }
  });

  test.each([1, 3, 4, 5, 4096, 5003])('%i pixels of three planes and a cover as well', (length) => {
    const planes = [some(length), some(length + 3).slice(3), some(length + 5).slice(5)].map((values) => Float32Array.from(values));
    const [red, green, blue] = [planes[0] ?? new Float32Array(), planes[1] ?? new Float32Array(), planes[2] ?? new Float32Array()];
    for (const cover of [undefined, Float32Array.from({ length }, (_, i) => i % 256)]) {
      const [narrow, wide] = [new Uint8ClampedArray(length * 4), new Uint8ClampedArray(length * 4)];
      const ranges = [
        { min: 0, max: 255 },
        { min: 300, max: -300 },
        { min: 5, max: 5 },
      ] as const;
      const exact = [Float64Array.from(red), Float64Array.from(green), Float64Array.from(blue)] as const;
      const holes = stretchColors({ planes: [red, green, blue], ranges, cover }, narrow);
      expect(stretchColors({ planes: exact, ranges, cover }, wide)).toBe(holes);
      expect(narrow).toEqual(wide);
    }
  });
});

describe('statistics', () => {
  test('percentiles leave out the ends and NaN', () => {
    const values = Float32Array.from({ length: 1001 }, (_, i) => i);
    expect(percentileRange([values, Float32Array.of(N, N)], 2, 98)).toEqual({ min: 20, max: 980 });
  });

  test('percentiles that meet give way to the extremes', () => {
    expect(percentileRange([Float32Array.from({ length: 1000 }, (_, i) => (i === 0 ? -5 : 3))], 2, 98)).toEqual({ min: -5, max: 3 });
  });

  test('no values, no range', () => {
    expect(percentileRange([Float32Array.of(N)], 2, 98)).toBeUndefined();
    expect(percentileRange([], 2, 98)).toBeUndefined();
  });

  test('distinct integers are sorted, up to a limit, and fractions are no classes', () => {
    expect(distinctIntegers([Float32Array.of(5, 1, 5, N), Float32Array.of(-3)], 3)).toEqual([-3, 1, 5]);
    expect(distinctIntegers([Float32Array.of(1, 2, 3, 4)], 3)).toBeUndefined();
    expect(distinctIntegers([Float32Array.of(1, 2.5)], 3)).toBeUndefined();
  });
});

describe('validity', () => {
  const raster = (...bands: Float32Array[]) => ({
    grid: { originX: 0, originY: 0, scaleX: 1, scaleY: 1, skewX: 0, skewY: 0 },
    width: 3,
    height: 1,
    bands,
    complete: false,
  });

  test('a pixel with a value in any band has one in all', () => {
    const one = raster(Float32Array.of(1, N, N), Float32Array.of(N, 2, N));
    uniteBands(one, [0, 9]);
    expect(one.bands.map((band) => [...band])).toEqual([
      [1, 0, N],
      [9, 2, N],
    ]);
  });

  test('what is invisible has no colour', () => {
    const masked = maskByAlpha({ ...raster(Float32Array.of(1, 2, 3), Float32Array.of(255, 0, N)), complete: true }, 1);
    expect(masked.complete).toBe(false);
    expect(masked.bands.map((band) => [...band])).toEqual([
      [1, N, N],
      [255, 0, 0],
    ]);
  });

  test('holes are filled from below', () => {
    const plane = Float32Array.of(1, N, N);
    fillUnder(plane, Float32Array.of(7, 8, N));
    expect([...plane]).toEqual([1, 8, N]);
    expect([isFull(plane), isFull(plane.subarray(0, 2))]).toEqual([false, true]);
  });
});

describe('levels', () => {
  const levels = [1, 2, 4, 8].map((factor) => ({ factor, pixelWidth: 10 * factor, pixelHeight: 10 * factor }));
  test.each([
    { size: 5, factor: 1 },
    { size: 10, factor: 1 },
    { size: 19, factor: 1 },
    { size: 20, factor: 2 },
    { size: 79, factor: 4 },
    { size: 5000, factor: 8 },
  ])('a target pixel of $size reads factor $factor', ({ size, factor }) => {
    expect(chooseLevel(levels, size)?.factor).toBe(factor);
  });
  test('no levels, no level', () => expect(chooseLevel([], 1)).toBeUndefined());
});

test('scratch memory is used again after release, and asked for beyond its limit it comes from the heap', () => {
  const scratch = createScratch(64);
  scratch.allocate(4, false);
  scratch.release();
  const first = scratch.allocate(4, false);
  const second = scratch.allocate(1, true);
  expect(second.buffer).not.toBe(first.buffer);
  scratch.release();
  const again = [scratch.allocate(4, false), scratch.allocate(1, true)];
  expect(new Set(again.map((plane) => plane.buffer)).size).toBe(1);
  expect(again.map((plane) => plane.byteOffset)).toEqual([0, 16]);
  expect(scratch.allocate(1000, true)).toHaveLength(1000);
});

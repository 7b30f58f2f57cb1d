import { describe, expect, test } from 'vitest';
import { allocatePlane, type Raster } from '../../../src/raster/image.ts';
import { resample } from '../../../src/raster/resample.ts';
import { copyShifted, SAMPLES_KEPT, shiftOf } from '../../../src/raster/shift.ts';
import type { Warp } from '../../../src/raster/warp.ts';

const SIDE = 9;

function raster(): Raster {
  const plane = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % 11 === 5 ? Number.NaN : ((i * 7) % 23) + 0.25));
  const grid = { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };
  return { grid, width: SIDE, height: SIDE, bands: [plane], complete: false };
}

/** Centres one sample apart, the first at a place. */
function warp(x: number, y: number, size = 5, step = 1): Warp {
  const line = (from: number): Float64Array => Float64Array.from({ length: size }, (_, i) => from + i * step);
  return { kind: 'separable', width: size, height: size, x: line(x), y: line(y) };
}

describe('pixels that are samples', () => {
  test('are told by their centres and their distance', () => {
    expect(shiftOf(warp(2.5, 3.5))).toEqual({ column: 2, row: 3 });
    expect(shiftOf(warp(-1.5, 0.5))).toEqual({ column: -2, row: 0 });
    expect(shiftOf(warp(2.5 + 1e-9, 3.5))).toEqual({ column: 2, row: 3 });
  });

  test('are not those half a sample, a hundredth of one or a step away', () => {
    expect(shiftOf(warp(3, 3.5))).toBeUndefined();
    expect(shiftOf(warp(2.51, 3.5))).toBeUndefined();
    expect(shiftOf(warp(2.5, 3.5, 5, 2))).toBeUndefined();
    expect(shiftOf(warp(Number.NaN, 3.5))).toBeUndefined();
  });

  test.each([...SAMPLES_KEPT])('%s gives them as they are', (kernel) => {
    const [source, where] = [raster(), warp(2.5, 3.5)];
    const [made] = resample(source, where, kernel, allocatePlane);
    const [copied] = copyShifted(source, { column: 2, row: 3 }, where, allocatePlane);
    expect(copied?.some(Number.isNaN)).toBe(true);
    const rounded = (plane: Iterable<number> | undefined): readonly number[] =>
      Array.from(plane ?? [], (value) => Math.round(value * 1e4) / 1e4);
    expect(rounded(made)).toEqual(rounded(copied));
  });

  test('beside the raster have no data', () => {
    const [copied] = copyShifted(raster(), { column: -2, row: 7 }, warp(-1.5, 7.5), allocatePlane);
    const there = Array.from(copied ?? [], (value) => !Number.isNaN(value));
    expect(there.slice(0, 5).slice(0, 2)).toEqual([false, false]);
    expect(there.slice(10)).toEqual(Array.from({ length: 15 }, () => false));
    expect(copied?.[2]).toBe(raster().bands[0]?.[7 * SIDE]);
  });
});

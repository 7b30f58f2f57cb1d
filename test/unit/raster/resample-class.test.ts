import { expect, test } from 'vitest';
import { allocatePlane, type Raster } from '../../../src/raster/image.ts';
import { resampleClasses } from '../../../src/raster/resample-class.ts';
import type { Warp } from '../../../src/raster/warp.ts';

const GRID = { originX: 0, originY: 0, scaleX: 1, scaleY: 1, skewX: 0, skewY: 0 };

function classes(rows: readonly (readonly number[])[], columns: number, step: number, start = 0): number[] {
  const band = Float32Array.from(rows.flat());
  const raster: Raster = { grid: GRID, width: rows[0]?.length ?? 0, height: rows.length, bands: [band], complete: true };
  const line = Float64Array.from({ length: columns }, (_, i) => start + (i + 0.5) * step);
  const warp: Warp = { kind: 'separable', width: columns, height: columns, x: line, y: line };
  return [...(resampleClasses(raster, warp, allocatePlane)[0] ?? [])];
}

const N = Number.NaN;

test('enlarging takes the sample under the centre', () => {
  expect(
    classes(
      [
        [1, 2],
        [3, 4],
      ],
      4,
      0.5,
    ),
  ).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
});

test('reducing takes the value that covers most', () => {
  expect(
    classes(
      [
        [1, 1, 2, 2],
        [1, 3, 2, 4],
        [5, 5, 6, 7],
        [8, 5, 7, 7],
      ],
      2,
      2,
    ),
  ).toEqual([1, 2, 5, 7]);
});

test('parts of samples count by their area', () => {
  // [0, 1.5)²: the 1 covers 1, its neighbours half each, the one across a quarter.
  expect(
    classes(
      [
        [1, 2, 9],
        [2, 3, 9],
        [9, 9, 9],
      ],
      2,
      1.5,
    )[0],
  ).toBe(1);
  expect(
    classes(
      [
        [1, 2, 2],
        [2, 2, 9],
        [9, 9, 9],
      ],
      2,
      1.5,
    )[0],
  ).toBe(2);
});

test('among equals the one that got there first wins, row by row', () => {
  expect(
    classes(
      [
        [7, 3, 1, 1],
        [3, 7, 1, 1],
      ],
      2,
      2,
    )[0],
  ).toBe(3);
  expect(
    classes(
      [
        [7, 3, 1, 1],
        [7, 3, 1, 1],
      ],
      2,
      2,
    )[0],
  ).toBe(7);
});

test('nodata does not vote, and nothing but nodata is nodata', () => {
  expect(
    classes(
      [
        [N, N, N, N],
        [N, 4, N, N],
        [1, 1, N, N],
        [1, N, N, 2],
      ],
      2,
      2,
    ),
  ).toEqual([4, N, 1, 2]);
});

test('outside there is nothing', () => {
  expect(classes([[1]], 3, 1, -1)).toEqual([N, N, N, N, 1, N, N, N, N]);
});

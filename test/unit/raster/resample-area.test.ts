import { describe, expect, test } from 'vitest';
import { allocatePlane, type Raster } from '../../../src/raster/image.ts';
import { resampleArea } from '../../../src/raster/resample-area.ts';
import type { Cell } from '../../../src/raster/warp-cells.ts';
import type { Warp } from '../../../src/raster/warp.ts';

const GRID = { originX: 0, originY: 0, scaleX: 1, scaleY: 1, skewX: 0, skewY: 0 };

function rasterOf(width: number, height: number, value: (column: number, row: number) => number): Raster {
  const band = Float64Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
  return { grid: GRID, width, height, bands: [band], complete: band.every((v) => !Number.isNaN(v)) };
}

/** Pixels of `step` samples, the first beginning at `start`. */
function lines(columns: number, rows: number, start: number, step: number): Warp {
  const line = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => start + (i + 0.5) * step);
  return { kind: 'separable', width: columns, height: rows, x: line(columns), y: line(rows) };
}

/** The same as one cell. */
function cells(columns: number, rows: number, start: number, step: number): Warp {
  const place = start + step / 2;
  const cell: Cell = {
    column: 0,
    row: 0,
    width: columns,
    height: rows,
    x: place,
    xi: step,
    xj: 0,
    xij: 0,
    y: place,
    yi: 0,
    yj: step,
    yij: 0,
  };
  return { kind: 'cells', width: columns, height: rows, cells: [cell] };
}

const FORMS = [
  { form: 'separable', warp: lines },
  { form: 'cells', warp: cells },
] as const;

const ramp = (column: number, row: number): number => 3 * (column + 0.5) + 7 * (row + 0.5) + 2;

describe.each(FORMS)('$form', ({ warp }) => {
  const values = (raster: Raster, ...place: Parameters<typeof lines>): number[] => [
    ...(resampleArea(raster, warp(...place), allocatePlane)[0] ?? []),
  ];

  test('enlarging reproduces a linear ramp exactly between the outermost centres', () => {
    const result = values(rasterOf(8, 8, ramp), 12, 12, 1, 0.5);
    result.forEach((value, i) =>
      expect(value).toBeCloseTo(3 * (1 + ((i % 12) + 0.5) / 2) + 7 * (1 + (Math.floor(i / 12) + 0.5) / 2) + 2, 9),
    );
  });

  test('a shift by half a pixel is seen', () => {
    const [right] = values(rasterOf(8, 8, ramp), 4, 4, 1, 1);
    const [shifted] = values(rasterOf(8, 8, ramp), 4, 4, 1.5, 1);
    expect((shifted ?? 0) - (right ?? 0)).toBeCloseTo(5, 9);
  });

  test('pixels on pixels are copied', () => {
    expect(
      values(
        rasterOf(3, 3, (c, r) => c * c + 10 * r),
        3,
        3,
        0,
        1,
      ),
    ).toEqual([0, 1, 4, 10, 11, 14, 20, 21, 24]);
  });

  test('reducing weighs by area', () => {
    // Footprints of one and a half samples: [0, 1.5) is all of the first and half of the second.
    const result = values(
      rasterOf(3, 3, (c) => [6, 12, 30][c] ?? 0),
      2,
      2,
      0,
      1.5,
    );
    [8, 24, 8, 24].forEach((value, i) => expect(result[i]).toBeCloseTo(value, 9));
  });

  test('reducing keeps the mean', () => {
    const raster = rasterOf(12, 12, (c, r) => (c * 31 + r * 17) % 13);
    const mean = (list: Iterable<number>): number => [...list].reduce((sum, v) => sum + v, 0) / [...list].length;
    expect(mean(values(raster, 4, 4, 0, 3))).toBeCloseTo(mean(raster.bands[0] ?? []), 9);
  });

  test('nodata is left out and the rest renormalised', () => {
    const raster = rasterOf(4, 4, (c, r) => (c === 1 && r === 1 ? Number.NaN : 10 + c));
    const [first] = values(raster, 2, 2, 0, 2);
    expect(first).toBeCloseTo((10 + 11 + 10) / 3, 9);
  });

  test('nothing but nodata is nodata', () => {
    const raster = rasterOf(4, 4, (c) => (c < 2 ? Number.NaN : 5));
    expect(values(raster, 2, 2, 0, 2)).toEqual([Number.NaN, 5, Number.NaN, 5]);
  });

  test('enlarging keeps the outline of the samples', () => {
    const raster = rasterOf(4, 1, (c) => (c === 0 ? Number.NaN : 5));
    expect(
      values(raster, 8, 1, 0, 0.5)
        .slice(0, 8)
        .map((v) => !Number.isNaN(v)),
    ).toEqual([false, false, true, true, true, true, true, true]);
  });

  test('outside the raster there is nothing', () => {
    const result = values(
      rasterOf(2, 2, () => 5),
      4,
      4,
      -1,
      1,
    );
    expect(result.map((v) => (Number.isNaN(v) ? 0 : v))).toEqual([0, 0, 0, 0, 0, 5, 5, 0, 0, 5, 5, 0, 0, 0, 0, 0]);
  });

  test('a raster smaller than a pixel is seen', () => {
    expect(
      values(
        rasterOf(2, 2, () => 5),
        3,
        3,
        -10.5,
        7,
      )[4],
    ).toBeCloseTo(5, 9);
  });

  test('a single column and row reach both sides', () => {
    expect(
      values(
        rasterOf(1, 1, () => 5),
        4,
        4,
        0,
        0.25,
      ),
    ).toEqual(Array.from({ length: 16 }, () => 5));
  });
});

test('turned by a right angle, cells read columns as rows', () => {
  const raster = rasterOf(3, 3, (c, r) => c + 10 * r);
  const cell: Cell = { column: 0, row: 0, width: 3, height: 3, x: 0.5, xi: 0, xj: 1, xij: 0, y: 0.5, yi: 1, yj: 0, yij: 0 };
  expect([...(resampleArea(raster, { kind: 'cells', width: 3, height: 3, cells: [cell] }, allocatePlane)[0] ?? [])]).toEqual([
    0, 10, 20, 1, 11, 21, 2, 12, 22,
  ]);
});

test('Float32 planes stay Float32', () => {
  const raster = { ...rasterOf(2, 2, () => 1), bands: [Float32Array.of(1, 2, 3, 4)] };
  expect(resampleArea(raster, lines(2, 2, 0, 1), allocatePlane)[0]).toEqual(Float32Array.of(1, 2, 3, 4));
});

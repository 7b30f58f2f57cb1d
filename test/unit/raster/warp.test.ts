import { describe, expect, test } from 'vitest';
import { footprints } from '../../../src/raster/taps.ts';
import { linesOf, planWarp, reductionOf, runWarp, runWarpAsync, warpBounds, warpToPixels, type Warp } from '../../../src/raster/warp.ts';

const grid = { originX: 0, originY: 100, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };
const window = { column: 0, row: 0, width: 100, height: 100 };
const request = { grid, window, tolerance: 0.125, geographic: false };

function map(each: (x: number, y: number) => readonly [number, number]): (xy: Float64Array) => void {
  return (xy) => {
    for (let i = 0; i < xy.length; i += 2) xy.set(each(xy[i] ?? 0, xy[i + 1] ?? 0), i);
  };
}

/** The source position of every pixel's centre. */
function positions(warp: Warp): Map<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  if (warp.kind === 'separable') {
    warp.y.forEach((y, row) => warp.x.forEach((x, column) => found.set(`${column} ${row}`, [x, y])));
    return found;
  }
  for (const cell of warp.cells) {
    for (let j = 0; j < cell.height; j += 1) {
      for (let i = 0; i < cell.width; i += 1) {
        const key = `${cell.column + i} ${cell.row + j}`;
        found.set(key, [cell.x + i * cell.xi + j * cell.xj + i * j * cell.xij, cell.y + i * cell.yi + j * cell.yj + i * j * cell.yij]);
      }
    }
  }
  return found;
}

const CURVED = (x: number, y: number): readonly [number, number] => [x + (y * y) / 40, y + Math.sin(x / 20) * 5];

test('columns and rows that separate are exact', () => {
  const warp = runWarp(
    planWarp(request),
    map((x, y) => [Math.exp(x / 50), y ** 3]),
  );
  expect(warp.kind).toBe('separable');
  for (const [key, [x, y]] of positions(warp)) {
    const [column = 0, row = 0] = key.split(' ').map(Number);
    expect(x).toBeCloseTo(Math.exp((column + 0.5) / 50), 9);
    expect(y).toBeCloseTo((99.5 - row) ** 3, 6);
  }
});

describe.each([
  { width: 100, height: 100 },
  { width: 37, height: 53 },
  { width: 3, height: 90 },
])('a curved warp of $width × $height', (size) => {
  const warp = runWarp(planWarp({ ...request, window: { column: 5, row: 7, ...size } }), map(CURVED));

  test('covers every pixel once, each within the tolerance', () => {
    const found = positions(warp);
    expect(found.size).toBe(size.width * size.height);
    for (const [key, [x, y]] of found) {
      const [column = 0, row = 0] = key.split(' ').map(Number);
      const [exactX, exactY] = CURVED(5 + column + 0.5, 100 - (7 + row + 0.5));
      expect(Math.hypot(x - exactX, y - exactY)).toBeLessThan(0.125);
    }
  });

  test('takes fewer cells than pixels', () => {
    expect(warp.kind === 'cells' && warp.cells.length).toBeLessThan((size.width * size.height) / 2);
  });
});

test('a straight warp takes only the coarse cells', () => {
  const warp = runWarp(
    planWarp(request),
    map((x, y) => [x + y, x - y]),
  );
  expect(warp.kind === 'cells' && warp.cells.length).toBe(4);
});

test('what cannot be mapped stays away, the rest is exact up to its edge', () => {
  const warp = runWarp(
    planWarp(request),
    map((x, y) => (x + y < 120 ? [x, y + x / 7] : [Number.NaN, Number.NaN])),
  );
  const found = positions(warp);
  for (const [key, [x]] of found) {
    const [column = 0, row = 0] = key.split(' ').map(Number);
    const inside = column + 0.5 + 99.5 - row < 120;
    if (inside) expect(x).toBeCloseTo(column + 0.5, 6);
    else expect(x).toBeNaN();
  }
  const inside = [...found.values()].filter(([x]) => !Number.isNaN(x)).length;
  expect(inside).toBe(
    Array.from({ length: 10_000 }, (_, n) => (n % 100) + 0.5 + 99.5 - Math.floor(n / 100)).filter((sum) => sum < 120).length,
  );
});

test('nowhere at all is no cells and no bounds', () => {
  const warp = runWarp(
    planWarp(request),
    map(() => [Number.NaN, Number.NaN]),
  );
  expect(positions(warp).size).toBe(0);
  expect(warpBounds(warp)).toBeUndefined();
});

test('a jump by 360 degrees is made continuous around the middle', () => {
  const across = { ...request, grid: { ...grid, originX: 130 }, geographic: true };
  const warp = runWarp(
    planWarp(across),
    map((x, y) => [x > 180 ? x - 360 : x, y]),
  );
  expect(warpBounds(warp)).toEqual([130, 0, 230, 100]);
});

test('the whole turn from -180 to 180 stays whole', () => {
  const world = { ...request, grid: { ...grid, originX: -180, scaleX: 3.6 }, geographic: true };
  const bounds = warpBounds(
    runWarp(
      planWarp(world),
      map((x, y) => [x, y]),
    ),
  );
  expect(bounds?.[0]).toBeCloseTo(-180, 9);
  expect(bounds?.[2]).toBeCloseTo(180, 9);
});

describe.each([1, 2, 3, 8, 100])('%d pixels that show the whole turn', (size) => {
  const step = 360 / size;
  const world = { ...request, grid: { ...grid, originX: 0, scaleX: step, originY: 90, scaleY: -180 / size }, geographic: true };
  const warp = runWarp(
    planWarp({ ...world, window: { column: 0, row: 0, width: size, height: size } }),
    map((x, y) => [x > 180 ? x - 360 : x, y]),
  );

  test('reach over all of it', () => {
    const bounds = warpBounds(warp);
    expect((bounds?.[2] ?? 0) - (bounds?.[0] ?? 0)).toBeCloseTo(360, 9);
    expect(bounds?.[1]).toBeCloseTo(-90, 9);
    expect(bounds?.[3]).toBeCloseTo(90, 9);
  });

  test('are each as large as the others, the first and the last too', () => {
    const { x, y } = warp.kind === 'separable' ? linesOf(warp) : { x: undefined, y: undefined };
    for (const found of x === undefined ? [] : footprints(x)) expect(found).toBeCloseTo(step, 9);
    for (const found of y === undefined ? [] : footprints(y)) expect(found).toBeCloseTo(180 / size, 9);
    expect(warp.kind).toBe('separable');
    expect(reductionOf(warp, { originX: 0, originY: 90, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 })).toBeCloseTo(step, 9);
  });
});

test('a transformation that has to be waited for gives the same', async () => {
  const at = runWarp(planWarp(request), map(CURVED));
  expect(await runWarpAsync(planWarp(request), async (xy) => map(CURVED)(xy))).toEqual(at);
});

test('in pixels of a grid that is turned, lines become cells that agree', () => {
  const warp = runWarp(
    planWarp(request),
    map((x, y) => [x * 2, y * 3]),
  );
  const affine = { a: 0.5, b: 0.25, c: 1, d: -0.25, e: 0.5, f: 2 };
  const turned = warpToPixels(warp, affine);
  expect(turned.kind).toBe('cells');
  const found = positions(turned);
  expect(found.size).toBe(10_000);
  for (const [key, [x, y]] of positions(warp)) {
    expect(found.get(key)?.[0]).toBeCloseTo(0.5 * x + 0.25 * y + 1, 9);
    expect(found.get(key)?.[1]).toBeCloseTo(-0.25 * x + 0.5 * y + 2, 9);
  }
});

test('bounds reach to the outer edges of the pixels', () => {
  expect(
    warpBounds(
      runWarp(
        planWarp(request),
        map((x, y) => [x * 2, y * 3]),
      ),
    ),
  ).toEqual([0, 0, 200, 300]);
  const turned = runWarp(
    planWarp(request),
    map((x, y) => [x + y, x - y]),
  );
  [0, -100, 200, 100].forEach((edge, n) => expect(warpBounds(turned)?.[n]).toBeCloseTo(edge, 9));
});

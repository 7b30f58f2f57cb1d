import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { windowsOf } from '../../../src/services/rasters/placement.ts';
import { MOST_CELLS } from '../../../src/raster/warp-cells.ts';
import { planWarp, runWarp, runWarpAsync } from '../../../src/raster/warp.ts';

const grid = { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };

/** Tears neighbours apart everywhere, as a projection does whose pole is at infinity. */
function tear(xy: Float64Array): void {
  for (let i = 0; i < xy.length; i += 2) {
    const [x, y] = [xy[i] ?? 0, xy[i + 1] ?? 0];
    xy[i] = Math.sin(x * 12.9898 + y * 78.233) * 1e6;
    xy[i + 1] = Math.sin(x * 39.346 + y * 11.135) * 1e6;
  }
}

function torn(side: number): Parameters<typeof planWarp>[0] {
  return { grid, window: { column: 0, row: 0, width: side, height: side }, tolerance: 0.1, geographic: false };
}

test('a picture whose every pixel must be placed alone is drawn while it is small, and refused when it is not', { timeout: 30_000 }, () => {
  const small = runWarp(planWarp(torn(64)), tear);
  expect(small.kind === 'cells' && small.cells.length).toBe(64 * 64);
  const side = Math.ceil(Math.sqrt(MOST_CELLS)) + 64;
  expect(() => runWarp(planWarp(torn(side)), tear)).toThrow(`Cannot place ${side} × ${side} pixels`);
});

test('no round is long, and others have their turn between rounds', async () => {
  let [longest, turns, running] = [0, 0, true];
  const others = async (): Promise<void> => {
    for (; running; turns += 1) await setImmediate();
  };
  const waiting = others();
  await runWarpAsync(planWarp(torn(256)), (xy) => {
    longest = Math.max(longest, xy.length / 2);
    tear(xy);
    return Promise.resolve();
  });
  running = false;
  await waiting;
  expect(longest).toBeLessThanOrEqual(4096 * 5);
  expect(turns).toBeGreaterThan(3);
});

test('a turned picture is read where the data are, not all over', () => {
  const [sin, cos] = [Math.sin(0.3), Math.cos(0.3)];
  const turned = { originX: -100, originY: 50, scaleX: cos, scaleY: -cos, skewX: sin, skewY: sin };
  const target = { srid: 4326, grid: turned, width: 1000, height: 500, key: 'x', world: [-180, -90, 180, 90] as const };
  const [column, row] = [300, 120];
  const [x, y] = [-100 + column * cos + row * sin, 50 + column * sin - row * cos];
  const windows = windowsOf(target, [[x - 5, y - 5, x + 5, y + 5]]);
  expect(windows).toHaveLength(1);
  const [window] = windows;
  expect(window?.width).toBeLessThan(25);
  expect(window?.height).toBeLessThan(25);
  expect(window?.column).toBeLessThan(column);
  expect((window?.column ?? 0) + (window?.width ?? 0)).toBeGreaterThan(column);
  expect(window?.row).toBeLessThan(row);
  expect((window?.row ?? 0) + (window?.height ?? 0)).toBeGreaterThan(row);
  expect(windowsOf(target, undefined)).toEqual([{ column: 0, row: 0, width: 1000, height: 500 }]);
});

test('a map that ends between the probes of coarse cells is drawn to its end', () => {
  // A disc of 40 pixels across in a corner of a cell of 64, whose middle and sides lie beyond it, and one within a cell.
  const inside = (x: number, y: number): boolean => Math.hypot(x - 19.5, y + 11.5) < 11 || Math.hypot(x - 84, y + 100) < 9;
  const disc = (xy: Float64Array): void => {
    for (let i = 0; i < xy.length; i += 2) if (!inside(xy[i] ?? 0, xy[i + 1] ?? 0)) xy.fill(Number.NaN, i, i + 2);
  };
  const warp = runWarp(planWarp({ grid, window: { column: 0, row: 0, width: 128, height: 128 }, tolerance: 0.1, geographic: false }), disc);
  const drawn = new Set<number>();
  for (const { column, row, width, height, x } of warp.kind === 'cells' ? warp.cells : []) {
    if (Number.isNaN(x)) continue;
    for (let n = 0; n < width * height; n += 1) drawn.add((row + Math.floor(n / width)) * 128 + column + (n % width));
  }
  const wanted = Array.from({ length: 128 * 128 }, (_, n) => n).filter((n) => inside((n % 128) + 0.5, -(Math.floor(n / 128) + 0.5)));
  expect(wanted.filter((n) => !drawn.has(n)).length).toBeLessThan(wanted.length * 0.03);
});

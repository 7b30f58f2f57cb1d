import { expect, test } from 'vitest';
import type { Grid } from '../../../src/raster/grid.ts';
import { allocatePlane } from '../../../src/raster/image.ts';
import { mosaic } from '../../../src/raster/mosaic.ts';
import { thinBlock } from '../../../src/raster/thin.ts';
import { decodeBlock, type Block } from '../../../src/raster/wkb.ts';
import { encodeBlock } from '../../../src/raster/wkb-encode.ts';

const ANCHOR: Grid = { originX: 10, originY: 50, scaleX: 0.5, scaleY: -0.5, skewX: 0, skewY: 0 };

/** A block whose samples tell their column and row on the anchor's grid. */
function block(column: number, row: number, width: number, height: number): Block {
  const grid = { ...ANCHOR, originX: 10 + column * 0.5, originY: 50 - row * 0.5 };
  const samples = Uint16Array.from({ length: width * height }, (_, i) => (column + (i % width)) * 100 + row + Math.floor(i / width));
  return decodeBlock(encodeBlock({ grid, srid: 4326, width, height, bands: [{ pixelType: '16BUI', nodata: undefined, samples }] }));
}

test('keeps the samples in the middle of each square', () => {
  const thin = thinBlock(block(0, 0, 9, 6), 3, ANCHOR);
  expect(thin).toMatchObject({ width: 3, height: 2, grid: { originX: 10, originY: 50, scaleX: 1.5, scaleY: -1.5 } });
  expect([...(thin?.bands[0]?.samples() ?? [])]).toEqual([101, 401, 701, 104, 404, 704]);
});

test('blocks of any size fit together as they did', () => {
  const blocks = [block(0, 0, 7, 10), block(7, 0, 13, 10), block(0, 10, 20, 5)].flatMap((one) => thinBlock(one, 4, ANCHOR) ?? []);
  const rasters = [...mosaic(blocks, { bands: [0], bounds: [10, 42.5, 20, 50], margin: 0, geographic: false }, allocatePlane)];
  expect(rasters).toHaveLength(1);
  const [raster] = rasters;
  expect(raster?.width).toBe(5);
  expect([...(raster?.bands[0]?.subarray(0, 5) ?? [])]).toEqual([202, 602, 1002, 1402, 1802]);
  expect([...(raster?.bands[0]?.subarray(10, 15) ?? [])]).toEqual([210, 610, 1010, 1410, 1810]);
});

test('a block between the kept samples is gone', () => {
  expect(thinBlock(block(5, 0, 2, 8), 8, ANCHOR)).toBeUndefined();
});

test('a block on a grid of its own is thinned on that', () => {
  const own = block(0, 0, 6, 6);
  const turned = { ...own, grid: { ...own.grid, skewX: 0.1 } };
  expect(thinBlock(turned, 2, ANCHOR)).toMatchObject({ width: 3, height: 3, grid: { scaleX: 1, skewX: 0.2, originX: 10 } });
});

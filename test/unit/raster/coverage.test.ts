import { expect, test } from 'vitest';
import { createCoverage } from '../../../src/raster/coverage.ts';
import { cropBlock } from '../../../src/raster/crop-block.ts';
import { decodeBlock, type Block } from '../../../src/raster/wkb.ts';
import { encodeBlock } from '../../../src/raster/wkb-encode.ts';

/** A block of a unit a pixel with its upper left corner at a place: value 10·row + column, 0 is nodata. */
function block(x: number, y: number, side: number): Block {
  const grid = { originX: x, originY: y, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };
  const samples = Uint8Array.from({ length: side * side }, (_, i) => 10 * Math.floor(i / side) + (i % side));
  return decodeBlock(encodeBlock({ grid, srid: 4326, width: side, height: side, bands: [{ pixelType: '8BUI', nodata: 0, samples }] }));
}

test('cells are covered by samples with a value, once', () => {
  const coverage = createCoverage({ bounds: [0, 0, 4, 4], pixelWidth: 1, pixelHeight: 1, bands: [0] });
  expect(coverage.missing).toBe(16);
  expect(coverage.add(block(0, 4, 2))).toBe(3);
  expect(coverage.add(block(0, 4, 2))).toBe(0);
  expect(coverage.add(block(-1, 5, 6))).toBe(13);
  expect(coverage.missing).toBe(0);
});

test('a band that is not there covers nothing', () => {
  const coverage = createCoverage({ bounds: [0, 0, 2, 2], pixelWidth: 1, pixelHeight: 1, bands: [0, 1] });
  expect(coverage.add(block(0, 2, 2))).toBe(0);
});

test('a crop keeps place and values, and nothing else of its block', () => {
  const part = cropBlock(block(10, 20, 6), [12.5, 15.2, 14, 17.9], 1);
  expect(part).toMatchObject({ width: 4, height: 5, grid: { originX: 11, originY: 19, scaleX: 1, scaleY: -1 } });
  expect([...(part?.bands[0]?.samples().subarray(0, 6) ?? [])]).toEqual([11, 12, 13, 14, 21, 22]);
  expect(part?.bands[0]?.samples().buffer.byteLength).toBe(20);
  expect(cropBlock(block(10, 20, 6), [30, 15, 31, 16], 0)).toBeUndefined();
});

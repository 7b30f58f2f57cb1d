import { describe, expect, test } from 'vitest';
import { decodeBlock } from '../../../../src/raster/wkb.ts';
import { blockCount, blocks } from '../../../../src/services/demo/blocks.ts';
import { halve, type PixelSource } from '../../../../src/services/demo/pixel-source.ts';

const GRID = { originX: -180, originY: 90, scaleX: 0.5, scaleY: -0.5, skewX: 0, skewY: 0 };

function source(width: number, height: number, values: readonly number[], nodata?: number): PixelSource {
  return { grid: GRID, srid: 4326, width, height, bands: [{ pixelType: '16BSI', nodata, samples: Int16Array.from(values) }] };
}

describe('halve', () => {
  test('each pixel is the mean of its four, rounded half up', () => {
    const half = halve(source(4, 2, [1, 2, -3, -3, 3, 4, -4, -4]));
    expect([...(half.bands[0]?.samples ?? [])]).toEqual([3, -3]);
    expect(half.grid).toEqual({ ...GRID, scaleX: 1, scaleY: -1 });
  });

  test('nodata takes no part, and stays where nothing else is', () => {
    const half = halve(source(4, 2, [9, 5, 9, 9, 9, 7, 9, 9], 9));
    expect([...(half.bands[0]?.samples ?? [])]).toEqual([6, 9]);
  });

  test('an odd last row and column are averaged over what there is', () => {
    const half = halve(source(3, 3, [1, 1, 4, 1, 1, 6, 8, 10, 7]));
    expect([half.width, half.height]).toEqual([2, 2]);
    expect([...(half.bands[0]?.samples ?? [])]).toEqual([1, 5, 9, 7]);
  });

  test('floating point keeps its fraction', () => {
    const half = halve({ ...source(2, 1, []), bands: [{ pixelType: '32BF', nodata: undefined, samples: Float32Array.of(0.5, 1) }] });
    expect([...(half.bands[0]?.samples ?? [])]).toEqual([0.75]);
  });
});

describe('blocks', () => {
  test('tile a raster from the top left, smaller at the right and bottom edge', () => {
    const width = 300;
    const height = 257;
    const big = source(
      width,
      height,
      Array.from({ length: width * height }, (_, i) => i % 1000),
    );
    const all = [...blocks(big)].map(decodeBlock);
    expect(blockCount(big)).toBe(4);
    expect(all.map((block) => [block.width, block.height])).toEqual([
      [256, 256],
      [44, 256],
      [256, 1],
      [44, 1],
    ]);
    expect(all.map(({ grid }) => [grid.originX, grid.originY])).toEqual([
      [-180, 90],
      [-52, 90],
      [-180, -38],
      [-52, -38],
    ]);
    expect(all[3]?.bands[0]?.samples()[43]).toBe((256 * 300 + 299) % 1000);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bbox } from '../../../src/base/bbox.ts';
import { findMatrix, registry } from '../../../src/tms/registry.ts';
import { coalesceOf, matrixBbox, tileBbox } from '../../../src/tms/tile-grid.ts';
import { isWithinLimits, matrixLimits, tileLimits } from '../../../src/tms/tile-limits.ts';
import type { TileMatrix, TileMatrixSet } from '../../../src/tms/tile-matrix-set.ts';

function get(id: string): TileMatrixSet {
  return registry.get(id) ?? expect.fail(`${id} is missing`);
}

const LEVEL2 = findMatrix(get('WorldCRS84Quad'), '2') ?? expect.fail('level 2 is missing');

test('limits of the whole world are the whole matrices', () => {
  const limits = tileLimits(get('WebMercatorQuad'), [-20037508.342789244, -2.5e8, 20037508.342789244, 2.5e8]);
  expect(limits).toHaveLength(25);
  expect(limits[24]).toEqual({ tileMatrix: '24', minTileRow: 0, maxTileRow: 2 ** 24 - 1, minTileCol: 0, maxTileCol: 2 ** 24 - 1 });
});

describe('edges', () => {
  const box: Bbox = [-45, 0, 0, 45];

  test('a tile that shares an edge counts when closed', () => {
    expect(matrixLimits(LEVEL2, box)).toEqual({ tileMatrix: '2', minTileRow: 0, maxTileRow: 2, minTileCol: 2, maxTileCol: 4 });
  });

  test('and does not when open', () => {
    expect(matrixLimits(LEVEL2, box, 'open')).toEqual({ tileMatrix: '2', minTileRow: 1, maxTileRow: 1, minTileCol: 3, maxTileCol: 3 });
  });

  test('an error in the last digits is no overlap', () => {
    const wobbly: Bbox = [-45 - 1e-9, -1e-9, 1e-9, 45 + 1e-9];
    expect(matrixLimits(LEVEL2, wobbly, 'open')).toEqual(matrixLimits(LEVEL2, box, 'open'));
  });

  test('a position on a corner is in four tiles when closed, in one when open', () => {
    expect(matrixLimits(LEVEL2, [0, 0, 0, 0])).toMatchObject({ minTileRow: 1, maxTileRow: 2, minTileCol: 3, maxTileCol: 4 });
    expect(matrixLimits(LEVEL2, [0, 0, 0, 0], 'open')).toMatchObject({ minTileRow: 2, maxTileRow: 2, minTileCol: 4, maxTileCol: 4 });
  });

  test('the last edge of the matrix belongs to its last tile', () => {
    expect(matrixLimits(LEVEL2, [180, -90, 180, -90])).toMatchObject({ minTileRow: 3, maxTileRow: 3, minTileCol: 7, maxTileCol: 7 });
  });
});

test('a box that misses the matrix, or holds NaN, has no limits', () => {
  expect(matrixLimits(LEVEL2, [181, 0, 190, 10])).toBeUndefined();
  expect(matrixLimits(LEVEL2, [0, Number.NaN, 1, 1])).toBeUndefined();
  expect(tileLimits(get('NZTM2000Quad'), [-9e9, -9e9, -8e9, -8e9])).toEqual([]);
});

test('a box across the antimeridian needs every column', () => {
  expect(matrixLimits(LEVEL2, [170, -50, -170, -30])).toMatchObject({ minTileCol: 0, maxTileCol: 7, minTileRow: 2, maxTileRow: 3 });
});

test('limits hold exactly the tiles that touch the box', () => {
  const small = registry.ids.flatMap((id) => get(id).matrices.filter((m) => m.matrixWidth * m.matrixHeight <= 1024));
  const fraction = fc.double({ min: -0.2, max: 1.2, noNaN: true });
  const arbitrary = fc.record({
    matrix: fc.constantFrom(...small),
    bottom: fc.boolean(),
    x: fc.tuple(fraction, fraction),
    y: fc.tuple(fraction, fraction),
  });
  fc.assert(
    fc.property(arbitrary, ({ matrix, bottom, x, y }) => {
      const grid: TileMatrix = { ...matrix, cornerOfOrigin: bottom ? 'bottomLeft' : 'topLeft' };
      const box = boxWithin(matrixBbox(grid), x, y);
      const limits = matrixLimits(grid, box);
      for (let row = 0; row < grid.matrixHeight; row += 1) {
        for (let col = 0; col < grid.matrixWidth; col += coalesceOf(grid, row)) {
          const within = limits !== undefined && isWithinLimits(limits, grid, { row, col });
          expect(within).toBe(touches(tileBbox(grid, { row, col }), box, grid));
        }
      }
    }),
    { numRuns: 60 },
  );
});

function boxWithin([west, south, east, north]: Bbox, x: readonly [number, number], y: readonly [number, number]): Bbox {
  const at = (from: number, to: number, part: number): number => from + (to - from) * part;
  return [
    at(west, east, Math.min(...x)),
    at(south, north, Math.min(...y)),
    at(west, east, Math.max(...x)),
    at(south, north, Math.max(...y)),
  ];
}

// Edges included, with the tolerance of the limits: 1e-6 of a tile.
function touches(a: Bbox, b: Bbox, { cellSize, tileWidth, tileHeight }: TileMatrix): boolean {
  const [dx, dy] = [cellSize * tileWidth * 1e-6, cellSize * tileHeight * 1e-6];
  return a[0] <= b[2] + dx && b[0] <= a[2] + dx && a[1] <= b[3] + dy && b[1] <= a[3] + dy;
}

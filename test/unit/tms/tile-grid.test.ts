import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMatrix, registry } from '../../../src/tms/registry.ts';
import { canonicalCol, coalesceOf, hasTile, matrixBbox, tileAt, tileBbox } from '../../../src/tms/tile-grid.ts';
import type { TileMatrix } from '../../../src/tms/tile-matrix-set.ts';

function matrix(id: string, level: string): TileMatrix {
  const tms = registry.get(id);
  const found = tms === undefined ? undefined : findMatrix(tms, level);
  return found ?? expect.fail(`${id} ${level} is missing`);
}

const anyMatrix = fc.constantFrom(...registry.ids).chain((id) => fc.constantFrom(...(registry.get(id)?.matrices ?? [])));
const anyTile = anyMatrix.chain((m) =>
  fc.record({ m: fc.constant(m), row: fc.nat(m.matrixHeight - 1), col: fc.nat(m.matrixWidth - 1), bottom: fc.boolean() }),
);

test('the first tile of WebMercatorQuad is the world', () => {
  expect(tileBbox(matrix('WebMercatorQuad', '0'), { row: 0, col: 0 })).toEqual([
    -20037508.3427892,
    expect.closeTo(-20037508.3427892, 5),
    expect.closeTo(20037508.3427892, 5),
    20037508.3427892,
  ]);
});

test('a latitude-first set still counts columns eastward and rows southward', () => {
  expect(tileBbox(matrix('WGS1984Quad', '1'), { row: 0, col: 3 })).toEqual([90, 0, 180, 90]);
  expect(tileBbox(matrix('WorldCRS84Quad', '1'), { row: 1, col: 0 })).toEqual([-180, -90, -90, 0]);
});

test('neighbours share their edge to the last bit at the deepest level', () => {
  const deepest = matrix('WebMercatorQuad', '24');
  const [, , east] = tileBbox(deepest, { row: 5, col: 8388607 });
  const [west] = tileBbox(deepest, { row: 5, col: 8388608 });
  expect(east).toBe(west);
});

test('every tile’s centre is in that tile and no other', () => {
  fc.assert(
    fc.property(anyTile, ({ m, row, col, bottom }) => {
      const grid: TileMatrix = { ...m, cornerOfOrigin: bottom ? 'bottomLeft' : 'topLeft' };
      const [west, south, east, north] = tileBbox(grid, { row, col });
      const place = tileAt(grid, (west + east) / 2, (south + north) / 2);
      return place?.row === row && place.col === canonicalCol(grid, { row, col });
    }),
  );
});

test('tiles are half-open: a corner belongs to one tile', () => {
  const level1 = matrix('WorldCRS84Quad', '1');
  expect(tileAt(level1, 0, 0)).toEqual({ row: 1, col: 2 });
  expect(tileAt(level1, -180, 90)).toEqual({ row: 0, col: 0 });
  expect(tileAt(level1, 180, 0)).toBeUndefined();
  expect(tileAt(level1, 0, -90)).toBeUndefined();
  expect(tileAt(level1, Number.NaN, 0)).toBeUndefined();
});

test.each([
  [0, 0, true],
  [1, 3, true],
  [2, 0, false],
  [0, 4, false],
  [-1, 0, false],
  [0.5, 0, false],
  [2147483647, 0, false],
])('row %d column %d of WorldCRS84Quad 1 is a tile: %s', (row, col, wanted) => {
  expect(hasTile(matrix('WorldCRS84Quad', '1'), { row, col })).toBe(wanted);
});

describe('variable widths', () => {
  const polar = matrix('CDB1GlobalGrid', '-10');

  test('columns of a coalesced row name one tile', () => {
    expect(coalesceOf(polar, 0)).toBe(12);
    expect(coalesceOf(polar, 90)).toBe(1);
    expect(canonicalCol(polar, { row: 0, col: 23 })).toBe(12);
    expect(tileBbox(polar, { row: 0, col: 12 })).toEqual([-168, 89, -156, 90]);
    expect(tileBbox(polar, { row: 0, col: 23 })).toEqual([-168, 89, -156, 90]);
    expect(tileBbox(polar, { row: 90, col: 23 })).toEqual([-157, -1, -156, 0]);
  });

  test('the tiles of a row cover it without gap or overlap', () => {
    for (const id of ['CDB1GlobalGrid', 'GNOSISGlobalGrid']) {
      const m = registry.get(id)?.matrices[3] ?? expect.fail(id);
      for (let row = 0; row < m.matrixHeight; row += 1) {
        let edge = m.originX;
        for (let col = 0; col < m.matrixWidth; col += coalesceOf(m, row)) {
          const [west, , east] = tileBbox(m, { row, col });
          expect(west).toBeCloseTo(edge, 9);
          edge = east;
        }
        expect(edge).toBeCloseTo(matrixBbox(m)[2], 9);
      }
    }
  });
});

import type { Bbox } from '../base/bbox.ts';
import type { TileMatrix } from './tile-matrix-set.ts';

/** A tile's place in its matrix, counted from the corner of origin. */
export interface TilePlace {
  readonly row: number;
  readonly col: number;
}

/** True when the matrix has a tile at this row and column: both whole, 0 ≤ row < matrixHeight, 0 ≤ col < matrixWidth. */
export function hasTile(matrix: TileMatrix, { row, col }: TilePlace): boolean {
  const within = (index: number, count: number): boolean => Number.isInteger(index) && index >= 0 && index < count;
  return within(row, matrix.matrixHeight) && within(col, matrix.matrixWidth);
}

/** How many columns the tiles of a row span: 1 except in variable-width matrices (OGC 17-083r4 §6.1.5). */
export function coalesceOf(matrix: TileMatrix, row: number): number {
  return matrix.coalesced.find(({ minRow, maxRow }) => row >= minRow && row <= maxRow)?.coalesce ?? 1;
}

/** The first column of the tile that a column belongs to: in coalesced rows several columns name one tile. */
export function canonicalCol(matrix: TileMatrix, { row, col }: TilePlace): number {
  const coalesce = coalesceOf(matrix, row);
  return Math.floor(col / coalesce) * coalesce;
}

/**
 * The area of a tile in the set's CRS, easting/longitude first whatever the authority says. Neighbours share their edge
 * to the last bit. The last tile of a coalesced row ends with the matrix.
 */
export function tileBbox(matrix: TileMatrix, { row, col }: TilePlace): Bbox {
  const width = matrix.cellSize * matrix.tileWidth;
  const height = matrix.cellSize * matrix.tileHeight;
  const first = canonicalCol(matrix, { row, col });
  const last = Math.min(first + coalesceOf(matrix, row), matrix.matrixWidth);
  const west = matrix.originX + first * width;
  const east = matrix.originX + last * width;
  if (matrix.cornerOfOrigin === 'bottomLeft') {
    return [west, matrix.originY + row * height, east, matrix.originY + (row + 1) * height];
  }
  return [west, matrix.originY - (row + 1) * height, east, matrix.originY - row * height];
}

/** The area of a whole matrix in the set's CRS, easting/longitude first. */
export function matrixBbox(matrix: TileMatrix): Bbox {
  const width = matrix.cellSize * matrix.tileWidth * matrix.matrixWidth;
  const height = matrix.cellSize * matrix.tileHeight * matrix.matrixHeight;
  const south = matrix.cornerOfOrigin === 'bottomLeft' ? matrix.originY : matrix.originY - height;
  return [matrix.originX, south, matrix.originX + width, south + height];
}

/**
 * The tile that holds a position of the set's CRS, or undefined outside the matrix. Tiles are half-open: the edges that
 * meet at the corner of origin belong to them, the others to their neighbours.
 */
export function tileAt(matrix: TileMatrix, x: number, y: number): TilePlace | undefined {
  const down = matrix.cornerOfOrigin === 'bottomLeft' ? y - matrix.originY : matrix.originY - y;
  const row = Math.floor(down / (matrix.cellSize * matrix.tileHeight));
  const col = Math.floor((x - matrix.originX) / (matrix.cellSize * matrix.tileWidth));
  return hasTile(matrix, { row, col }) ? { row, col: canonicalCol(matrix, { row, col }) } : undefined;
}

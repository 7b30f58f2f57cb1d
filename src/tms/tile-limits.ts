import type { Bbox } from '../base/bbox.ts';
import type { TileMatrixLimits } from '../model/tiles.ts';
import { canonicalCol, coalesceOf, type TilePlace } from './tile-grid.ts';
import type { TileMatrix, TileMatrixSet } from './tile-matrix-set.ts';

// Boxes come out of transformations with errors in the last digits: less than this part of a tile does not count.
const TOLERANCE = 1e-6;

/** Whether tiles that share no more than an edge with a box count. */
export type Edges = 'closed' | 'open';

/**
 * The rows and columns of every matrix that a box in the set's CRS (easting/longitude first) touches; matrices that it
 * misses are left out. `closed` (vectors): a tile that only shares an edge counts, for half of a point's symbol lies in
 * it. `open` (pixels): it does not. West > east crosses the antimeridian: a range of columns cannot say that, so all of
 * them are given.
 */
export function tileLimits(tms: TileMatrixSet, bbox: Bbox, edges: Edges = 'closed'): readonly TileMatrixLimits[] {
  return tms.matrices.flatMap((matrix) => matrixLimits(matrix, bbox, edges) ?? []);
}

/** The same for one matrix; undefined when the box misses it or holds NaN. */
export function matrixLimits(matrix: TileMatrix, bbox: Bbox, edges: Edges = 'closed'): TileMatrixLimits | undefined {
  const [west, south, east, north] = bbox;
  const bottomUp = matrix.cornerOfOrigin === 'bottomLeft';
  const top = bottomUp ? south - matrix.originY : matrix.originY - north;
  const bottom = bottomUp ? north - matrix.originY : matrix.originY - south;
  const height = matrix.cellSize * matrix.tileHeight;
  const width = matrix.cellSize * matrix.tileWidth;
  const rows = range([top / height, bottom / height], matrix.matrixHeight, edges);
  const cols =
    west > east
      ? ([0, matrix.matrixWidth - 1] as const)
      : range([(west - matrix.originX) / width, (east - matrix.originX) / width], matrix.matrixWidth, edges);
  if (rows === undefined || cols === undefined) return undefined;
  return { tileMatrix: matrix.id, minTileRow: rows[0], maxTileRow: rows[1], minTileCol: cols[0], maxTileCol: cols[1] };
}

/** True when a tile (any column of a coalesced one) lies within limits of its matrix. */
export function isWithinLimits(limits: TileMatrixLimits, matrix: TileMatrix, place: TilePlace): boolean {
  const first = canonicalCol(matrix, place);
  const last = first + coalesceOf(matrix, place.row) - 1;
  const rowFits = place.row >= limits.minTileRow && place.row <= limits.maxTileRow;
  return rowFits && first <= limits.maxTileCol && last >= limits.minTileCol;
}

// First and last index (included) of the unit cells that [from, to] touches, clamped to [0, count).
function range([from, to]: readonly [number, number], count: number, edges: Edges): readonly [number, number] | undefined {
  const closed = edges === 'closed';
  const first = closed ? Math.ceil(from - TOLERANCE) - 1 : Math.floor(from + TOLERANCE);
  const last = closed ? Math.floor(to + TOLERANCE) : Math.max(Math.ceil(to - TOLERANCE) - 1, first);
  if (!(last >= 0 && first < count && from <= to)) return undefined;
  return [Math.max(first, 0), Math.min(last, count - 1)];
}

import type { TileMatrixSet } from '../../tms/tile-matrix-set.ts';

/** True for sets that WMTS 1.0 can say: rows counted from the top, all of them as wide as the matrix (OGC 07-057r7 §6.1). */
export function isExpressible({ matrices }: TileMatrixSet): boolean {
  return matrices.every(({ cornerOfOrigin, coalesced }) => cornerOfOrigin === 'topLeft' && coalesced.length === 0);
}

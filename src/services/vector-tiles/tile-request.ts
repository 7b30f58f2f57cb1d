import type { VectorCollection } from '../../catalog/collection.ts';
import type { TileMatrix, TileMatrixSet } from '../../tms/tile-matrix-set.ts';

/** One vector tile: which collections become its layers, and which cell of which matrix. */
export interface VectorTileRequest {
  /** In the order of the layers. */
  readonly collections: readonly VectorCollection[];
  readonly tms: TileMatrixSet;
  readonly matrix: TileMatrix;
  readonly row: number;
  readonly col: number;
}

/** A vector tile. */
export interface VectorTile {
  /** Uncompressed MVT; empty when the tile holds nothing. */
  readonly bytes: Uint8Array;
  /** Present when something larger than the resolution was left out: candidates and how many were kept. */
  readonly truncated?: { readonly features: number; readonly kept: number };
}

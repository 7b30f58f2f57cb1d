import type { TileMatrix, TileMatrixSet } from '../../src/tms/tile-matrix-set.ts';
import { built } from './built.ts';

/** A matrix of WebMercatorQuad with its set. */
export async function tileMatrix(z: number): Promise<{ readonly tms: TileMatrixSet; readonly matrix: TileMatrix }> {
  const { registry } = await built('tms/registry.js');
  const tms = registry.get('WebMercatorQuad');
  const matrix = tms?.matrices.find(({ id }) => id === String(z));
  if (tms === undefined || matrix === undefined) throw new Error(`There is no zoom ${z}`);
  return { tms, matrix };
}

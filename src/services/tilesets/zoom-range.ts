import type { Collection } from '../../catalog/collection.ts';
import type { TileMatrixSet } from '../../tms/tile-matrix-set.ts';

const METRES_PER_DEGREE = 111_319.49;
/** Levels past the raster's own resolution that are still drawn by the server: after that clients enlarge as well. */
const LEVELS_PAST_NATIVE = 1;
/** Vector tiles have 4,096 units a side: at level 14 one unit is 0.6 m at the equator. */
const VECTOR_MAXZOOM = 14;

/** The zoom levels that are worth asking for: vectors to 14, rasters to just past their own resolution. */
export function zoomRange(collections: readonly Collection[], tms: TileMatrixSet): { readonly minzoom: number; readonly maxzoom: number } {
  const levels = collections.map((c) => (c.kind === 'raster' ? rasterMaxzoom(c, tms) : VECTOR_MAXZOOM));
  return { minzoom: 0, maxzoom: Math.min(Math.max(0, ...levels), tms.matrices.length - 1) };
}

function rasterMaxzoom(collection: Extract<Collection, { kind: 'raster' }>, tms: TileMatrixSet): number {
  const pixel = collection.levels[0]?.pixelWidth;
  if (pixel === undefined || !(pixel > 0)) return VECTOR_MAXZOOM;
  // Degrees are told by their size: no projected raster has pixels of less than a tenth of a millimetre across the world.
  const metres = isGeographic(collection) ? pixel * METRES_PER_DEGREE : pixel;
  const native = tms.matrices.findIndex((m) => m.cellSize <= metres * 1.001);
  return native < 0 ? tms.matrices.length - 1 : native + LEVELS_PAST_NATIVE;
}

function isGeographic({ nativeBbox, srid }: Extract<Collection, { kind: 'raster' }>): boolean {
  if (srid === 4326 || (srid >= 4000 && srid < 5000)) return true;
  return nativeBbox !== undefined && nativeBbox[2] - nativeBbox[0] <= 361 && Math.abs(nativeBbox[1]) <= 91 && Math.abs(nativeBbox[3]) <= 91;
}

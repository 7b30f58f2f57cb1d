import type { Box } from '../rasters/placement.ts';
import type { RasterCollection } from '../../catalog/collection.ts';

/** How fine the numbers must be. */
export interface Fineness {
  /** West, south, east, north in the collection's CRS; absent: all of it. */
  readonly bounds: Box | undefined;
  /** Longer side in pixels that the part must at least have. */
  readonly maxSize: number;
  readonly exact: boolean;
}

/** The factor of the coarsest level in which the part is large enough; 1, the base table, where none is or all pixels are asked for. */
export function chooseFactor({ levels, nativeBbox }: RasterCollection, { bounds, maxSize, exact }: Fineness): number {
  const box = bounds ?? nativeBbox;
  if (exact || box === undefined) return 1;
  const enough = levels.filter(({ pixelWidth, pixelHeight }) => {
    return Math.max((box[2] - box[0]) / pixelWidth, (box[3] - box[1]) / pixelHeight) >= maxSize;
  });
  return enough.reduce((coarsest, { factor }) => Math.max(coarsest, factor), 1);
}

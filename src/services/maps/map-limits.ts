import { LONGEST_SIDE, type RasterLimits } from '../rasters/limits.ts';
import { MAX_COLLECTIONS } from '../tilesets/select-collections.ts';

/** How large a map may be: any picture of rasters, published as `x-OGC-limits.maps` (OGC 20-058 /rec/scaling/max-width-height). */
export function mapLimits({ maxPixels }: RasterLimits) {
  return { maxWidth: LONGEST_SIDE, maxHeight: LONGEST_SIDE, maxPixels, maxCollections: MAX_COLLECTIONS };
}

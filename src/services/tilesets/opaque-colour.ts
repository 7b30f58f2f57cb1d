import type { Collection } from '../../catalog/collection.ts';

/** True for rasters of red, green and blue without gaps, which weigh 13 kB a tile as JPEG and 140 to 205 kB as PNG; all else needs transparency. */
export function isOpaqueColour(collection: Collection | undefined): boolean {
  if (collection?.kind !== 'raster' || collection.bands.length !== 3) return false;
  return collection.bands.every(({ pixelType, nodata }) => pixelType === '8BUI' && nodata === undefined);
}

import type { RasterCollection } from '../../catalog/collection.ts';
import type { Row } from '../../db/database.ts';
import { decodeBlock, type Block } from '../../raster/wkb.ts';

/**
 * A row as a block, with the nodata value that a comment declares where the band itself has none. Rows in another CRS
 * than asked for are left out: their coordinates mean something else.
 */
export function decodeRow(bytes: Row[number] | undefined, { bands, srid }: RasterCollection): Block | undefined {
  if (!Buffer.isBuffer(bytes)) return undefined;
  const block = decodeBlock(bytes);
  if (block.srid !== srid || block.width === 0 || block.height === 0) return undefined;
  const declared = block.bands.some((band, n) => band.nodata === undefined && bands[n]?.nodata !== undefined);
  return declared ? { ...block, bands: block.bands.map((band, n) => ({ ...band, nodata: band.nodata ?? bands[n]?.nodata })) } : block;
}

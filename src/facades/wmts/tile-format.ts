import { MEDIA } from '../../base/media-type.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { PictureFormat } from '../../image/picture.ts';
import { isOpaqueColour } from '../../services/tilesets/opaque-colour.ts';

/** A format of tiles with the extension of its resources. */
export interface TileFormat {
  readonly mediaType: string;
  readonly format: PictureFormat;
  readonly extension: string;
}

const PNG: TileFormat = { mediaType: MEDIA.png, format: 'png', extension: 'png' };
const JPEG: TileFormat = { mediaType: MEDIA.jpeg, format: 'jpeg', extension: 'jpg' };

/** Every format of tiles. */
export const TILE_FORMATS: readonly TileFormat[] = [
  PNG,
  JPEG,
  { mediaType: MEDIA.webp, format: 'webp', extension: 'webp' },
  { mediaType: MEDIA.avif, format: 'avif', extension: 'avif' },
];

/**
 * The formats that capabilities name for a layer, each with an address: JPEG only where it looks like PNG, because OpenLayers
 * takes several addresses for mirrors and asks them in turn, whatever their formats.
 */
export function offeredFormats(collection: RasterCollection): readonly TileFormat[] {
  return isOpaqueColour(collection) ? [PNG, JPEG] : [PNG];
}

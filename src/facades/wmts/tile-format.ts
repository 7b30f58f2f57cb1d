import { MEDIA } from '../../base/media-type.ts';
import type { PictureFormat } from '../../image/picture.ts';

/** A format of tiles or of information with the extension of its resources. */
export interface TileFormat {
  readonly mediaType: string;
  readonly format: PictureFormat;
  readonly extension: string;
}

/** The formats of tiles that capabilities name, the one for everything first: what every client of the standard reads. */
export const OFFERED_FORMATS: readonly TileFormat[] = [
  { mediaType: MEDIA.png, format: 'png', extension: 'png' },
  { mediaType: MEDIA.jpeg, format: 'jpeg', extension: 'jpg' },
];

/** Every format of tiles. */
export const TILE_FORMATS: readonly TileFormat[] = [
  ...OFFERED_FORMATS,
  { mediaType: MEDIA.webp, format: 'webp', extension: 'webp' },
  { mediaType: MEDIA.avif, format: 'avif', extension: 'avif' },
];

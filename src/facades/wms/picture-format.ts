import { MEDIA } from '../../base/media-type.ts';
import type { PictureFormat } from '../../image/picture.ts';
import { refusal, shown } from './refusal.ts';

/** An image format as clients of the service name it. */
export interface WmsFormat {
  /** As in the capabilities and in `Content-Type`. */
  readonly mediaType: string;
  readonly format: PictureFormat | 'tiff';
  readonly transparent: boolean;
}

const PNG: WmsFormat = { mediaType: MEDIA.png, format: 'png', transparent: true };

/** The formats of GetMap, the one for everything first. */
export const MAP_FORMATS: readonly WmsFormat[] = [
  PNG,
  { mediaType: MEDIA.jpeg, format: 'jpeg', transparent: false },
  { mediaType: MEDIA.webp, format: 'webp', transparent: true },
  { mediaType: MEDIA.avif, format: 'avif', transparent: true },
  { mediaType: MEDIA.tiff, format: 'tiff', transparent: true },
];

/** Spellings of older clients; a palette is written wherever one fits. */
const ALIASES: Readonly<Record<string, string>> = {
  'image/jpg': MEDIA.jpeg,
  'image/geotiff': MEDIA.tiff,
  'image/geotiff8': MEDIA.tiff,
  'image/tiff8': MEDIA.tiff,
  'image/png8': MEDIA.png,
  'image/png;mode=8bit': MEDIA.png,
  'image/png;mode=16bit': MEDIA.png,
  'image/png;mode=24bit': MEDIA.png,
  'image/png;mode=32bit': MEDIA.png,
};

/** The format of a request. @throws AppError with InvalidFormat */
export function parseFormat(raw: string | undefined): WmsFormat {
  const name = (raw ?? '').toLowerCase().replaceAll(/\s/g, '');
  const found = MAP_FORMATS.find(({ mediaType }) => mediaType === (ALIASES[name] ?? name));
  if (found !== undefined) return found;
  throw refusal(
    'InvalidFormat',
    'FORMAT',
    `Cannot draw as ${shown(raw ?? '')}: expected one of ${MAP_FORMATS.map((f) => f.mediaType).join(', ')}`,
  );
}

/** The format of a request that is being refused: its own where it is one, else PNG. */
export function formatOrPng(raw: string | undefined): WmsFormat {
  const name = (raw ?? '').toLowerCase().replaceAll(/\s/g, '');
  return MAP_FORMATS.find(({ mediaType }) => mediaType === (ALIASES[name] ?? name)) ?? PNG;
}

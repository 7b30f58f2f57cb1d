import { MEDIA } from '../base/media-type.ts';
import { never } from '../base/never.ts';
import { expand, flatten, type Picture, type PictureFormat } from './picture.ts';
import { writePng } from './png.ts';
import { loadSharp } from './sharp.ts';

/** An encoded picture as it goes out. */
export interface EncodedPicture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

const INDEXED_LEVEL = 4;
const COLOR_LEVEL = 1;
const JPEG_QUALITY = 85;
const WEBP_QUALITY = 85;
const MAX_BLANKS = 64;

const blanks = new Map<string, EncodedPicture>();

/** Encodes a picture; what is not opaque stays so in PNG and WebP and lies on white in JPEG. */
export async function encodePicture(picture: Picture, format: PictureFormat): Promise<EncodedPicture> {
  switch (format) {
    case 'png':
      return { bytes: encodePng(picture), mediaType: MEDIA.png };
    case 'jpeg': {
      const sharp = await loadSharp();
      const { width, height, data } = flatten(picture);
      const bytes = await sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: JPEG_QUALITY }).toBuffer();
      return { bytes, mediaType: MEDIA.jpeg };
    }
    case 'webp': {
      const sharp = await loadSharp();
      const { kind, width, height, data } = expand(picture);
      const bytes = await sharp(data, { raw: { width, height, channels: kind === 'rgb' ? 3 : 4 } }).webp({ quality: WEBP_QUALITY, effort: 1 }).toBuffer();
      return { bytes, mediaType: MEDIA.webp };
    }
    default:
      return never(format);
  }
}

/** A picture of nothing: transparent, white in JPEG. The same bytes for every request of a size and format. */
export async function blankPicture(width: number, height: number, format: PictureFormat): Promise<EncodedPicture> {
  const key = `${format} ${width} ${height}`;
  const known = blanks.get(key);
  if (known !== undefined) return known;
  const encoded = await encodePicture({ kind: 'indexed', width, height, indices: new Uint8Array(width * height), palette: new Uint8Array(4) }, format);
  if (blanks.size < MAX_BLANKS) blanks.set(key, encoded);
  return encoded;
}

function encodePng(picture: Picture): Uint8Array {
  const { width, height } = picture;
  if (picture.kind === 'indexed') return writePng({ width, height, channels: 1, data: picture.indices, palette: picture.palette }, INDEXED_LEVEL);
  return writePng({ width, height, channels: picture.kind === 'rgb' ? 3 : 4, data: picture.data }, COLOR_LEVEL);
}

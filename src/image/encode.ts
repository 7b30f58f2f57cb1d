import { MEDIA } from '../base/media-type.ts';
import { never } from '../base/never.ts';
import { indexColors } from './index-colors.ts';
import { writeIndexedPng } from './indexed-png.ts';
import { isOpaque, putRgb, toRgba, type Picture, type PictureFormat, type Rgb } from './picture.ts';
import { toPixmap } from './pixmap.ts';
import { loadSharp } from './sharp.ts';

/** An encoded picture as it goes out. */
export interface EncodedPicture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** What may be wished of a picture besides its format. */
export interface PictureOptions {
  /** 1 to 100, of JPEG, WebP and AVIF. */
  readonly quality?: number | undefined;
  /** False: no alpha channel; the picture lies on the background. JPEG has none anyway. */
  readonly alpha?: boolean | undefined;
  /** White by default. */
  readonly background?: Rgb | undefined;
}

/** Samples of eight bits as sharp takes them. */
interface Channels {
  readonly data: Uint8Array;
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 3 | 4 };
}

const QUALITY = { jpeg: 85, webp: 85, avif: 60 } as const;
const WHITE: Rgb = [255, 255, 255];
const MAX_BLANKS = 64;

const blanks = new Map<string, EncodedPicture>();

/** Encodes a picture; what is not opaque stays so in PNG, WebP and AVIF and lies on the background in JPEG. */
export async function encodePicture(picture: Picture, format: PictureFormat, options: PictureOptions = {}): Promise<EncodedPicture> {
  const quality = format === 'png' ? 100 : (options.quality ?? QUALITY[format]);
  switch (format) {
    case 'png':
      return { bytes: await encodePng(picture, options), mediaType: MEDIA.png };
    case 'jpeg': {
      const { data, raw } = channelsOf(picture, { ...options, alpha: false });
      const sharp = await loadSharp();
      return { bytes: await sharp(data, { raw }).jpeg({ quality }).toBuffer(), mediaType: MEDIA.jpeg };
    }
    case 'webp': {
      const { data, raw } = channelsOf(picture, options);
      const sharp = await loadSharp();
      return { bytes: await sharp(data, { raw }).webp({ quality, effort: 0 }).toBuffer(), mediaType: MEDIA.webp };
    }
    case 'avif': {
      const { data, raw } = channelsOf(picture, options);
      const sharp = await loadSharp();
      // Effort 0: 5 ms for a photograph of 256²; effort 2 takes 24 ms and effort 4 236 ms for 2–5 % less bytes.
      return { bytes: await sharp(data, { raw }).avif({ quality, effort: 0 }).toBuffer(), mediaType: MEDIA.avif };
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
  const encoded = await encodePicture(
    { kind: 'indexed', width, height, indices: new Uint8Array(width * height), palette: new Uint8Array(4) },
    format,
  );
  if (blanks.size < MAX_BLANKS) blanks.set(key, encoded);
  return encoded;
}

/** Four channels, or three where the picture is opaque or shall be: a quarter less to encode. */
function channelsOf(picture: Picture, options: PictureOptions): Channels {
  const { width, height } = picture;
  if (picture.kind === 'rgba') {
    const pixmap = toPixmap(picture);
    const data = pixmap?.subarray(pixmap.length - width * height * 3);
    if (data !== undefined) return { data, raw: { width, height, channels: 3 } };
  }
  if (options.alpha === false || isOpaque(picture)) {
    const data = new Uint8Array(width * height * 3);
    putRgb(picture, options.background ?? WHITE, data);
    return { data, raw: { width, height, channels: 3 } };
  }
  return { data: toRgba(picture), raw: { width, height, channels: 4 } };
}

/**
 * What has at most 256 colours goes with a palette through our own writer. For the rest @napi-rs/image is the fastest
 * measured: a 256² photograph takes 0.5 ms (72 kB; 84 kB with four channels), with node:zlib 2.0 ms (79 kB), with sharp
 * 2.4 ms; filter Up saves 0.1 ms and costs 10–25 % more bytes. It works off the main thread.
 */
async function encodePng(picture: Picture, options: PictureOptions): Promise<Uint8Array> {
  const shown = options.alpha === false && !isOpaque(picture) ? flattened(picture, options) : picture;
  if (shown.kind === 'indexed') return writeIndexedPng(shown);
  const indexed = indexColors(shown);
  if (indexed !== undefined) return writeIndexedPng(indexed);
  const { Transformer, CompressionType, FilterType } = await import('@napi-rs/image');
  const pixmap = toPixmap(shown);
  const transformer = pixmap === undefined ? Transformer.fromRgbaPixels(shown.data, shown.width, shown.height) : new Transformer(pixmap);
  return transformer.png({ compressionType: CompressionType.Fast, filterType: FilterType.Paeth });
}

/** The same picture opaque, on its background. */
function flattened(picture: Picture, { background = WHITE }: PictureOptions): Picture {
  const colors = picture.kind === 'rgba' ? picture.data : picture.palette;
  const rgb = new Uint8Array((colors.length / 4) * 3);
  putRgb({ kind: 'rgba', width: colors.length / 4, height: 1, data: colors }, background, rgb);
  const data = new Uint8Array(colors.length).fill(255);
  for (let i = 0; i < colors.length / 4; i += 1) data.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return picture.kind === 'rgba' ? { ...picture, data } : { ...picture, palette: data };
}

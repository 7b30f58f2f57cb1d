import { loadSharp } from './sharp.ts';

/** Decoded pixels, rows from the top, channels interleaved, one byte each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

/** Decodes a PNG, JPEG or WebP picture into RGB; transparency is dropped. Rejects when the bytes are not a picture. */
export async function decodeRgb(bytes: Uint8Array): Promise<Pixels> {
  const sharp = await loadSharp();
  const picture = sharp(bytes, { failOn: 'warning' }).removeAlpha().toColourspace('srgb').raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

/** Decodes a PNG, JPEG or WebP picture into RGBA, opaque where it has no transparency. */
export async function decodeRgba(bytes: Uint8Array): Promise<Pixels> {
  const sharp = await loadSharp();
  const picture = sharp(bytes, { failOn: 'warning' }).toColourspace('srgb').ensureAlpha().raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 4, data };
}

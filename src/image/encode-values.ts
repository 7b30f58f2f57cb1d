import type { ValueFacts, ValueImage, ValueWindow } from './values.ts';

/** Encodings of numbers. `png` is grey or RGB of 8 or 16 bits, for one or three bands of bytes or 16-bit numbers. */
export type ValueFormat = 'geotiff' | 'cog' | 'npy' | 'asc' | 'xyz' | 'raw' | 'png';

/** Encodings that need not hold the image: their size is no limit. */
export type StreamedFormat = 'geotiff' | 'asc' | 'xyz';

/** How a GeoTIFF is laid out; what is absent is chosen by the kind of the numbers. */
export interface TiffOptions {
  readonly compression?: 'deflate' | 'lzw' | 'none' | undefined;
  readonly predictor?: boolean | undefined;
  /** Side of a tile in pixels, a multiple of 16; 256 by default (COG: 512). */
  readonly tileSize?: number | undefined;
  /** Number of overviews, each half the one before; as many as it takes to fit one tile by default, none without COG. */
  readonly overviews?: number | undefined;
  readonly overviewResampling?: 'average' | 'mode' | 'nearest' | undefined;
}

/** What may be wished of a file besides its format. */
export interface ValueOptions {
  readonly tiff?: TiffOptions | undefined;
  /** False leaves out the mask of npy and raw (TiTiler's `return_mask`); true by default. */
  readonly mask?: boolean | undefined;
  /** Greatest number of bytes of the samples of an image; more is CONTENT_TOO_LARGE. */
  readonly maxBytes?: number | undefined;
}

/** An encoded file as it goes out; `headers` say what the bytes do not. */
export interface EncodedValues {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** For file names, without dot. */
  readonly extension: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A file that comes in pieces; `length` in bytes where it is known before the first. */
export interface StreamedValues {
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly mediaType: string;
  readonly extension: string;
  readonly length: number | undefined;
}

/**
 * Encodes an image that is wholly in memory.
 * @throws AppError CONTENT_TOO_LARGE above `maxBytes`, INVALID_PARAMETER where the format cannot hold the image
 */
export type EncodeValues = (image: ValueImage, format: ValueFormat, options?: ValueOptions) => Promise<EncodedValues>;

/**
 * Encodes an image of any size from its windows, which come in the order of their first rows; what no window covers
 * has no data.
 */
export type StreamValues = (facts: ValueFacts, format: StreamedFormat, windows: AsyncIterable<ValueWindow>) => StreamedValues;

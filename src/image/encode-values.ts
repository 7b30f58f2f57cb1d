import { AppError } from '../base/error.ts';
import { MEDIA } from '../base/media-type.ts';
import { never } from '../base/never.ts';
import type { PixelWindow } from '../raster/grid.ts';
import type { Plane } from '../raster/image.ts';
import { streamAsciiGrid } from './ascii-grid.ts';
import { writeHere, type WritePiece } from './file-piece.ts';
import { layoutGeoTiff } from './geotiff/layout.ts';
import { pageSize, rangeOfGeoTiff, streamGeoTiff } from './geotiff/stream.ts';
import { overviewCount, writeGeoTiff, type GeoTiffOptions } from './geotiff/write-geotiff.ts';
import { writeNpy } from './npy.ts';
import { writeRaw } from './raw-values.ts';
import { sampleTypeOf } from './sample-type.ts';
import { writeValuePng } from './value-png.ts';
import type { ValueFacts, ValueImage, ValueWindow } from './values.ts';
import { streamXyz } from './xyz-text.ts';

/** Encodings of numbers. `png` is grey or RGB of 8 or 16 bits, for one or three bands. */
export type ValueFormat = 'geotiff' | 'cog' | 'npy' | 'asc' | 'xyz' | 'raw' | 'png';

/** Encodings that need not hold the image: their size is no limit. */
export type StreamedFormat = 'geotiff' | 'asc' | 'xyz';

/** What may be wished of a file besides its format. */
export interface ValueOptions {
  readonly tiff?: GeoTiffOptions | undefined;
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

/** A file that comes in pieces. */
export interface StreamedValues {
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly mediaType: string;
  readonly extension: string;
  /** What comes before the numbers, where that is known beforehand: it tells one layout from another. */
  readonly head: Uint8Array | undefined;
  /** Where the place of every byte is known beforehand: the length of the file, and how any part of it is made. */
  readonly parts: { readonly length: number; part(from: number, to: number): AsyncIterable<Uint8Array> } | undefined;
}

const EXTENSIONS = { geotiff: 'tif', cog: 'tif', npy: 'npy', asc: 'asc', xyz: 'xyz', raw: 'bin', png: 'png' } as const;
const COG_TILE = 512;
/** Pixels of a window whose text is written at once. */
const TEXT_PIXELS = 2 * 1024 * 1024;

/**
 * Encodes an image that is wholly in memory.
 * @throws AppError CONTENT_TOO_LARGE above `maxBytes`, INVALID_PARAMETER where the format cannot hold the image
 */
export async function encodeValues(image: ValueImage, format: ValueFormat, options: ValueOptions = {}): Promise<EncodedValues> {
  checkSize(image, options.maxBytes ?? Infinity);
  const { bytes, headers } = await bodyOf(image, format, options);
  return { bytes, headers, mediaType: MEDIA[format], extension: EXTENSIONS[format] };
}

/**
 * Opens the windows of an image, or of a part of it, as large as `size` says, smaller at the right and lower edge; the
 * windows of a part are counted from its corner.
 */
export type OpenWindows = (size: WindowSize, part?: PixelWindow) => AsyncIterable<ValueWindow>;

/** How a file in pieces is made. */
export interface StreamOptions {
  /** Of it those of its tiles count. */
  readonly tiff?: GeoTiffOptions | undefined;
  /** Where pieces become bytes; here unless given. */
  readonly write?: WritePiece | undefined;
}

/** Width and height in pixels. */
export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Encodes an image of any size from its windows: all of them, in rows from the top, each row from the left. A window without
 * planes has no data. Of the options of GeoTIFF those of its tiles count: what is packed has no places known beforehand.
 * @throws AppError INVALID_PARAMETER where the format cannot hold the image
 */
export function streamValues(
  facts: ValueFacts,
  format: StreamedFormat,
  windows: OpenWindows,
  { tiff = {}, write = writeHere }: StreamOptions = {},
): StreamedValues {
  const frame = { mediaType: MEDIA[format], extension: EXTENSIONS[format] };
  const rows = { width: facts.width, height: Math.min(facts.height, Math.max(1, Math.floor(TEXT_PIXELS / facts.width))) };
  switch (format) {
    case 'geotiff': {
      const layout = layoutGeoTiff(facts, tiff);
      const read = async (part: PixelWindow): Promise<readonly Plane[]> => firstPlanes(windows(part, part));
      return {
        ...frame,
        head: layout.header,
        pieces: streamGeoTiff(layout, windows(pageSize(layout)), write),
        parts: { length: layout.length, part: (from, to) => rangeOfGeoTiff(layout, { start: from, end: to }, read, write) },
      };
    }
    case 'asc':
      return { ...frame, head: undefined, pieces: streamAsciiGrid(facts, windows(rows), write), parts: undefined };
    case 'xyz':
      return { ...frame, head: undefined, pieces: streamXyz(facts, windows(rows), write), parts: undefined };
    default:
      return never(format);
  }
}

async function firstPlanes(windows: AsyncIterable<ValueWindow>): Promise<readonly Plane[]> {
  for await (const { planes } of windows) return planes;
  return [];
}

/** Bytes of the samples of an image of this size, before any compression. */
export function sampleBytes({ width, height, bands }: ValueFacts): number {
  return width * height * bands.length * sampleTypeOf(bands.map(({ pixelType }) => pixelType)).bytes;
}

function checkSize(image: ValueImage, maxBytes: number): void {
  const size = sampleBytes(image);
  if (size <= maxBytes) return;
  throw new AppError('CONTENT_TOO_LARGE', {
    detail: `Cannot encode ${image.width} × ${image.height} pixels of ${image.bands.length} bands: expected at most ${maxBytes} bytes, got ${size}`,
  });
}

interface BytesAndHeaders {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

async function bodyOf(image: ValueImage, format: ValueFormat, { tiff = {}, mask = true }: ValueOptions): Promise<BytesAndHeaders> {
  switch (format) {
    case 'geotiff':
      return { bytes: await writeGeoTiff(image, tiff), headers: {} };
    case 'cog':
      return { bytes: await writeGeoTiff(image, cogOptions(image, tiff)), headers: {} };
    case 'npy':
      return { bytes: writeNpy(image, mask), headers: {} };
    case 'raw':
      return writeRaw(image, mask);
    case 'png':
      return writeValuePng(image);
    case 'asc':
      return { bytes: await joined(streamAsciiGrid(image, whole(image))), headers: {} };
    case 'xyz':
      return { bytes: await joined(streamXyz(image, whole(image))), headers: {} };
    default:
      return never(format);
  }
}

function cogOptions({ width, height }: ValueImage, options: GeoTiffOptions): GeoTiffOptions {
  const { tileWidth = COG_TILE, tileHeight = COG_TILE } = options;
  const overviews = options.overviews ?? overviewCount(width, height, Math.min(tileWidth, tileHeight));
  return { ...options, tileWidth, tileHeight, overviews };
}

async function* whole({ width, height, planes }: ValueImage): AsyncGenerator<ValueWindow> {
  yield { window: { column: 0, row: 0, width, height }, planes };
}

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

import { endianness } from 'node:os';
import type { Grid } from './grid.ts';

/** Pixels as PostGIS stores them; types below eight bits take a byte a pixel. */
export type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** One band of a block. Out-of-db bands name a file instead of holding samples. */
export interface BlockBand {
  readonly pixelType: PixelTypeName;
  readonly nodata: number | undefined;
  /** Every pixel is nodata, whatever the samples say. */
  readonly blank: boolean;
  readonly outside: { readonly path: string; readonly band: number } | undefined;
  /** True when it is known that every sample has a value. */
  readonly full?: boolean | undefined;
  /** Row by row from row 0; empty for out-of-db bands. A view of the bytes read where alignment and byte order allow. */
  samples(): Samples;
}

/** One raster value of PostGIS: a block of pixels with its place. */
export interface Block {
  readonly grid: Grid;
  readonly srid: number;
  readonly width: number;
  readonly height: number;
  readonly bands: readonly BlockBand[];
  /** When its row begins, in seconds of the epoch; not part of the format. */
  readonly time?: number | undefined;
}

/** PostGIS' names of pixel types, in the order of their codes in WKB (RFC 2: codes 0–8, 10, 11; 9 was never used). */
export type PixelTypeName = '1BB' | '2BUI' | '4BUI' | '8BSI' | '8BUI' | '16BSI' | '16BUI' | '32BSI' | '32BUI' | '32BF' | '64BF';

interface PixelFormat {
  readonly name: PixelTypeName;
  readonly bytes: 1 | 2 | 4 | 8;
  view(bytes: Uint8Array): Samples;
}

const FORMATS: readonly (PixelFormat | undefined)[] = [
  { name: '1BB', bytes: 1, view: plainBytes },
  { name: '2BUI', bytes: 1, view: plainBytes },
  { name: '4BUI', bytes: 1, view: plainBytes },
  { name: '8BSI', bytes: 1, view: (b) => new Int8Array(b.buffer, b.byteOffset, b.byteLength) },
  { name: '8BUI', bytes: 1, view: plainBytes },
  { name: '16BSI', bytes: 2, view: (b) => new Int16Array(b.buffer, b.byteOffset, b.byteLength / 2) },
  { name: '16BUI', bytes: 2, view: (b) => new Uint16Array(b.buffer, b.byteOffset, b.byteLength / 2) },
  { name: '32BSI', bytes: 4, view: (b) => new Int32Array(b.buffer, b.byteOffset, b.byteLength / 4) },
  { name: '32BUI', bytes: 4, view: (b) => new Uint32Array(b.buffer, b.byteOffset, b.byteLength / 4) },
  undefined,
  { name: '32BF', bytes: 4, view: (b) => new Float32Array(b.buffer, b.byteOffset, b.byteLength / 4) },
  { name: '64BF', bytes: 8, view: (b) => new Float64Array(b.buffer, b.byteOffset, b.byteLength / 8) },
];

/** Not as the Buffer that they came in, whose slices are no copies and keep all of it alive. */
function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const HEADER_BYTES = 61;
const OUT_OF_DB = 0x80;
const HAS_NODATA = 0x40;
const ALL_NODATA = 0x20;
const HOST_IS_LITTLE = endianness() === 'LE';
const EMPTY = new Uint8Array(0);

/**
 * Decodes PostGIS raster WKB (raster/doc/RFC2-WellKnownBinaryFormat of PostGIS), as `rast::bytea` gives it; samples
 * are not touched before they are asked for.
 * @throws Error when the bytes end early or are of an unknown version or pixel type
 */
export function decodeBlock(bytes: Uint8Array): Block {
  if (bytes.byteLength < HEADER_BYTES)
    throw new Error(`Cannot decode raster: expected ${HEADER_BYTES} bytes of header, got ${bytes.byteLength}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = view.getUint8(0) === 1;
  const version = view.getUint16(1, little);
  if (version !== 0) throw new Error(`Cannot decode raster of version ${version}: expected 0`);
  const grid: Grid = {
    scaleX: view.getFloat64(5, little),
    scaleY: view.getFloat64(13, little),
    originX: view.getFloat64(21, little),
    originY: view.getFloat64(29, little),
    skewX: view.getFloat64(37, little),
    skewY: view.getFloat64(45, little),
  };
  const width = view.getUint16(57, little);
  const height = view.getUint16(59, little);
  const bands: BlockBand[] = [];
  const reader: Reader = { bytes, view, little, pixels: width * height, offset: HEADER_BYTES };
  const count = view.getUint16(3, little);
  for (let i = 0; i < count; i += 1) bands.push(readBand(reader));
  return { grid, srid: view.getInt32(53, little), width, height, bands };
}

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly little: boolean;
  readonly pixels: number;
  offset: number;
}

function readBand(reader: Reader): BlockBand {
  const flags = reader.view.getUint8(reader.offset);
  const format = FORMATS[flags & 0x0f];
  if (format === undefined) throw new Error(`Cannot decode raster: unknown pixel type ${flags & 0x0f}`);
  const nodata = readValue(reader, format.name, reader.offset + 1);
  reader.offset += 1 + format.bytes;
  const band = {
    pixelType: format.name,
    nodata: (flags & HAS_NODATA) === 0 ? undefined : nodata,
    blank: (flags & ALL_NODATA) !== 0,
  };
  if ((flags & OUT_OF_DB) !== 0) return { ...band, outside: readOutside(reader), samples: () => EMPTY };
  const start = reader.offset;
  const end = start + reader.pixels * format.bytes;
  if (end > reader.bytes.byteLength) throw new Error(`Cannot decode raster: expected ${end} bytes, got ${reader.bytes.byteLength}`);
  reader.offset = end;
  return {
    ...band,
    outside: undefined,
    samples: () => format.view(aligned(reader.bytes.subarray(start, end), format.bytes, reader.little)),
  };
}

function readValue({ view, little }: Reader, type: PixelTypeName, offset: number): number {
  switch (type) {
    case '8BSI':
      return view.getInt8(offset);
    case '16BSI':
      return view.getInt16(offset, little);
    case '16BUI':
      return view.getUint16(offset, little);
    case '32BSI':
      return view.getInt32(offset, little);
    case '32BUI':
      return view.getUint32(offset, little);
    case '32BF':
      return view.getFloat32(offset, little);
    case '64BF':
      return view.getFloat64(offset, little);
    default:
      return view.getUint8(offset);
  }
}

function readOutside(reader: Reader): { path: string; band: number } {
  const band = reader.view.getUint8(reader.offset);
  const start = reader.offset + 1;
  const end = reader.bytes.indexOf(0, start);
  if (end < 0) throw new Error('Cannot decode raster: path of an out-of-db band is not terminated');
  reader.offset = end + 1;
  return { band, path: Buffer.from(reader.bytes.subarray(start, end)).toString('utf8') };
}

/** The bytes themselves when a typed array can lie over them, else a copy in the host's byte order. */
function aligned(bytes: Uint8Array, size: number, little: boolean): Uint8Array {
  const swap = size > 1 && little !== HOST_IS_LITTLE;
  if (!swap && bytes.byteOffset % size === 0) return bytes;
  const copy = Buffer.from(new Uint8Array(bytes).buffer);
  if (!swap) return copy;
  if (size === 2) return copy.swap16();
  return size === 4 ? copy.swap32() : copy.swap64();
}

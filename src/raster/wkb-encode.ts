import { endianness } from 'node:os';
import type { Grid } from './grid.ts';
import type { PixelTypeName, Samples } from './wkb.ts';

/** One band to write: samples row by row from row 0, in the array that fits its pixel type. */
export interface BandToWrite {
  readonly pixelType: PixelTypeName;
  readonly nodata: number | undefined;
  readonly samples: Samples;
}

/** One raster value to write. */
export interface BlockToWrite {
  readonly grid: Grid;
  readonly srid: number;
  readonly width: number;
  readonly height: number;
  readonly bands: readonly BandToWrite[];
}

const CODES: Readonly<Record<PixelTypeName, number>> = {
  '1BB': 0,
  '2BUI': 1,
  '4BUI': 2,
  '8BSI': 3,
  '8BUI': 4,
  '16BSI': 5,
  '16BUI': 6,
  '32BSI': 7,
  '32BUI': 8,
  '32BF': 10,
  '64BF': 11,
};
const HEADER_BYTES = 61;
const HAS_NODATA = 0x40;
const ALL_NODATA = 0x20;
const LITTLE = endianness() === 'LE';

/**
 * Encodes a block as PostGIS raster WKB in the host's byte order (which the format names), so that samples are copied
 * as they are. The inverse of `decodeBlock`.
 * @throws Error when a band's samples do not fill the block
 */
export function encodeBlock(block: BlockToWrite): Buffer {
  const pixels = block.width * block.height;
  const size = block.bands.reduce((sum, band) => sum + 1 + band.samples.BYTES_PER_ELEMENT * (1 + pixels), HEADER_BYTES);
  const bytes = Buffer.alloc(size);
  writeHeader(new DataView(bytes.buffer, bytes.byteOffset, size), block);
  let offset = HEADER_BYTES;
  for (const { pixelType, nodata, samples } of block.bands) {
    if (samples.length !== pixels) throw new Error(`Cannot encode band: expected ${pixels} samples, got ${samples.length}`);
    const blank = nodata !== undefined && isBlank(samples, nodata);
    bytes[offset] = CODES[pixelType] | (nodata === undefined ? 0 : HAS_NODATA) | (blank ? ALL_NODATA : 0);
    bytes.set(asBytes(oneValue(samples, nodata ?? 0)), offset + 1);
    bytes.set(asBytes(samples), offset + 1 + samples.BYTES_PER_ELEMENT);
    offset += 1 + samples.BYTES_PER_ELEMENT * (1 + pixels);
  }
  return bytes;
}

function writeHeader(view: DataView, { grid, srid, width, height, bands }: BlockToWrite): void {
  view.setUint8(0, LITTLE ? 1 : 0);
  view.setUint16(1, 0, LITTLE);
  view.setUint16(3, bands.length, LITTLE);
  const numbers = [grid.scaleX, grid.scaleY, grid.originX, grid.originY, grid.skewX, grid.skewY];
  numbers.forEach((value, i) => view.setFloat64(5 + 8 * i, value, LITTLE));
  view.setInt32(53, srid, LITTLE);
  view.setUint16(57, width, LITTLE);
  view.setUint16(59, height, LITTLE);
}

function isBlank(samples: Samples, nodata: number): boolean {
  for (const sample of samples) if (sample !== nodata && !(Number.isNaN(sample) && Number.isNaN(nodata))) return false;
  return true;
}

/** An array of the same type with one value. */
function oneValue(samples: Samples, value: number): Samples {
  const one = samples.slice(0, 1);
  one[0] = value;
  return one;
}

function asBytes(samples: Samples): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

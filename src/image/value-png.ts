import { AppError } from '../base/error.ts';
import type { Plane } from '../raster/image.ts';
import type { Samples } from '../raster/wkb.ts';
import { hasHoles, maskOf } from './missing.ts';
import { pngChunk, writePng } from './png-chunks.ts';
import { holdsValue, littleEndianBytes, putSamples, sampleTypeNamed, sampleTypeOf, type SampleRule } from './sample-type.ts';
import type { ValueImage } from './values.ts';

/** Numbers as a picture that loses none, or as little as 16 bits allow. */
export interface ValuePng {
  readonly bytes: Uint8Array;
  /** `Values-Scale` and `Values-Offset`: sample = value · scale + offset (OGC 19-087 /req/png/coverage E, F). */
  readonly headers: Readonly<Record<string, string>>;
}

/** How samples come of numbers (value · scale + offset) and which sample means no data. */
interface Coding {
  readonly depth: 8 | 16;
  readonly scale: number;
  readonly offset: number;
  readonly nodata: number | undefined;
}

const TOP = 65_535;

/**
 * A grey or RGB PNG of 8 or 16 bits a sample. Bytes and 16-bit numbers go as they are (signed ones moved up), all others
 * are scaled from the least to the greatest of the image; what has no data is transparent.
 * @throws AppError INVALID_PARAMETER for other than one or three bands
 */
export async function writeValuePng(image: ValueImage): Promise<ValuePng> {
  const { width, height, bands, planes } = image;
  if (bands.length !== 1 && bands.length !== 3) {
    throw new AppError('INVALID_PARAMETER', { detail: `Cannot write PNG: it holds 1 or 3 bands, got ${bands.length}` });
  }
  const holes = hasHoles(planes);
  const coding = codingOf(image, holes);
  const withAlpha = holes && coding.nodata === undefined;
  const channels = bands.length + (withAlpha ? 1 : 0);
  const pixels = width * height;
  const type = sampleTypeNamed(coding.depth === 8 ? 'uint8' : 'uint16');
  const samples = type.create(pixels * channels);
  const rule: SampleRule = { type, fill: coding.nodata ?? 0, reserved: coding.nodata !== undefined, step: channels };
  planes.slice(0, bands.length).forEach((plane, band) => {
    putSamples(codePlane(plane, coding), { from: 0, count: pixels, to: band }, samples, rule);
  });
  if (withAlpha) maskOf(planes, pixels).forEach((alpha, i) => (samples[i * channels + bands.length] = alpha === 0 ? 0 : type.max));
  const colorType = bands.length === 1 ? (withAlpha ? 4 : 0) : withAlpha ? 6 : 2;
  const transparent = holes && coding.nodata !== undefined ? [transparency(coding.nodata, bands.length)] : [];
  const bytes = await writePng({ width, height, depth: coding.depth, colorType }, bigEndian(samples), transparent);
  return { bytes, headers: { 'Values-Scale': String(coding.scale), 'Values-Offset': String(coding.offset) } };
}

function codingOf({ bands, planes }: ValueImage, holes: boolean): Coding {
  const type = sampleTypeOf(bands.map(({ pixelType }) => pixelType));
  const shared = bands.every((band) => band.nodata === bands[0]?.nodata) ? bands[0]?.nodata : undefined;
  if (type.kind !== 'float' && type.bytes <= 2) {
    const offset = 0 - type.min;
    const nodata = shared !== undefined && holdsValue(type, shared) ? shared + offset : undefined;
    return { depth: type.bytes === 1 ? 8 : 16, scale: 1, offset, nodata };
  }
  const { min, max } = rangeOf(planes);
  const first = holes ? 1 : 0;
  const scale = max > min ? (TOP - first) / (max - min) : 1;
  return { depth: 16, scale, offset: first - min * scale, nodata: holes ? 0 : undefined };
}

function codePlane(plane: Plane, { scale, offset }: Coding): Plane {
  if (scale === 1 && offset === 0) return plane;
  const coded = new Float64Array(plane.length);
  for (let i = 0; i < plane.length; i += 1) coded[i] = (plane[i] ?? Number.NaN) * scale + offset;
  return coded;
}

function rangeOf(planes: readonly Plane[]): { readonly min: number; readonly max: number } {
  let [min, max] = [Infinity, -Infinity];
  for (const plane of planes) {
    for (const value of plane) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min > max ? { min: 0, max: 0 } : { min, max };
}

/** The one colour that is transparent (ISO/IEC 15948 §11.3.2.1): two bytes a channel at either depth. */
function transparency(sample: number, channels: number): Buffer {
  const body = Buffer.alloc(channels * 2);
  for (let i = 0; i < channels; i += 1) body.writeUInt16BE(sample, i * 2);
  return pngChunk('tRNS', body);
}

function bigEndian(samples: Samples): Uint8Array {
  const { buffer, byteOffset, byteLength } = littleEndianBytes(samples);
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return samples.BYTES_PER_ELEMENT === 1 ? bytes : bytes.swap16();
}

import { endianness } from 'node:os';
import type { Plane } from '../raster/image.ts';
import type { PixelTypeName, Samples } from '../raster/wkb.ts';

/** How a file holds numbers; `min` and `max` bound what whole numbers it holds exactly. */
export interface SampleType {
  readonly name: 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64';
  readonly bytes: 1 | 2 | 4 | 8;
  readonly kind: 'unsigned' | 'signed' | 'float';
  readonly min: number;
  readonly max: number;
  /** Zeroed samples. */
  create(length: number): Samples;
}

const HOST_IS_LITTLE = endianness() === 'LE';

const DOUBLE: SampleType = {
  name: 'float64',
  bytes: 8,
  kind: 'float',
  min: -Infinity,
  max: Infinity,
  create: (n) => new Float64Array(n),
};

/** In the order in which they are tried: the first that holds everything. */
const TYPES: readonly SampleType[] = [
  { name: 'uint8', bytes: 1, kind: 'unsigned', min: 0, max: 255, create: (n) => new Uint8Array(n) },
  { name: 'int8', bytes: 1, kind: 'signed', min: -128, max: 127, create: (n) => new Int8Array(n) },
  { name: 'uint16', bytes: 2, kind: 'unsigned', min: 0, max: 65_535, create: (n) => new Uint16Array(n) },
  { name: 'int16', bytes: 2, kind: 'signed', min: -32_768, max: 32_767, create: (n) => new Int16Array(n) },
  { name: 'uint32', bytes: 4, kind: 'unsigned', min: 0, max: 2 ** 32 - 1, create: (n) => new Uint32Array(n) },
  { name: 'int32', bytes: 4, kind: 'signed', min: -(2 ** 31), max: 2 ** 31 - 1, create: (n) => new Int32Array(n) },
  { name: 'float32', bytes: 4, kind: 'float', min: -(2 ** 24), max: 2 ** 24, create: (n) => new Float32Array(n) },
  DOUBLE,
];

const BY_PIXEL_TYPE: Readonly<Record<PixelTypeName, SampleType['name']>> = {
  '1BB': 'uint8',
  '2BUI': 'uint8',
  '4BUI': 'uint8',
  '8BUI': 'uint8',
  '8BSI': 'int8',
  '16BUI': 'uint16',
  '16BSI': 'int16',
  '32BUI': 'uint32',
  '32BSI': 'int32',
  '32BF': 'float32',
  '64BF': 'float64',
};

/** The smallest type that holds every value of some pixel types exactly; types below eight bits take a byte. */
export function sampleTypeOf(pixelTypes: readonly PixelTypeName[]): SampleType {
  const wanted = TYPES.filter((type) => pixelTypes.some((name) => BY_PIXEL_TYPE[name] === type.name));
  const [widest = DOUBLE] = TYPES.filter((type) => wanted.every((other) => holds(type, other)));
  return widest;
}

/** The type of the given name, as NumPy calls it. */
export function sampleTypeNamed(name: SampleType['name']): SampleType {
  return TYPES.find((type) => type.name === name) ?? DOUBLE;
}

/** True when the type holds this value exactly. */
export function holdsValue(type: SampleType, value: number): boolean {
  if (type.kind !== 'float') return Number.isInteger(value) && value >= type.min && value <= type.max;
  return type.bytes === 8 || Number.isNaN(value) || Math.fround(value) === value;
}

/** Numbers of a plane on their way into samples of a file. */
export interface SampleRule {
  readonly type: SampleType;
  /** What stands for no data. */
  readonly fill: number;
  /** Whether `fill` means no data: then a value that would round to it moves one aside, as gdalwarp does. */
  readonly reserved: boolean;
  /** Distance of one pixel to the next in the target: the bands of a file that interleaves them. */
  readonly step: number;
}

/** A run of a plane and where it goes. */
export interface SampleRun {
  readonly from: number;
  readonly count: number;
  readonly to: number;
}

/** Writes a run of a plane into samples: rounded half away from zero and clamped to the type, NaN as the fill. */
export function putSamples(plane: Plane, { from, count, to }: SampleRun, target: Samples, rule: SampleRule): void {
  const { type, fill, step } = rule;
  if (type.kind === 'float') {
    for (let i = 0, at = to; i < count; i += 1, at += step) {
      const value = plane[from + i] ?? Number.NaN;
      target[at] = value === value ? value : fill;
    }
    return;
  }
  const { min, max } = type;
  const aside = fill <= min ? fill + 1 : fill - 1;
  for (let i = 0, at = to; i < count; i += 1, at += step) {
    const value = plane[from + i] ?? Number.NaN;
    if (value === value) {
      const whole = value < 0 ? -Math.round(-value) : Math.round(value);
      const held = whole < min ? min : whole > max ? max : whole;
      target[at] = rule.reserved && held === fill ? aside : held;
    } else target[at] = fill;
  }
}

/** The bytes of samples, least significant first; a view of them on every host but the rarest. */
export function littleEndianBytes(samples: Samples): Uint8Array {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  if (HOST_IS_LITTLE || samples.BYTES_PER_ELEMENT === 1) return bytes;
  const copy = Buffer.from(bytes);
  if (samples.BYTES_PER_ELEMENT === 2) return copy.swap16();
  return samples.BYTES_PER_ELEMENT === 4 ? copy.swap32() : copy.swap64();
}

function holds(type: SampleType, other: SampleType): boolean {
  if (type.name === other.name) return true;
  if (other.kind === 'float') return type.name === 'float64';
  return type.min <= other.min && type.max >= other.max;
}

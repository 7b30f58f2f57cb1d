import { maskOf } from './missing.ts';
import { littleEndianBytes, putSamples, sampleTypeNamed, sampleTypeOf, type SampleType } from './sample-type.ts';
import type { ValueImage } from './values.ts';

/** Array interface codes of NumPy; one byte has no byte order. */
const DTYPES = {
  uint8: '|u1',
  int8: '|i1',
  uint16: '<u2',
  int16: '<i2',
  uint32: '<u4',
  int32: '<i4',
  float32: '<f4',
  float64: '<f8',
} as const;

/**
 * A NumPy file (NEP 1, version 1.0) of the shape (bands, height, width); with `masked` the mask, 255 where there is data,
 * follows as one more band of the same type, as TiTiler does. Missing numbers are the bands' nodata, else NaN or 0.
 */
export function writeNpy({ width, height, bands, planes }: ValueImage, masked: boolean): Uint8Array {
  const own = sampleTypeOf(bands.map(({ pixelType }) => pixelType));
  const type = masked ? withMask(own) : own;
  const pixels = width * height;
  const samples = type.create(pixels * (bands.length + (masked ? 1 : 0)));
  bands.forEach(({ nodata }, band) => {
    const plane = planes[band];
    const fill = nodata ?? (type.kind === 'float' ? Number.NaN : 0);
    const rule = { type, fill, reserved: false, step: 1 };
    if (plane !== undefined) putSamples(plane, { from: 0, count: pixels, to: band * pixels }, samples, rule);
  });
  if (masked) samples.set(maskOf(planes, pixels), bands.length * pixels);
  const shape = [samples.length / pixels, height, width].join(', ');
  return Buffer.concat([headerOf(DTYPES[type.name], shape), littleEndianBytes(samples)]);
}

/** NumPy's own promotion with the unsigned bytes of the mask: int8 cannot hold 255. */
function withMask(type: SampleType): SampleType {
  return type.name === 'int8' ? sampleTypeNamed('int16') : type;
}

/** Magic, version, length, and the dictionary padded so that the numbers begin at a multiple of 64 bytes. */
function headerOf(dtype: string, shape: string): Buffer {
  const dictionary = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${shape}), }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, ' ');
  header.write('\u0093NUMPY\u0001\u0000', 0, 'latin1');
  header.writeUInt16LE(length, 8);
  header.write(dictionary, 10, 'latin1');
  header.write('\n', 9 + length, 'latin1');
  return header;
}

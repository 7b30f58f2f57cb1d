import { hasHoles, maskOf, planMissing } from './missing.ts';
import { littleEndianBytes, putSamples, sampleTypeOf } from './sample-type.ts';
import type { ValueImage } from './values.ts';

/** Numbers without a frame; the headers say what they are. */
export interface RawValues {
  readonly bytes: Uint8Array;
  /**
   * `Values-Type` (NumPy's names, least significant byte first), `Values-Shape` (bands, height, width) and either
   * `Values-Nodata` or, where no value is free to mean it, `Values-Mask: true`: then width × height bytes follow, 255
   * where there is data.
   */
  readonly headers: Readonly<Record<string, string>>;
}

/** All numbers of an image, band after band, rows from row 0: what a typed array takes as it is. */
export function writeRaw(image: ValueImage, masked: boolean): RawValues {
  const { width, height, bands, planes } = image;
  const pixels = width * height;
  const type = sampleTypeOf(bands.map(({ pixelType }) => pixelType));
  const missing = planMissing(image, type);
  const samples = type.create(pixels * bands.length);
  bands.forEach((_, band) => {
    const plane = planes[band];
    const rule = { type, fill: missing.fills[band] ?? 0, reserved: missing.nodata !== undefined, step: 1 };
    if (plane !== undefined) putSamples(plane, { from: 0, count: pixels, to: band * pixels }, samples, rule);
  });
  const hasMask = masked && missing.masked && hasHoles(planes);
  const numbers = littleEndianBytes(samples);
  return {
    bytes: hasMask ? Buffer.concat([numbers, maskOf(planes, pixels)]) : numbers,
    headers: {
      'Values-Type': type.name,
      'Values-Shape': `${bands.length},${height},${width}`,
      ...(missing.nodata === undefined ? {} : { 'Values-Nodata': String(missing.nodata) }),
      ...(hasMask ? { 'Values-Mask': 'true' } : {}),
    },
  };
}

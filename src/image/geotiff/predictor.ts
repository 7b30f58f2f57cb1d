import type { Samples } from '../../raster/wkb.ts';
import { littleEndianBytes } from '../sample-type.ts';

/** A tile of interleaved samples: `width` pixels a row, `bands` samples a pixel. */
export interface TileShape {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
}

/** Whole numbers become their difference from the pixel before (TIFF 6.0 §14, predictor 2). Works in place. */
export function differenceRows(samples: Samples, { width, height, bands }: TileShape): void {
  const length = width * bands;
  for (let row = 0; row < height; row += 1) {
    const first = row * length + bands;
    for (let i = (row + 1) * length - 1; i >= first; i -= 1) samples[i] = (samples[i] ?? 0) - (samples[i - bands] ?? 0);
  }
}

/**
 * Floating-point numbers are split into planes of bytes, most significant first, row by row, and these into differences
 * (Adobe Photoshop TIFF Technical Note 3, predictor 3).
 */
export function splitFloats(samples: Float32Array | Float64Array, { width, height, bands }: TileShape): Uint8Array {
  const size = samples.BYTES_PER_ELEMENT;
  const count = width * bands;
  const source = littleEndianBytes(samples);
  const target = new Uint8Array(source.length);
  for (let row = 0; row < height; row += 1) {
    const at = row * count * size;
    for (let byte = 0; byte < size; byte += 1) {
      const to = at + (size - 1 - byte) * count;
      for (let i = 0, from = at + byte; i < count; i += 1, from += size) target[to + i] = source[from] ?? 0;
    }
    for (let i = at + count * size - 1; i >= at + bands; i -= 1) target[i] = (target[i] ?? 0) - (target[i - bands] ?? 0);
  }
  return target;
}

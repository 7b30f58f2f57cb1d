import { AppError } from '../../base/error.ts';

/** How much one picture or one array of numbers may be. */
export interface RasterLimits {
  /** Pixels of a picture, or cells of an array, whatever the number of bands. */
  readonly maxPixels: number;
}

/** What is answered unless a setting says otherwise: 4096 × 4096. */
export const USUAL_LIMITS: RasterLimits = { maxPixels: 16_777_216 };

/** @throws AppError CONTENT_TOO_LARGE above the limit */
export function checkSize({ width, height }: { readonly width: number; readonly height: number }, { maxPixels }: RasterLimits): void {
  if (width * height <= maxPixels) return;
  throw new AppError('CONTENT_TOO_LARGE', {
    detail: `Cannot compute ${width} × ${height} pixels at once: expected at most ${maxPixels} (GRATICULE_MAX_PIXELS)`,
  });
}

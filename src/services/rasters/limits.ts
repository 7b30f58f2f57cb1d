import { AppError } from '../../base/error.ts';

/** How much one picture or one array of numbers may be. */
export interface RasterLimits {
  /** Pixels of a picture, or cells of an array, whatever the number of bands. */
  readonly maxPixels: number;
}

/** What is answered unless a setting says otherwise: 4096 × 4096. */
export const USUAL_LIMITS: RasterLimits = { maxPixels: 16_777_216 };

/** The longer side of a picture: a WebP holds no more (RFC 9649 §2.6: fourteen bits). */
export const LONGEST_SIDE = 16_383;

/** The size of a picture. @throws AppError CONTENT_TOO_LARGE above the limits */
export function checkPictureSize(size: { readonly width: number; readonly height: number }, limits: RasterLimits): void {
  const { width, height } = size;
  checkSize(size, limits);
  if (Math.max(width, height) <= LONGEST_SIDE) return;
  throw new AppError('CONTENT_TOO_LARGE', { detail: `Cannot draw ${width} × ${height} pixels: expected at most ${LONGEST_SIDE} a side` });
}

/** `instead` says what can be asked for in place of it. @throws AppError CONTENT_TOO_LARGE above the limit */
export function checkSize(
  { width, height }: { readonly width: number; readonly height: number },
  { maxPixels }: RasterLimits,
  instead?: string,
): void {
  if (width * height <= maxPixels) return;
  const limit = `expected at most ${maxPixels} (GRATICULE_MAX_PIXELS)`;
  throw new AppError('CONTENT_TOO_LARGE', {
    detail: `Cannot compute ${width} × ${height} pixels at once: ${limit}${instead === undefined ? '' : `; ${instead}`}`,
  });
}

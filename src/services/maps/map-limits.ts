import { AppError } from '../../base/error.ts';

/** How large a map may be, in pixels; published as `x-OGC-limits.maps` (OGC 20-058 §7.4). */
export const MAP_LIMITS = { maxWidth: 8192, maxHeight: 8192, maxPixels: 8_388_608, maxCollections: 32 } as const;

/** @throws AppError CONTENT_TOO_LARGE */
export function checkMapSize(width: number, height: number): void {
  const { maxWidth, maxHeight, maxPixels } = MAP_LIMITS;
  if (width <= maxWidth && height <= maxHeight && width * height <= maxPixels) return;
  throw new AppError('CONTENT_TOO_LARGE', {
    detail: `Cannot draw ${width} × ${height} pixels: at most ${maxWidth} × ${maxHeight} and ${maxPixels} in all are drawn`,
  });
}

import type { Allocate, Plane, Raster } from './image.ts';
import { resampleArea } from './resample-area.ts';
import { resampleClasses } from './resample-class.ts';
import type { Kernel } from './resampling.ts';
import type { Warp } from './warp.ts';

/**
 * Makes the pixels of a picture from the samples of a raster: one plane a band, in the array type of the source, row by
 * row, NaN without data. `warp` is in pixels of the raster (see warpToPixels), the centre of sample k at k + ½.
 */
export function resample(raster: Raster, warp: Warp, kernel: Kernel, allocate: Allocate): readonly Plane[] {
  return kernel === 'area' ? resampleArea(raster, warp, allocate) : resampleClasses(raster, warp, allocate);
}

/**
 * How many samples beyond the bounds of the pixels' footprints (warpBounds) a kernel reads: what a raster has to have
 * around them so that a pixel at an edge is made of the same samples as within.
 */
export function reachOf(kernel: Kernel): number {
  return kernel === 'area' ? 1 : 0;
}

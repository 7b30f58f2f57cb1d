import type { Allocate, Plane, Raster } from './image.ts';
import { mode } from './kernels/mode.ts';
import { reduceFootprints } from './kernels/reduce.ts';
import type { Warp } from './warp.ts';

/**
 * The default kernel for values that name classes: pixels that are no larger than a sample take the one under their
 * centre, larger ones the class that covers most of them (see kernels/mode.ts). NaN without data. `warp` is in pixels
 * of the raster.
 */
export function resampleClasses(raster: Raster, warp: Warp, allocate: Allocate): readonly Plane[] {
  return reduceFootprints(raster, warp, { reduce: mode, collapse: true, nearestWhenSmall: true }, allocate);
}

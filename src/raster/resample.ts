import type { Allocate, Plane, Raster } from './image.ts';
import { average } from './kernels/average.ts';
import { BILINEAR } from './kernels/bilinear.ts';
import { convolve } from './kernels/convolve.ts';
import { CUBIC_SPLINE } from './kernels/cubic-spline.ts';
import { CUBIC } from './kernels/cubic.ts';
import { extremes } from './kernels/extremes.ts';
import { LANCZOS } from './kernels/lanczos.ts';
import { max } from './kernels/max.ts';
import { median } from './kernels/median.ts';
import { min } from './kernels/min.ts';
import { mode } from './kernels/mode.ts';
import { resampleNearest } from './kernels/nearest.ts';
import type { Profile } from './kernels/profile.ts';
import { reduceFootprints } from './kernels/reduce.ts';
import { separate } from './kernels/separate.ts';
import { spansOf } from './kernels/spans.ts';
import { sum } from './kernels/sum.ts';
import { resampleArea } from './resample-area.ts';
import { resampleClasses } from './resample-class.ts';
import type { Kernel } from './resampling.ts';
import { averageTaps, overlapTaps } from './taps.ts';
import { linesOf, type Warp } from './warp.ts';

/**
 * Makes the pixels of a picture from the samples of a raster: one plane a band, in the array type of the source, row by
 * row, NaN without data. `warp` is in pixels of the raster (see warpToPixels), the centre of sample k at k + ½.
 */
export function resample(raster: Raster, warp: Warp, kernel: Kernel, allocate: Allocate): readonly Plane[] {
  return RUN[kernel](raster, warp, allocate);
}

/**
 * How many samples beyond the bounds of the pixels' footprints (warpBounds) a kernel reads: what a raster has to have
 * around them so that a pixel at an edge is made of the same samples as within. `reduction` is how many samples a
 * pixel covers along the axis where it covers most, less than 1 when enlarging (reductionOf).
 */
export function reachOf(kernel: Kernel, reduction: number): number {
  const stretch = Math.max(1, reduction);
  return Math.max(0, Math.ceil(RADIUS[kernel] * stretch - reduction / 2)) + 1;
}

/** How far from a pixel's centre a kernel looks, in footprints of at least one sample. */
const RADIUS: Readonly<Record<Kernel, number>> = {
  area: 0.5,
  class: 0.5,
  nearest: 0,
  bilinear: BILINEAR.radius,
  cubic: CUBIC.radius,
  cubic_spline: CUBIC_SPLINE.radius,
  lanczos: LANCZOS.radius,
  average: 0.5,
  mode: 0.5,
  min: 0.5,
  max: 0.5,
  median: 0.5,
  sum: 0.5,
};

type Run = (raster: Raster, warp: Warp, allocate: Allocate) => readonly Plane[];

const profiled =
  (profile: Profile): Run =>
  (raster, warp, allocate) =>
    convolve(raster, warp, profile, allocate);

const RUN: Readonly<Record<Kernel, Run>> = {
  area: resampleArea,
  class: resampleClasses,
  nearest: resampleNearest,
  bilinear: profiled(BILINEAR),
  cubic: profiled(CUBIC),
  cubic_spline: profiled(CUBIC_SPLINE),
  lanczos: profiled(LANCZOS),
  average: weighed,
  mode: (raster, warp, allocate) => reduceFootprints(raster, warp, { reduce: mode, collapse: true }, allocate),
  min: (raster, warp, allocate) => extreme(raster, warp, 1, allocate),
  max: (raster, warp, allocate) => extreme(raster, warp, -1, allocate),
  median: (raster, warp, allocate) => reduceFootprints(raster, warp, { reduce: median, collapse: true }, allocate),
  sum: added,
};

function weighed(raster: Raster, warp: Warp, allocate: Allocate): readonly Plane[] {
  if (warp.kind === 'cells') return reduceFootprints(raster, warp, { reduce: average, collapse: true }, allocate);
  const lines = linesOf(warp);
  const [x, y] = [averageTaps(lines.x, raster.width), averageTaps(lines.y, raster.height)];
  return raster.bands.map((band) => separate(band, raster, { x, y, outline: 'any', renormalised: true }, allocate));
}

function added(raster: Raster, warp: Warp, allocate: Allocate): readonly Plane[] {
  if (warp.kind === 'cells') return reduceFootprints(raster, warp, { reduce: sum }, allocate);
  const lines = linesOf(warp);
  const [x, y] = [overlapTaps(lines.x, raster.width), overlapTaps(lines.y, raster.height)];
  return raster.bands.map((band) => separate(band, raster, { x, y, outline: 'any', renormalised: false }, allocate));
}

function extreme(raster: Raster, warp: Warp, sign: 1 | -1, allocate: Allocate): readonly Plane[] {
  if (warp.kind === 'cells') return reduceFootprints(raster, warp, { reduce: sign === 1 ? min : max, collapse: true }, allocate);
  const lines = linesOf(warp);
  const [x, y] = [spansOf(lines.x, raster.width), spansOf(lines.y, raster.height)];
  return raster.bands.map((band) => extremes(band, raster, { x, y, sign }, allocate));
}

import { isWide, type Allocate, type Plane, type Raster } from './image.ts';
import type { Kernel } from './resampling.ts';
import type { Warp } from './warp.ts';

/** Kernels that give a sample back as it is where a pixel lies on it and is as large. */
export const SAMPLES_KEPT: ReadonlySet<Kernel> = new Set<Kernel>([
  'area',
  'class',
  'nearest',
  'bilinear',
  'cubic',
  'lanczos',
  'average',
  'mode',
  'min',
  'max',
  'median',
  'sum',
]);

/** Columns and rows from the first sample to the first pixel. */
export interface Shift {
  readonly column: number;
  readonly row: number;
}

/** Less of a pixel than this is rounding. */
const SLIVER = 1e-6;

/** How a picture lies in a raster whose samples are its pixels; undefined where they are not. `warp` is in samples. */
export function shiftOf(warp: Warp): Shift | undefined {
  if (warp.kind !== 'separable') return undefined;
  const [column, row] = [offsetOf(warp.x), offsetOf(warp.y)];
  return column === undefined || row === undefined ? undefined : { column, row };
}

/** The whole number of samples before the first centre, when all centres are those of samples in turn. */
function offsetOf(line: Float64Array): number | undefined {
  const offset = Math.round((line[0] ?? Number.NaN) - 0.5);
  for (let i = 0; i < line.length; i += 1) if (!(Math.abs((line[i] ?? 0) - 0.5 - offset - i) <= SLIVER)) return undefined;
  return offset;
}

/** Planes of the warp's size that hold the raster's samples as they are; NaN beside it. */
export function copyShifted(
  { bands, width, height }: Raster,
  { column, row }: Shift,
  warp: { readonly width: number; readonly height: number },
  allocate: Allocate,
): readonly Plane[] {
  const [left, right] = [Math.max(0, -column), Math.min(warp.width, width - column)];
  return bands.map((band) => {
    const out = allocate(warp.width * warp.height, isWide(band));
    if (left > 0 || right < warp.width || row < 0 || row + warp.height > height) out.fill(Number.NaN);
    for (let j = Math.max(0, -row); j < Math.min(warp.height, height - row) && left < right; j += 1) {
      const from = (row + j) * width + column;
      out.set(band.subarray(from + left, from + right), j * warp.width + left);
    }
    return out;
  });
}

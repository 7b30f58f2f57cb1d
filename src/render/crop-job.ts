import { shiftGrid, type PixelWindow } from '../raster/grid.ts';
import type { JobColors, RenderJob } from './render-job.ts';

/** A job with colours. */
type PictureJob = RenderJob & { readonly colors: JobColors };

/** A part of a picture, and where its first pixel lies on the whole. */
export interface CroppedJob {
  readonly job: PictureJob;
  readonly at: readonly [column: number, row: number];
}

/**
 * The same job for only as much of its picture as its sources reach: what they leave is transparent anyway. As it is
 * where pixels depend on more than what lies under them: on neighbours, on the ground, on rings, or on being opaque.
 */
export function cropJob(job: PictureJob): CroppedJob {
  const windows = job.inputs.flatMap(({ sources }) => sources.map(({ window }) => window));
  if (job.algorithm !== undefined || job.clip !== undefined || !isPerPixel(job.colors) || windows.length === 0) return { job, at: [0, 0] };
  const { column, row, width, height } = windows.reduce(around);
  const inputs = job.inputs.map((input) => ({
    ...input,
    request: { ...input.request, width, height },
    sources: input.sources.map((source) => {
      const { window } = source;
      return { ...source, window: { ...window, column: window.column - column, row: window.row - row } };
    }),
  }));
  return { job: { ...job, grid: shiftGrid(job.grid, column, row), width, height, inputs }, at: [column, row] };
}

function isPerPixel({ coloring, rim, ground }: JobColors): boolean {
  return rim === 0 && ground === undefined && coloring.opaque !== true;
}

function around(p: PixelWindow, q: PixelWindow): PixelWindow {
  const [column, row] = [Math.min(p.column, q.column), Math.min(p.row, q.row)];
  const [right, bottom] = [Math.max(p.column + p.width, q.column + q.width), Math.max(p.row + p.height, q.row + q.height)];
  return { column, row, width: right - column, height: bottom - row };
}

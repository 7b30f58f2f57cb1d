import type { Kernel } from '../raster/resampling.ts';
import type { JobInput, RenderJob } from './render-job.ts';

/** Nanoseconds that a kernel takes for a sample of a band under the picture, as measured on one core; see bench/. */
const SAMPLE_NS: Readonly<Record<Kernel, number>> = {
  area: 6,
  nearest: 1,
  bilinear: 6,
  cubic: 10,
  cubic_spline: 10,
  lanczos: 12,
  average: 6,
  sum: 6,
  min: 6,
  max: 6,
  class: 20,
  mode: 20,
  median: 60,
};
/** The same for a pixel of the picture and a band, whatever is under it; and for what is computed and coloured. */
const PIXEL_NS = 6;
const FORMULA_NS = 15;
const ALGORITHM_NS = 100;
const COLOR_NS = 10;
/** For an edge of what the picture is clipped by. */
const EDGE_NS = 100;

/** About how many milliseconds of one core a job will take, encoding left out. */
export function jobCost(job: RenderJob): number {
  const pixels = job.width * job.height;
  const read = job.inputs.reduce((sum, input) => sum + inputNs(input), 0);
  const computed = (job.program?.expressions.length ?? 0) * FORMULA_NS + (job.algorithm === undefined ? 0 : ALGORITHM_NS);
  const edges = (job.clip ?? []).reduce((sum, ring) => sum + ring.length / 2, 0);
  return (read + edges * EDGE_NS + pixels * (computed + (job.colors === undefined ? 0 : COLOR_NS))) / 1e6;
}

function inputNs({ sources, request }: JobInput): number {
  return sources.reduce((sum, { window, bounds, blocks }) => {
    const [first] = blocks;
    if (first === undefined) return sum;
    const cell = Math.abs(first.grid.scaleX * first.grid.scaleY - first.grid.skewX * first.grid.skewY);
    const under = ((bounds[2] - bounds[0]) * (bounds[3] - bounds[1])) / cell;
    const held = blocks.reduce((all, block) => all + block.width * block.height, 0);
    const samples = Math.min(Number.isFinite(under) ? under : held, held);
    return sum + request.bands.length * (samples * SAMPLE_NS[request.kernel] + window.width * window.height * PIXEL_NS);
  }, 0);
}

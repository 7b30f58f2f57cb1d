import { compile } from '../algebra/compile.ts';
import { algorithmOf, runAlgorithm } from '../raster/algorithms/registry.ts';
import { gather } from '../raster/gather.ts';
import { shiftGrid } from '../raster/grid.ts';
import type { Allocate, Plane } from '../raster/image.ts';
import { clipPlanes } from './clip.ts';
import type { JobInput, JobPlanes, RenderJob, Scale } from './render-job.ts';

/**
 * The numbers of a job: blocks to planes, formulas, algorithm, clip. Where one of several collections has no row its
 * plane has no data; undefined where none has any.
 */
export function computePlanes(job: RenderJob, allocate: Allocate): JobPlanes | undefined {
  const { width, height, cover, program } = job;
  const found = job.inputs.map((input) => readInput(input, allocate));
  if (found.every((planes) => planes === undefined)) return undefined;
  const all = found.flatMap((planes, n) => planes ?? emptyPlanes(job.inputs[n]?.request.bands.length ?? 0, width * height, allocate));
  const read = cover ? all.slice(0, -1) : all;
  const computed = program === undefined ? read : program.expressions.map(() => allocate(width * height, true));
  if (program !== undefined) compile(program.expressions, program.variables, program.fills).run(read, computed);
  const result = process({ grid: job.grid, width, height, planes: computed, cover: cover ? all.at(-1) : undefined }, job, allocate);
  if (job.clip !== undefined) clipPlanes(result.planes, result, job.clip);
  return result;
}

function readInput({ sources, request, scales }: JobInput, allocate: Allocate): readonly Plane[] | undefined {
  const planes = gather(sources, request, allocate);
  return scales === undefined ? planes : planes?.map((plane, n) => unscale(plane, scales[n]));
}

/** Values as they are meant, with the digits of Float64. */
export function unscale<P extends Plane>(plane: P, scale: Scale | undefined): P | Float64Array {
  if (scale === undefined || (scale.scale === 1 && scale.offset === 0)) return plane;
  return Float64Array.from(plane, (value) => value * scale.scale + scale.offset);
}

function emptyPlanes(count: number, length: number, allocate: Allocate): readonly Plane[] {
  return Array.from({ length: count }, () => allocate(length, false).fill(Number.NaN));
}

/** What the job's algorithm makes of planes with its rim around them; the result lacks it. */
function process(planes: JobPlanes, { algorithm }: RenderJob, allocate: Allocate): JobPlanes {
  if (algorithm === undefined) return planes;
  const { call, toLonLat } = algorithm;
  const { grid, width, height } = planes;
  const { rim } = algorithmOf(call.name);
  return {
    grid: shiftGrid(grid, rim, rim),
    width: width - 2 * rim,
    height: height - 2 * rim,
    planes: runAlgorithm(call, { planes: planes.planes, width, height, grid, toLonLat }, allocate),
    cover: planes.cover,
  };
}

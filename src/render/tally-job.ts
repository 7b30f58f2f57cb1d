import type { Allocate, Plane } from '../raster/image.ts';
import { groundOf, type AreaTable, type Place } from '../raster/statistics/area-table.ts';
import { tallyBlocks } from '../raster/statistics/tally-blocks.ts';
import { tallyPlane, type Tally } from '../raster/statistics/tally.ts';
import { coverOf, type Zone } from '../raster/statistics/zone.ts';
import { computePlanes } from './compute-planes.ts';
import type { Part } from './part.ts';
import { jobCost } from './job-cost.ts';
import type { RenderJob } from './render-job.ts';

/** How the values of a window count. */
export interface TallyAsk {
  /** Where the window lies on the grid of zone and areas. */
  readonly place: Place;
  /** Absent: all of the window counts. */
  readonly zone?: Zone | undefined;
  /** Absent: the ground does not matter. */
  readonly areas?: AreaTable | undefined;
  /** What samples weigh: one, or their share in the zone; or the square metres of that. */
  readonly weigh: 'samples' | 'ground';
  /** Values that are not counted in place are kept too. */
  readonly keep: boolean;
  /** The only window, or one of many. */
  readonly part: Part;
}

/** Counts what a job makes of its window, one tally an output; undefined where no pixel belongs to the zone. */
export function tallyJob(job: RenderJob, ask: TallyAsk, allocate: Allocate): readonly Tally[] | undefined {
  const { zone, areas, place, keep } = ask;
  const direct = zone === undefined && areas === undefined ? straight(job) : undefined;
  if (direct !== undefined) return direct;
  const shares = zone === undefined ? undefined : coverOf(zone, place);
  if (zone !== undefined && shares === undefined) return undefined;
  const ground = areas === undefined ? undefined : groundOf(place, areas, shares);
  const planes = computePlanes(job, allocate)?.planes ?? missing(job, allocate);
  const options = ask.weigh === 'ground' ? { weights: ground, keep } : { weights: shares, ground, keep };
  return planes.map((plane) => tallyPlane(plane, options));
}

/** Without planes, where stored values are all that is wanted. */
function straight({ inputs, program, algorithm, clip, cover }: RenderJob): readonly Tally[] | undefined {
  const [input, ...more] = inputs;
  if (input === undefined || more.length > 0 || program !== undefined || algorithm !== undefined || clip !== undefined || cover)
    return undefined;
  const isStored = input.scales?.every(({ scale, offset }) => scale === 1 && offset === 0) ?? true;
  return isStored && input.request.prepare === undefined ? tallyBlocks(input.sources, input.request) : undefined;
}

function missing({ inputs, program, width, height }: RenderJob, allocate: Allocate): readonly Plane[] {
  const count = program?.expressions.length ?? inputs.reduce((sum, { request }) => sum + request.bands.length, 0);
  return Array.from({ length: count }, () => allocate(width * height, false).fill(Number.NaN));
}

/** Nanoseconds to count a sample, to find the ground under it, and to follow an edge of a zone through a window. */
const [COUNT_NS, OTHERS_NS, GROUND_NS, EDGE_NS] = [3, 80, 4, 100];

/** About how many milliseconds of one core a tally will take. */
export function tallyCost(job: RenderJob, { zone, areas, keep }: TallyAsk): number {
  const pixels = job.width * job.height;
  const outputs = job.program?.expressions.length ?? job.inputs.reduce((sum, { request }) => sum + request.bands.length, 0);
  const edges =
    zone === undefined ? 0 : zone.polygons.reduce((sum, rings) => sum + rings.reduce((all, ring) => all + ring.length / 2, 0), 0);
  const counting = outputs * pixels * (COUNT_NS + (keep && !isWhole(job) ? OTHERS_NS : 0));
  return jobCost(job) + (counting + (areas === undefined ? 0 : pixels * GROUND_NS) + edges * EDGE_NS) / 1e6;
}

/** True where all values are counted in place: stored whole numbers. */
function isWhole({ program, inputs }: RenderJob): boolean {
  return (
    program === undefined &&
    inputs.every(({ sources, request }) => {
      const [block] = sources.flatMap(({ blocks }) => blocks[0] ?? []);
      return request.bands.every((n) => !(block?.bands[n]?.pixelType.endsWith('BF') ?? false));
    })
  );
}

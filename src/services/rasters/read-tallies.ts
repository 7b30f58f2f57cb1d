import { inStages } from '../../base/in-stages.ts';
import type { Turns } from '../../base/turns.ts';
import type { RunContext } from '../../db/database.ts';
import { shiftGrid } from '../../raster/grid.ts';
import type { Look } from '../../raster/look.ts';
import type { Place } from '../../raster/statistics/area-table.ts';
import type { Tally } from '../../raster/statistics/tally.ts';
import { meetsZone } from '../../raster/statistics/zone.ts';
import type { Renderer } from '../../render/create-renderer.ts';
import type { RenderJob } from '../../render/render-job.ts';
import type { TallyAsk } from '../../render/tally-job.ts';
import type { Target } from './placement.ts';
import { draftPicture, planJob, type PictureParts } from './plan-job.ts';
import type { WindowsRequest } from './raster-request.ts';
import { inputOf, readPlanes } from './read-values.ts';
import { placesOf } from './read-windows.ts';

/** Whose values are counted, and how. */
export interface TalliesRequest extends Pick<WindowsRequest, 'collection' | 'target' | 'rows'> {
  /** Bands, expressions, nodata and unscale of it count; its colours do not. */
  readonly look: Look;
  readonly counting: Omit<TallyAsk, 'place' | 'keep' | 'part'>;
  /** Whether the values that are not counted in place are wanted of the windows to come. */
  keep(): boolean;
}

/** What tallies are made with. */
export interface TallyTools {
  readonly pictures: PictureParts;
  readonly renderer: Renderer;
  /** For windows of all requests together: memory is bounded by it, and requests take turns. */
  readonly turns: Turns;
}

/** Pixels of a window where values have to be computed. */
const COMPUTED_PIXELS = 1_000_000;
/** Windows that are being read or counted while the last one is added up. */
const AHEAD = 2;

/** Counts a target window by window, one tally an output; windows without a pixel of the zone are left out. */
export async function* readTallies(tools: TallyTools, request: TalliesRequest, context: RunContext): AsyncIterable<readonly Tally[]> {
  const { zone } = request.counting;
  const places = windowsOf(request).filter((place) => zone === undefined || meetsZone(zone, place));
  const part = places.length > 2 ? 'bulk' : 'alone';
  const results = inStages(
    places,
    {
      ahead: AHEAD,
      turns: tools.turns,
      read: async (place, signal) => ({ place, job: await jobOf(tools.pictures, request, place, { ...context, signal }) }),
      work: ({ place, job }, signal) => tools.renderer.tallies(job, { ...request.counting, place, keep: request.keep(), part }, signal),
    },
    context.signal,
  );
  for await (const tallies of results) if (tallies !== undefined) yield tallies;
}

function isComputed({ expressions, algorithm }: Look): boolean {
  return expressions !== undefined || algorithm !== undefined;
}

function bandsOf({ collection, look }: TalliesRequest): readonly number[] {
  return look.bands ?? collection.bands.map((_, n) => n);
}

function windowsOf(request: TalliesRequest): readonly Place[] {
  const { target } = request;
  const strips = { windowWidth: target.width, windowHeight: Math.max(1, Math.floor(COMPUTED_PIXELS / target.width)) };
  return placesOf({ ...request, bands: bandsOf(request), ...(isComputed(request.look) ? strips : {}) });
}

/** What makes the numbers of a window: stored ones as they are, others as pictures are made. */
async function jobOf(parts: PictureParts, request: TalliesRequest, place: Place, context: RunContext): Promise<RenderJob> {
  const { collection, look, rows } = request;
  const { width, height } = place;
  const target: Target = { ...request.target, grid: shiftGrid(request.target.grid, place.column, place.row), width, height };
  const common = { grid: target.grid, width, height, cover: false };
  if (isComputed(look)) {
    const draft = await draftPicture(parts, { sources: [{ collection }], target, look, rows }, context);
    const planned = await planJob(parts, draft, 0, context);
    const program = { expressions: look.expressions ?? [], variables: draft.plan.variables, fills: draft.plan.fills };
    return planned?.job ?? { ...common, inputs: [], program };
  }
  const { nodata, unscale } = look;
  const bands = bandsOf(request);
  const read = await readPlanes(
    parts.readSources,
    { collection, target, bands, kernel: 'nearest', rows, nodata, unscale, native: true },
    context,
  );
  return { ...common, inputs: [inputOf(read)] };
}

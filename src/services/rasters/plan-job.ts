import { WGS84 } from '../../crs/crs-definition.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import { createGround } from '../../raster/algorithms/ground.ts';
import { algorithmOf } from '../../raster/algorithms/registry.ts';
import type { Preparation } from '../../raster/gather.ts';
import type { Kernel } from '../../raster/resampling.ts';
import type { Appearance } from './appearance.ts';
import type { RenderJob } from '../../render/render-job.ts';
import { knownTransform } from './known-transform.ts';
import { checkSize, type RasterLimits } from './limits.ts';
import { planPicture, type PicturePlan } from './picture-plan.ts';
import type { Target } from './placement.ts';
import type { PictureRequest } from './raster-request.ts';
import { inputOf, readPlanes, type ReadPlanes } from './read-values.ts';
import type { ReadSources } from './read-sources.ts';
import type { References } from './references.ts';
import { rowCondition } from './row-condition.ts';
import { growTarget } from './targets.ts';

/** What pictures are drawn with. */
export interface PictureParts {
  readonly readSources: ReadSources;
  /** The same of kept blocks, which may have changed. */
  readonly likelySources: ReadSources;
  readonly references: References;
  readonly limits: RasterLimits;
  appearance(collection: RasterCollection, context: RunContext): Promise<Appearance>;
}

/** What is decided about a picture before anything is read. */
export interface Draft {
  readonly request: PictureRequest;
  readonly appearance: Appearance;
  readonly plan: PicturePlan;
}

/** Decides what to read. @throws AppError INVALID_PARAMETER for what is not there */
export async function draftPicture(parts: PictureParts, request: PictureRequest, context: RunContext): Promise<Draft> {
  const [first] = request.sources;
  // The appearance of the first collection speaks for all: its kernel, and its bands when it is alone.
  const appearance = first === undefined ? NOTHING : await parts.appearance(first.collection, context);
  const { algorithm } = request.look;
  return {
    request,
    appearance,
    plan: planPicture(request, appearance, algorithm === undefined ? undefined : algorithmOf(algorithm.name).inputs.most),
  };
}

/** Bands and columns that a request names must be there, whatever is to be seen of them. @throws AppError INVALID_PARAMETER */
export function checkPicture(request: PictureRequest): void {
  const { algorithm } = request.look;
  planPicture(request, NOTHING, algorithm === undefined ? undefined : algorithmOf(algorithm.name).inputs.most);
  for (const { collection } of request.sources) rowCondition(collection, request.rows);
}

const NOTHING: Appearance = { kind: 'gray', bands: [0], alpha: undefined, ranges: [{ min: 0, max: 255 }] };

/** A job without colours, and what was read for it. */
export interface PlannedJob {
  readonly job: RenderJob;
  readonly reads: readonly ReadPlanes[];
}

/**
 * Reads what a picture is made of, collections side by side, with pixels of neighbours as the algorithm and `rim` want
 * them. Undefined where no row lies.
 * @throws AppError CONTENT_TOO_LARGE
 */
export async function planJob(parts: PictureParts, draft: Draft, rim: number, context: RunContext): Promise<PlannedJob | undefined> {
  const { request, appearance, plan } = draft;
  const { look, rows } = request;
  const algorithmRim = look.algorithm === undefined ? 0 : algorithmOf(look.algorithm.name).rim;
  // Neighbours are not counted: who asks for the size that is published gets it.
  checkSize(request.target, parts.limits);
  const target = growTarget(request.target, rim + algorithmRim);
  const kernel = look.resampling ?? (look.categorical === true ? 'class' : kernelOf(appearance));
  const common = { target, kernel, rows, nodata: look.nodata, unscale: look.unscale, prepare: preparationOf(draft) };
  const reads = await Promise.all(plan.inputs.map((input) => readPlanes(parts.readSources, { ...input, ...common }, context)));
  context.signal.throwIfAborted();
  if (reads.every(({ found }) => found.sources.length === 0)) return undefined;
  const { grid, width, height } = target;
  const { expressions } = look;
  const job: RenderJob = {
    grid,
    width,
    height,
    inputs: reads.map(inputOf),
    cover: plan.cover,
    program: expressions === undefined ? undefined : { expressions, variables: plan.variables, fills: plan.fills },
    algorithm: look.algorithm === undefined ? undefined : await stepOf(parts, look.algorithm, target, context),
    clip: request.clip,
  };
  return { job, reads };
}

/** How the values of a collection are resampled when nobody says otherwise. */
function kernelOf({ kind }: Appearance): Kernel {
  return kind === 'classes' ? 'class' : 'area';
}

/** Colours of one collection agree on where there is data, and what alpha hides does not bleed. */
function preparationOf({ plan, request: { look, sources } }: Draft): Preparation | undefined {
  const [input] = plan.inputs;
  const isComputed = look.expressions !== undefined || look.algorithm !== undefined;
  if (input === undefined || isComputed || sources.length > 1 || sources[0]?.name !== undefined) return undefined;
  const { bands, collection } = input;
  if (plan.cover) return { kind: 'alpha', cover: bands.length - 1 };
  return bands.length < 3 ? undefined : { kind: 'unite', fill: bands.map((band) => collection.bands[band]?.nodata ?? 0) };
}

async function stepOf(
  { references }: PictureParts,
  call: NonNullable<PictureRequest['look']['algorithm']>,
  { srid, grid, width, height }: Target,
  context: RunContext,
): Promise<NonNullable<RenderJob['algorithm']>> {
  const { rim } = algorithmOf(call.name);
  const { forward } = await references(srid, WGS84.srid, context);
  const toLonLat = await knownTransform(
    forward,
    (transform) => (rim > 0 ? createGround({ grid, width, height }, transform) : undefined),
    context,
  );
  return { call, toLonLat };
}

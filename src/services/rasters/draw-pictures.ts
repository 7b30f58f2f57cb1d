import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import { needsNeighbours } from '../../color/enhancement.ts';
import type { Overlay } from '../../image/compose.ts';
import type { EncodedPicture } from '../../image/encode.ts';
import type { Picture } from '../../image/picture.ts';
import type { PictureFile } from '../../image/picture-file.ts';
import type { Look } from '../../raster/look.ts';
import { algorithmOf } from '../../raster/algorithms/registry.ts';
import type { Composition } from '../../render/composition.ts';
import type { Renderer } from '../../render/create-renderer.ts';
import { cropJob } from '../../render/crop-job.ts';
import type { JobColors, RenderJob } from '../../render/render-job.ts';
import { drawAhead } from './draw-ahead.ts';
import { shownPlanes, type PictureColoring } from './picture-coloring.ts';
import { planColoring, type Shown } from './plan-coloring.ts';
import { checkPictureSize } from './limits.ts';
import { draftPicture, planJob, type Draft, type PictureParts, type PlannedJob } from './plan-job.ts';
import type { ColoringRequest, Computed, PictureRequest, Values } from './raster-request.ts';
import { createStretch, type Stretch } from './stretch.ts';
import { nativeTarget } from './targets.ts';

/** Draws pictures, or stops before the colours. */
export interface Pictures {
  computed(request: PictureRequest, context: RunContext): Promise<Computed | undefined>;
  picture(request: PictureRequest, context: RunContext): Promise<Picture | undefined>;
  patch(request: PictureRequest, context: RunContext): Promise<Overlay | undefined>;
  encoded(request: PictureRequest, file: PictureFile, context: RunContext): Promise<EncodedPicture | undefined>;
  composed(composition: Composition, context: RunContext): Promise<Picture>;
  composedFile(composition: Composition, file: PictureFile, context: RunContext): Promise<EncodedPicture>;
  coloring(request: ColoringRequest, context: RunContext): Promise<PictureColoring>;
}

/** Longer side of what is looked at to find a range. */
const OVERVIEW_PX = 512;

/** Pictures from sources. */
export function createPictures(parts: PictureParts, renderer: Renderer): Pictures {
  const computed = createComputed(parts, renderer);
  const stretch = createStretch(async (request, context) => (await computed(afar(request), context))?.values.bands ?? []);
  const plan = (request: PictureRequest, context: RunContext): Promise<ColoredJob | undefined> =>
    colored(parts, request, { stretch, context });
  const likely = (request: PictureRequest, context: RunContext): Promise<ColoredJob | undefined> =>
    colored({ ...parts, readSources: parts.likelySources }, request, { stretch, context });
  // Encoded pictures that are in the making.
  let wanted = 0;
  const counted = async <T>(make: () => Promise<T>): Promise<T> => {
    wanted += 1;
    try {
      return await make();
    } finally {
      wanted -= 1;
    }
  };
  return {
    computed,
    async picture(request, context) {
      const planned = await plan(request, context);
      return planned === undefined ? undefined : renderer.picture(planned.job, context.signal);
    },
    async patch(request, context) {
      const planned = await plan(request, context);
      return planned === undefined ? undefined : drawPatch(renderer, planned.job, context.signal);
    },
    encoded: (request, file, context) =>
      counted(async () => {
        const certain = plan(request, context);
        const guess = wanted > 1 ? Promise.resolve(undefined) : likely(request, context);
        return drawAhead({ likely: guess, certain }, ({ job }) =>
          renderer.encoded(job, file, { signal: context.signal, crowded: wanted > 1 }),
        );
      }),
    composed: (composition, context) => renderer.composed(composition, context.signal),
    composedFile: (composition, file, context) =>
      counted(() => renderer.composedFile(composition, file, { signal: context.signal, crowded: wanted > 1 })),
    async coloring(asked, context) {
      const [first] = asked.sources;
      if (first === undefined)
        throw new AppError('INVALID_PARAMETER', { detail: 'Cannot explain a picture of no collections: expected at least 1' });
      const request = { ...asked, target: nativeTarget(first.collection, { maxSize: OVERVIEW_PX }) };
      const draft = await draftPicture(parts, request, context);
      const planes = shownPlanes(draft.plan, request.look);
      return { planes, coloring: await planColoring(request, { ...draft, count: planes.length }, { stretch, context }) };
    },
  };
}

/** A job's picture without what is transparent around it. */
async function drawPatch(renderer: Renderer, whole: ColoredJob['job'], signal: AbortSignal): Promise<Overlay | undefined> {
  const { job, at } = cropJob(whole);
  const picture = await renderer.picture(job, signal);
  return picture === undefined ? undefined : { ...picture, at };
}

/** Numbers of sources before they get colours. */
function createComputed(parts: PictureParts, renderer: Renderer): Pictures['computed'] {
  return async (request, context) => {
    const draft = await draftPicture(parts, request, context);
    const planned = await planJob(parts, draft, 0, context);
    if (planned === undefined) return undefined;
    const found = await renderer.planes(planned.job, context.signal);
    const level = planned.reads.find((read) => read.found.level !== undefined)?.found.level;
    if (found === undefined || level === undefined) return undefined;
    const { planes, grid, width, height } = found;
    const values: Values = { srid: request.target.srid, grid, width, height, bands: planes, level };
    return { values, kind: request.look.algorithm === undefined ? 'values' : algorithmOf(request.look.algorithm.name).output };
  };
}

/** A job, and what was read for it. */
interface ColoredJob extends PlannedJob {
  readonly job: RenderJob & { readonly colors: JobColors };
}

async function colored(
  parts: PictureParts,
  request: PictureRequest,
  means: { readonly stretch: Stretch; readonly context: RunContext },
): Promise<ColoredJob | undefined> {
  const { look } = request;
  checkPictureSize(request.target, parts.limits);
  const draft = await draftPicture(parts, request, means.context);
  const rim = needsNeighbours(look.enhance ?? {}) ? 1 : 0;
  const planned = await planJob(parts, draft, rim, means.context);
  if (planned === undefined) return undefined;
  const coloring = await planColoring(request, shownOf(draft), means);
  return { ...planned, job: { ...planned.job, colors: { coloring, rim, ground: request.ground } } };
}

/** How many planes will be shown; two are taken as one. */
function shownOf({ request, plan, appearance }: Draft): Shown {
  const { look } = request;
  const read = look.expressions?.length ?? plan.variables.length;
  const made = look.algorithm === undefined ? read : (algorithmOf(look.algorithm.name).outputs ?? read);
  return { appearance, plan, count: made === 2 ? 1 : made };
}

/** The same request for all of its first collection, whatever rows it chooses: pictures of other times have the same colours. */
function afar(request: PictureRequest): PictureRequest {
  const [first] = request.sources;
  const target = first === undefined ? request.target : nativeTarget(first.collection, { maxSize: OVERVIEW_PX });
  const look: Look = { ...request.look, resampling: 'nearest' };
  const rows = request.rows?.selection === 'count' ? { selection: request.rows.selection } : undefined;
  return { ...request, look, target, rows, clip: undefined };
}

import { AppError } from '../../base/error.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import { needsNeighbours } from '../../color/enhancement.ts';
import type { Picture } from '../../image/picture.ts';
import type { Preparation } from '../../raster/gather.ts';
import { allocatePlane, type Plane } from '../../raster/image.ts';
import type { Look } from '../../raster/look.ts';
import type { Kernel } from '../../raster/resampling.ts';
import type { Range } from '../../raster/rescale.ts';
import type { Rescale } from '../../raster/rescale-spec.ts';
import { algorithmOf } from '../../raster/algorithms/registry.ts';
import { createScratch, type Scratch } from '../../raster/scratch.ts';
import type { Appearance } from './appearance.ts';
import { clipPlanes } from './clip.ts';
import { evaluate, inputsOf, process, readInputs } from './compute.ts';
import { drawPicture } from './draw.ts';
import { checkSize, type RasterLimits } from './limits.ts';
import { paint } from './paint.ts';
import { coloringOf, shownPlanes, type PictureColoring } from './picture-coloring.ts';
import { planPicture, type PicturePlan } from './picture-plan.ts';
import type { Target } from './placement.ts';
import type { ColoringRequest, Computed, PictureRequest } from './raster-request.ts';
import type { ReadSources } from './read-sources.ts';
import { planesOf, readPlanes } from './read-values.ts';
import type { References } from './references.ts';
import { createStretch, rescalesOf, USUAL, type Stretch } from './stretch.ts';
import { growTarget, nativeTarget } from './targets.ts';

/** What pictures are drawn with. */
export interface PictureParts {
  readonly readSources: ReadSources;
  readonly references: References;
  readonly limits: RasterLimits;
  appearance(collection: RasterCollection, context: RunContext): Promise<Appearance>;
}

/** Draws pictures, or stops before the colours. */
export interface Pictures {
  computed(request: PictureRequest, context: RunContext): Promise<Computed | undefined>;
  picture(request: PictureRequest, context: RunContext): Promise<Picture | undefined>;
  coloring(request: ColoringRequest, context: RunContext): Promise<PictureColoring>;
}

const SCRATCH_BYTES = 32 * 1024 * 1024;
/** Longer side of what is looked at to find a range. */
const OVERVIEW_PX = 512;

/** Pictures from sources. */
export function createPictures(parts: PictureParts): Pictures {
  const scratch = createScratch(SCRATCH_BYTES);
  const stretch = createStretch(async (request, context) => (await compute(parts, afar(request), context))?.computed.values.bands ?? []);
  return {
    async computed(request, context) {
      return (await compute(parts, { request, rim: 0 }, context))?.computed;
    },
    async picture(request, context) {
      const plain = plainSource(request);
      if (plain !== undefined) return drawPlain(parts, { collection: plain, target: request.target, request }, { scratch, context });
      return drawLook(parts, request, { stretch, context });
    },
    async coloring(asked, context) {
      const [first] = asked.sources;
      if (first === undefined)
        throw new AppError('INVALID_PARAMETER', { detail: 'Cannot explain a picture of no collections: expected at least 1' });
      const request = { ...asked, target: nativeTarget(first.collection, { maxSize: OVERVIEW_PX }) };
      const appearance = await appearanceOf(parts, request, context);
      const algorithm = request.look.algorithm === undefined ? undefined : algorithmOf(request.look.algorithm.name);
      const plan = planPicture(request, appearance, algorithm?.inputs.most);
      const planes = shownPlanes(plan, request.look);
      if (algorithm?.output === 'rgb') return { planes, coloring: coloringOf({ ...request.look, colorMap: undefined }, [], undefined) };
      return { planes, coloring: await decide(request, { count: planes.length, plan, appearance }, { stretch, context }) };
    },
  };
}

/** The collection of a request that says nothing about the look, or only the kernel. */
function plainSource({ sources: [first, ...more], look, clip }: PictureRequest): RasterCollection | undefined {
  if (first === undefined || more.length > 0 || first.name !== undefined || clip !== undefined) return undefined;
  const said = Object.entries(look).filter(([name, value]) => value !== undefined && name !== 'resampling' && name !== 'nodata');
  return said.length === 0 ? first.collection : undefined;
}

interface PlainRequest {
  readonly collection: RasterCollection;
  readonly target: Target;
  readonly request: PictureRequest;
}

/** As the collection looks by itself. From blocks to colours nothing waits: planes live in memory that the next picture takes over. */
async function drawPlain(
  parts: PictureParts,
  { collection, target, request }: PlainRequest,
  { scratch, context }: { readonly scratch: Scratch; readonly context: RunContext },
): Promise<Picture | undefined> {
  const appearance = await parts.appearance(collection, context);
  const bands = appearance.alpha === undefined ? appearance.bands : [...appearance.bands, appearance.alpha];
  const kernel = request.look.resampling ?? kernelOf(appearance);
  const prepare = preparationOf(collection, bands, appearance.alpha !== undefined);
  checkSize(target, parts.limits);
  const wanted = { collection, target, bands, kernel, prepare, rows: request.rows, nodata: request.look.nodata };
  const read = await readPlanes(parts.readSources, wanted, context);
  try {
    const planes = planesOf(read, scratch.allocate);
    return planes === undefined ? undefined : drawPicture({ width: target.width, height: target.height, planes }, appearance);
  } finally {
    scratch.release();
  }
}

function kernelOf({ kind }: Appearance): Kernel {
  return kind === 'classes' ? 'class' : 'area';
}

/** Colours agree on where there is data, and what alpha hides does not bleed. */
function preparationOf(collection: RasterCollection, bands: readonly number[], covered: boolean): Preparation | undefined {
  if (covered) return { kind: 'alpha', cover: bands.length - 1 };
  return bands.length < 3 ? undefined : { kind: 'unite', fill: bands.map((band) => collection.bands[band]?.nodata ?? 0) };
}

/** A request, and pixels of neighbours that are wanted around it. */
interface Order {
  readonly request: PictureRequest;
  readonly rim: number;
}

interface Result {
  readonly computed: Computed;
  readonly cover: Plane | undefined;
  readonly plan: PicturePlan;
  readonly appearance: Appearance;
}

async function compute(parts: PictureParts, { request, rim }: Order, context: RunContext): Promise<Result | undefined> {
  const { look, sources } = request;
  const appearance = await appearanceOf(parts, request, context);
  const algorithm = look.algorithm === undefined ? undefined : algorithmOf(look.algorithm.name);
  const plan = planPicture(request, appearance, algorithm?.inputs.most);
  const target = growTarget(request.target, rim + (algorithm?.rim ?? 0));
  checkSize(target, parts.limits);
  const single = sources.length === 1 && sources[0]?.name === undefined ? sources[0]?.collection : undefined;
  const plain = look.expressions === undefined && look.algorithm === undefined;
  const bands = plan.inputs[0]?.bands ?? [];
  const prepare = single !== undefined && plain ? preparationOf(single, bands, plan.cover) : undefined;
  const kernel = look.resampling ?? (look.categorical === true ? 'class' : kernelOf(appearance));
  const reads = await readInputs(parts.readSources, { plan, request, reading: { target, kernel, prepare } }, context);
  context.signal.throwIfAborted();
  const inputs = inputsOf(reads, plan.cover, allocatePlane);
  if (inputs === undefined) return undefined;
  const evaluated = evaluate(inputs, plan, look);
  const values = look.algorithm === undefined ? evaluated : await process(evaluated, look.algorithm, parts.references, context);
  if (request.clip !== undefined) clipPlanes(values.bands, values, request.clip);
  return { computed: { values, kind: algorithm?.output ?? 'values' }, cover: inputs.cover, plan, appearance };
}

/** The appearance of the first collection speaks for all: its kernel, and its bands when it is alone. */
async function appearanceOf(parts: PictureParts, { sources: [first] }: PictureRequest, context: RunContext): Promise<Appearance> {
  return first === undefined ? NOTHING : parts.appearance(first.collection, context);
}

const NOTHING: Appearance = { kind: 'gray', bands: [0], alpha: undefined, ranges: [{ min: 0, max: 255 }] };

async function drawLook(
  parts: PictureParts,
  request: PictureRequest,
  { stretch, context }: { readonly stretch: Stretch; readonly context: RunContext },
): Promise<Picture | undefined> {
  const { look } = request;
  const rim = needsNeighbours(look.enhance ?? {}) ? 1 : 0;
  const result = await compute(parts, { request, rim }, context);
  if (result === undefined) return undefined;
  const { values } = result.computed;
  const { width, height } = values;
  const planes = values.bands.length === 2 ? values.bands.slice(0, 1) : values.bands;
  if (result.computed.kind === 'rgb')
    return paint({ planes, cover: result.cover, width, height, rim }, coloringOf({ ...look, colorMap: undefined }, [], undefined));
  const coloring = await decide(request, { ...result, count: planes.length }, { stretch, context });
  return paint({ planes, cover: result.cover, width, height, rim }, coloring);
}

/** How many planes are shown, and what decides their colours. */
type Shown = Pick<Result, 'appearance' | 'plan'> & { readonly count: number };

/** Colours as the look says, else as the collection looks by itself. */
async function decide(
  request: PictureRequest,
  shown: Shown,
  means: { readonly stretch: Stretch; readonly context: RunContext },
): Promise<PictureColoring['coloring']> {
  const classes = classesOf(request.look, shown);
  return coloringOf(request.look, classes === undefined ? await rangesOf(request, shown, means) : [], classes);
}

/** Classes are coloured by themselves where no map and no range says otherwise. */
function classesOf(look: Look, { appearance, plan }: Shown): Appearance | undefined {
  const plain = look.expressions === undefined && look.algorithm === undefined && look.colorMap === undefined && look.rescale === undefined;
  if (look.categorical === false || !plain || plan.variables.length !== 1) return undefined;
  if (appearance.kind === 'classes') return appearance;
  return look.categorical === true ? { kind: 'classes', bands: [0], alpha: undefined, classes: [] } : undefined;
}

/** What becomes the first and last colour: as the look says, else as the collection looks by itself. */
async function rangesOf(
  request: PictureRequest,
  { count, plan, appearance }: Shown,
  { stretch, context }: { readonly stretch: Stretch; readonly context: RunContext },
): Promise<readonly (Range | undefined)[]> {
  const { look } = request;
  const bands = Array.from({ length: count });
  const asked = rescalesOf(look, count);
  const map = look.colorMap;
  // A map of values is asked about the values themselves, unless the look says that they are to be stretched first.
  if (map !== undefined && map.kind !== 'ramp' && look.rescale === undefined) return bands.map(() => undefined);
  const usual = look.algorithm === undefined ? usualRescales(plan, appearance, look) : algorithmRescales(look.algorithm.name, count);
  const wanted = bands.map((_, n): Rescale => asked[n] ?? usual[n] ?? USUAL);
  return stretch(request, wanted, context);
}

/** Bytes are shown as they are, bands of the default picture with its ranges. */
function usualRescales({ inputs }: PicturePlan, appearance: Appearance, look: Look): readonly (Rescale | undefined)[] {
  if (look.expressions !== undefined) return [];
  return inputs.flatMap(({ collection, bands }) =>
    bands.map((band): Rescale | undefined => {
      const facts = collection.bands[band];
      // The usual ranges are of values as they are stored.
      if (look.unscale === true && (facts?.scale !== 1 || facts.offset !== 0)) return undefined;
      if (facts?.pixelType === '8BUI') return { kind: 'numbers', min: 0, max: 255 };
      const own = appearance.kind === 'classes' ? undefined : appearance.ranges[appearance.bands.findIndex((shown) => shown === band)];
      return own === undefined || inputs.length > 1 ? undefined : { kind: 'numbers', ...own };
    }),
  );
}

function algorithmRescales(name: string, bands: number): readonly (Rescale | undefined)[] {
  const { range } = algorithmOf(name);
  return range === undefined ? [] : Array.from({ length: bands }, () => ({ kind: 'numbers', min: range[0], max: range[1] }));
}

/** The same request for all of its first collection. */
function afar(request: PictureRequest): Order {
  const [first] = request.sources;
  const target = first === undefined ? request.target : nativeTarget(first.collection, { maxSize: OVERVIEW_PX });
  const look: Look = { ...request.look, resampling: 'nearest' };
  return { request: { ...request, look, target, clip: undefined }, rim: 0 };
}

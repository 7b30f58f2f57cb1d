import type { RunContext } from '../../db/database.ts';
import type { ColorMap } from '../../color/color-map.ts';
import { algorithmOf } from '../../raster/algorithms/registry.ts';
import type { Look } from '../../raster/look.ts';
import type { Range } from '../../raster/rescale.ts';
import type { Rescale } from '../../raster/rescale-spec.ts';
import type { Appearance } from './appearance.ts';
import { coloringOf, type PictureColoring } from './picture-coloring.ts';
import type { PicturePlan } from './picture-plan.ts';
import type { PictureRequest } from './raster-request.ts';
import { rescalesOf, USUAL, type Stretch } from './stretch.ts';

/** What is known of a picture before its colours are decided. */
export interface Shown {
  readonly appearance: Appearance;
  readonly plan: PicturePlan;
  /** Planes that are shown: one, or three and more. */
  readonly count: number;
}

/** Colours as the look says, else as the collection looks by itself; the same wherever the picture is drawn. */
export async function planColoring(
  request: PictureRequest,
  shown: Shown,
  { stretch, context }: { readonly stretch: Stretch; readonly context: RunContext },
): Promise<PictureColoring['coloring']> {
  const { look } = request;
  const isRgb = look.algorithm !== undefined && algorithmOf(look.algorithm.name).output === 'rgb';
  if (isRgb) return coloringOf(look, [], undefined);
  const map = look.colorMap ?? ownMap(look, shown);
  // A map of values is asked about the values themselves, unless the look says that they are to be stretched first.
  const isAskedValues = map !== undefined && map.kind !== 'ramp' && look.rescale === undefined;
  return coloringOf(look, isAskedValues ? [] : await rangesOf(request, shown, { stretch, context }), map);
}

/** The collection's own colours, where its only band of them is shown as it is; classes without names where they are asked for. */
function ownMap(look: Look, { appearance, plan }: Shown): ColorMap | undefined {
  const isComputed = look.expressions !== undefined || look.algorithm !== undefined;
  if (look.categorical === false || isComputed || look.rescale !== undefined || plan.variables.length !== 1) return undefined;
  const isOwn = look.bands === undefined || look.bands[0] === appearance.bands[0];
  const own = isOwn && appearance.kind !== 'rgb' ? appearance.map : undefined;
  return own ?? (look.categorical === true ? { kind: 'classes', entries: [], others: 'own' } : undefined);
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

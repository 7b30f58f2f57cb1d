import type { RunContext } from '../../db/database.ts';
import { needsNeighbours } from '../../color/enhancement.ts';
import type { Overlay } from '../../image/compose.ts';
import { createCover } from '../../image/cover.ts';
import type { PixelWindow } from '../../raster/grid.ts';
import type { Look } from '../../raster/look.ts';
import type { Target } from '../rasters/placement.ts';
import type { PictureRequest } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';

/** A picture to be drawn on a common target. */
export type Layer = Omit<PictureRequest, 'target' | 'ground'>;

/** A layer, and the pixels beyond which it shows nothing. */
export interface PlacedLayer {
  readonly layer: Layer;
  readonly windows: readonly PixelWindow[];
}

/** Layers that are drawn at the same time; each reads and warps on its own. */
const AT_ONCE = 4;
/** Pixels that are drawn at the same time; larger pictures follow one another. */
const LARGE_PIXELS = 2 ** 20;
/** So many bytes of pictures wait for what is below them. */
const KEPT_BYTES = 2 ** 27;

/**
 * Which layers have something under the target, and where; faults of those that have not are found all the same.
 * @throws AppError INVALID_PARAMETER, UNSUPPORTED_CRS
 */
export async function placeLayers(
  rasters: RasterService,
  layers: readonly Layer[],
  target: Target,
  context: RunContext,
): Promise<readonly PlacedLayer[]> {
  for (const layer of layers) rasters.check({ ...layer, target });
  const placed = await Promise.all(
    layers.map(async (layer) => ({
      layer,
      windows: isPerPixel(layer.look) ? await rasters.reach({ ...layer, target }, context) : [wholeOf(target)],
    })),
  );
  return placed.filter(({ windows }) => windows.length > 0);
}

/** True where pixels show nothing but what lies under them. */
function isPerPixel({ algorithm, enhance, returnMask }: Look): boolean {
  return algorithm === undefined && returnMask !== false && !needsNeighbours(enhance ?? {});
}

function wholeOf({ width, height }: Target): PixelWindow {
  return { column: 0, row: 0, width, height };
}

/**
 * Draws layers, the first lowest, for a composition of the same pixels as one of all of them: from the top down, so that
 * what lies under opaque pixels only is neither read nor drawn. Fails as drawing does.
 */
export async function drawLayers(
  rasters: RasterService,
  layers: readonly PlacedLayer[],
  target: Target,
  context: RunContext,
): Promise<readonly Overlay[]> {
  const draw = ({ layer }: PlacedLayer): Promise<Overlay | undefined> => rasters.patch({ ...layer, target }, context);
  const cover = createCover(target);
  const drawn: Overlay[] = [];
  let waiting = layers.toReversed();
  let bytes = 0;
  while (waiting.length > 0 && bytes < KEPT_BYTES) {
    const some = drawnAtOnce(waiting, target);
    for (const overlay of await Promise.all(some.map(draw))) {
      if (overlay === undefined) continue;
      cover.add(overlay);
      drawn.push(overlay);
      bytes += overlay.width * overlay.height * (overlay.kind === 'rgba' ? 4 : 1);
    }
    waiting = waiting.slice(some.length).filter(({ windows }) => !windows.every((window) => cover.hides(window)));
  }
  const below = await drawUpwards({ rasters, draw, target }, waiting.toReversed(), context);
  return [...below, ...drawn.toReversed()];
}

/** As many of the next layers as suit; what may hide everything else is looked at before the rest is begun. */
function drawnAtOnce(layers: readonly PlacedLayer[], target: Target): readonly PlacedLayer[] {
  const all = target.width * target.height;
  const areas = layers.map(({ windows }) => windows.reduce((sum, { width, height }) => sum + width * height, 0));
  let [count, pixels] = [0, 0];
  for (const area of areas) {
    if (count > 0 && (count === AT_ONCE || pixels + area > LARGE_PIXELS)) break;
    count += 1;
    pixels += area;
    if (area >= all) break;
  }
  return layers.slice(0, count);
}

interface Upwards {
  readonly rasters: RasterService;
  readonly draw: (layer: PlacedLayer) => Promise<Overlay | undefined>;
  readonly target: Target;
}

/** Each few layers become one picture before the next are drawn: as many pictures as layers would not fit into memory. */
async function drawUpwards(
  { rasters, draw, target }: Upwards,
  layers: readonly PlacedLayer[],
  context: RunContext,
): Promise<readonly Overlay[]> {
  const { width, height } = target;
  let drawn: readonly Overlay[] = [];
  let waiting = layers;
  while (waiting.length > 0) {
    const some = drawnAtOnce(waiting, target);
    const below = drawn.length < 2 ? drawn : [await rasters.composed({ pictures: drawn, canvas: { width, height } }, context)];
    const overlays = await Promise.all(some.map(draw));
    drawn = [...below, ...overlays.flatMap((overlay) => overlay ?? [])];
    waiting = waiting.slice(some.length);
  }
  return drawn;
}

import type { RunContext } from '../../db/database.ts';
import { shiftGrid } from '../../raster/grid.ts';
import type { Place } from '../../raster/statistics/area-table.ts';
import type { Renderer } from '../../render/create-renderer.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { Target } from './placement.ts';
import type { WindowsRequest, WindowValues } from './raster-request.ts';
import type { ReadSources } from './read-sources.ts';
import { readPlanes, valuesOf } from './read-values.ts';

/** What windows are read with. */
export interface WindowTools {
  readonly readSources: ReadSources;
  readonly renderer: Renderer;
}

/** Samples of a window, all bands together: 8 MB of Float32; one is read ahead, and the blocks under both are held. */
const WINDOW_SAMPLES = 2_000_000;
const SIDE = 512;

/**
 * A target's numbers in rows of windows from the top, each row from the left. The samples are those of the level whose
 * cells the target has, as they are stored, whatever they mean. One window is read ahead while the last one is used.
 */
export async function* readWindows(tools: WindowTools, request: WindowsRequest, context: RunContext): AsyncIterable<WindowValues> {
  const places = placesOf(request);
  let ahead: Promise<WindowValues> | undefined;
  for (let n = 0; n < places.length; n += 1) {
    const place = places[n];
    if (place === undefined) break;
    const now: Promise<WindowValues> = ahead ?? readWindow(tools, request, place, context);
    const next = places[n + 1];
    const values = await now;
    ahead = next === undefined ? undefined : readWindow(tools, request, next, context);
    // Who stops early does not wait for what was read ahead.
    ahead?.catch(() => undefined);
    yield values;
  }
}

/** The windows of a target, in rows from the top, each row from the left. */
export function placesOf({
  target,
  collection,
  bands,
  windowWidth,
  windowHeight,
}: Pick<WindowsRequest, 'target' | 'collection' | 'bands' | 'windowWidth' | 'windowHeight'>): readonly Place[] {
  const size = windowSize(collection, target, bands.length);
  const [across, down] = [windowWidth ?? size.width, windowHeight ?? size.height];
  const places: Place[] = [];
  for (let row = 0; row < target.height; row += down) {
    for (let column = 0; column < target.width; column += across) {
      places.push({ column, row, width: Math.min(across, target.width - column), height: Math.min(down, target.height - row) });
    }
  }
  return places;
}

/** Whole blocks as far as memory allows, first across. */
function windowSize(
  { blockWidth = SIDE, blockHeight = SIDE }: RasterCollection,
  target: Target,
  bands: number,
): { width: number; height: number } {
  const most = Math.max(1, Math.floor(WINDOW_SAMPLES / Math.max(1, bands)));
  const tall = Math.min(target.height, Math.max(blockHeight, Math.floor(SIDE / blockHeight) * blockHeight));
  const columns = Math.max(1, Math.floor(most / tall / blockWidth)) * blockWidth;
  const width = Math.min(target.width, columns);
  const rows = Math.max(1, Math.floor(most / width / tall));
  return { width, height: Math.min(target.height, width < target.width ? tall : rows * tall) };
}

async function readWindow(tools: WindowTools, request: WindowsRequest, place: Place, context: RunContext): Promise<WindowValues> {
  const { target, collection, bands, rows, nodata, unscale, clip } = request;
  const grid = shiftGrid(target.grid, place.column, place.row);
  const part: Target = { ...target, grid, width: place.width, height: place.height };
  const read = await readPlanes(
    tools.readSources,
    { collection, target: part, bands, kernel: 'nearest', rows, nodata, unscale, clip, native: true },
    context,
  );
  return { ...place, grid, bands: (await valuesOf(tools.renderer, read, context.signal, 'bulk'))?.bands };
}

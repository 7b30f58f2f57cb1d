import { AppError } from '../../base/error.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { Database, RunContext } from '../../db/database.ts';
import type { Picture } from '../../image/picture.ts';
import { invertGrid, type PixelWindow } from '../../raster/grid.ts';
import { isWide, type Allocate, type Plane, type Raster } from '../../raster/image.ts';
import { mosaic } from '../../raster/mosaic.ts';
import { resampleArea } from '../../raster/resample-area.ts';
import { resampleClasses } from '../../raster/resample-class.ts';
import { createScratch } from '../../raster/scratch.ts';
import { fillUnder, isFull, maskByAlpha, uniteBands } from '../../raster/validity.ts';
import { planWarp, runWarpAsync, warpBounds, warpToPixels, type Warp } from '../../raster/warp.ts';
import type { Block } from '../../raster/wkb.ts';
import { hasTile, matrixBbox, tileBbox } from '../../tms/tile-grid.ts';
import type { TileMatrix, TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import type { Appearance } from './appearance.ts';
import { drawPicture } from './draw.ts';
import type { NativeBox } from './blocks-statement.ts';
import { MARGIN, readLayer } from './layers.ts';
import { extentIn, levelFor, targetSize, windowsOf, type Target, type TargetExtent } from './placement.ts';
import type { Reference, References } from './references.ts';
import { remember } from './remember.ts';

/** A picture of a collection on a grid. */
export interface RenderRequest {
  readonly collection: RasterCollection;
  readonly target: Target;
  readonly appearance: Appearance;
}

const SCRATCH_BYTES = 32 * 1024 * 1024;

/** Draws a request; undefined when nothing of the collection is to be seen there. */
export type Render = (request: RenderRequest, context: RunContext) => Promise<Picture | undefined>;

/** Where a tile lies and how many pixels it has. */
export function targetOfTile(tile: {
  readonly tms: TileMatrixSet;
  readonly matrix: TileMatrix;
  readonly row: number;
  readonly col: number;
}): Target {
  const { tms, matrix, row, col } = tile;
  if (!hasTile(matrix, { row, col })) {
    throw new AppError('OUT_OF_RANGE', {
      detail: `Matrix ${matrix.id} of ${tms.id} has ${matrix.matrixHeight} rows and ${matrix.matrixWidth} columns, got row ${row}, column ${col}`,
    });
  }
  const [west, south, east, north] = tileBbox(matrix, { row, col });
  const { tileWidth: width, tileHeight: height } = matrix;
  const grid = { originX: west, originY: north, scaleX: (east - west) / width, scaleY: (south - north) / height, skewX: 0, skewY: 0 };
  // The same matrix may be asked for with more pixels: those take another level.
  return { srid: tms.srid, grid, width, height, key: `${tms.id} ${matrix.id} ${width}`, world: matrixBbox(matrix) };
}

/** A renderer that keeps what is the same for all tiles: extents in other CRSs, and levels for each matrix. */
export function createRenderer(database: Database, references: References): Render {
  const extents = remember<TargetExtent>();
  const sizes = remember<number | undefined>();
  const scratch = createScratch(SCRATCH_BYTES);
  return async (request, context) => {
    const { collection, target } = request;
    const id = `${collection.id} ${collection.version}`;
    const own = await references(collection.srid, target.srid, context);
    const extent = await extents(`${id} ${target.srid}`, context.signal, (signal) => extentIn(collection, own, { ...context, signal }));
    const windows = windowsOf(target, extent);
    const sources: Source[] = [];
    const srids = windows.length === 0 ? [] : [collection.srid, ...(collection.otherSrids ?? [])];
    let ownSize: number | undefined;
    for (const srid of srids) {
      const reference = await references(srid, target.srid, context);
      const size = await sizes(`${id} ${srid} ${target.key}`, context.signal, (signal) =>
        targetSize(target, extent, reference.back, { ...context, signal }),
      );
      ownSize ??= size;
      const part = srid === collection.srid ? collection : inOtherUnits(collection, srid, (size ?? 1) / (ownSize ?? 1));
      for (const window of windows) {
        const source = await readWindow(database, { ...request, collection: part, window, size, reference }, context);
        if (source !== undefined) sources.push(source);
      }
    }
    context.signal.throwIfAborted();
    try {
      return compose(sources, request, scratch.allocate);
    } finally {
      scratch.release();
    }
  };
}

/** Those rows of a collection that are in another CRS, whose unit is `1 / ratio` of the collection's. */
function inOtherUnits(collection: RasterCollection, srid: number, ratio: number): RasterCollection {
  const levels = collection.levels.map((level) => ({
    ...level,
    pixelWidth: level.pixelWidth * ratio,
    pixelHeight: level.pixelHeight * ratio,
  }));
  return { ...collection, srid, levels, nativeBbox: undefined };
}

/** Blocks of a part of the target and where its pixels lie in them. */
interface Source {
  readonly window: PixelWindow;
  readonly warp: Warp;
  readonly bounds: NativeBox;
  readonly blocks: readonly Block[];
  readonly geographic: boolean;
}

interface WindowRequest extends RenderRequest {
  readonly window: PixelWindow;
  readonly size: number | undefined;
  readonly reference: Reference;
}

async function readWindow(database: Database, request: WindowRequest, context: RunContext): Promise<Source | undefined> {
  const { collection, target, window, size, reference } = request;
  const chosen = levelFor(collection, size);
  if (chosen === undefined) return undefined;
  const { geographic, back } = reference;
  const warp = await runWarpAsync(planWarp({ grid: target.grid, window, tolerance: chosen.tolerance, geographic }), (xy) =>
    back.run(xy, context),
  );
  const bounds = warpBounds(warp);
  if (bounds === undefined) return undefined;
  const blocks = await readLayer(database, { collection, level: chosen.level, bounds, geographic, size }, context);
  return blocks.length === 0 ? undefined : { window, warp, bounds, blocks, geographic };
}

/** Values of a part of the target. */
interface Part {
  readonly window: PixelWindow;
  readonly planes: readonly Plane[];
}

/** Blocks to colours, without waiting: the planes live in memory that the next picture takes over. */
function compose(sources: readonly Source[], { collection, target, appearance }: RenderRequest, allocate: Allocate): Picture | undefined {
  const bands = appearance.alpha === undefined ? appearance.bands : [...appearance.bands, appearance.alpha];
  const parts = sources.flatMap((source): Part[] => {
    const layers = mosaic(source.blocks, { bands, bounds: source.bounds, margin: MARGIN, geographic: source.geographic }, allocate);
    const planes = resampleLayers(layers, source.warp, { collection, appearance, bands }, allocate);
    return planes === undefined ? [] : [{ window: source.window, planes }];
  });
  if (parts.length === 0) return undefined;
  const planes = bands.map((_, n) => assemble(parts, n, target, allocate));
  return drawPicture({ width: target.width, height: target.height, planes }, appearance);
}

interface Shown {
  readonly collection: RasterCollection;
  readonly appearance: Appearance;
  readonly bands: readonly number[];
}

/** Resamples layers, each from its own grid, and lays them under one another until nothing is missing. */
function resampleLayers(layers: Iterable<Raster>, warp: Warp, shown: Shown, allocate: Allocate): readonly Plane[] | undefined {
  let result: readonly Plane[] | undefined;
  for (const layer of layers) {
    if (result?.every(isFull) === true) break;
    const raster = prepare(layer, shown);
    const inPixels = warpToPixels(warp, invertGrid(raster.grid));
    const planes =
      shown.appearance.kind === 'classes' ? resampleClasses(raster, inPixels, allocate) : resampleArea(raster, inPixels, allocate);
    if (result === undefined) result = planes;
    else result.forEach((plane, n) => fillUnder(plane, planes[n] ?? plane));
  }
  return result;
}

function prepare(raster: Raster, { collection, appearance, bands }: Shown): Raster {
  const masked = appearance.alpha === undefined ? raster : maskByAlpha(raster, appearance.bands.length);
  if (appearance.kind === 'rgb' && appearance.alpha === undefined)
    uniteBands(
      masked,
      bands.map((band) => collection.bands[band]?.nodata ?? 0),
    );
  return masked;
}

/** A plane of the whole target from its parts; what none holds is NaN. */
function assemble(parts: readonly Part[], band: number, { width, height }: Target, allocate: Allocate): Plane {
  const [first] = parts;
  const only = first?.planes[band];
  if (only !== undefined && parts.length === 1 && only.length === width * height) return only;
  const whole = allocate(width * height, only !== undefined && isWide(only)).fill(Number.NaN);
  for (const { window, planes } of parts) {
    const plane = planes[band];
    for (let row = 0; row < window.height && plane !== undefined; row += 1) {
      const from = row * window.width;
      const to = (window.row + row) * width + window.column;
      fillUnder(whole.subarray(to, to + window.width), plane.subarray(from, from + window.width));
    }
  }
  return whole;
}

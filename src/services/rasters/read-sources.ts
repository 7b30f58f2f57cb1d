import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import type { Sql } from '../../base/sql.ts';
import type { RunContext } from '../../db/database.ts';
import type { GatherSource } from '../../raster/gather.ts';
import type { PixelWindow } from '../../raster/grid.ts';
import { reachOf } from '../../raster/resample.ts';
import type { Kernel } from '../../raster/resampling.ts';
import { planWarp, reductionOf, runWarpAsync } from '../../raster/warp.ts';
import { holdableLevel } from './block-plan.ts';
import { isBase } from './blocks-statement.ts';
import { levelFor, sizeInMiddle, targetSize, type Target } from './placement.ts';
import type { RowSelection } from './raster-request.ts';
import type { BlockReader } from './read-blocks.ts';
import type { Reference, References } from './references.ts';
import { remember } from './remember.ts';
import { needsBaseRows, rowCondition } from './row-condition.ts';
import type { SourcePlaces } from './source-places.ts';
import { createWarpMemory, type WarpMemory } from './warp-memory.ts';

/** What to read for a picture of one collection. */
export interface SourcesRequest {
  readonly collection: RasterCollection;
  readonly target: Target;
  /** 0-based. */
  readonly bands: readonly number[];
  readonly kernel: Kernel;
  readonly rows?: RowSelection | undefined;
  /** The pixels are cells of the collection, wanted once: no neighbours are read, and nothing is kept. */
  readonly native?: boolean | undefined;
}

/** The blocks under a target, and the level that they are of; no sources when no row lies there. */
export interface Sources {
  readonly sources: readonly GatherSource[];
  readonly level: RasterLevel | undefined;
}

/** Reads what a picture is made of, from the level that suits it. */
export type ReadSources = (request: SourcesRequest, context: RunContext) => Promise<Sources>;

/** Where blocks come from. */
export type ReadBlocks = BlockReader['read'];

/** Readers of several kinds of blocks that share what is the same for all tiles: pixel sizes for each matrix, and warps. */
export function createSourceReaders(references: References, places: SourcePlaces): (readBlocks: ReadBlocks) => ReadSources {
  const sizes = remember<number | undefined>();
  const warps = createWarpMemory();
  return (readBlocks) => async (request, context) => {
    const { target } = request;
    const condition = rowCondition(request.collection, request.rows);
    const collection = needsBaseRows(request.collection, request.rows) ? withoutOverviews(request.collection) : request.collection;
    const id = `${collection.id} ${collection.version}`;
    const { extent, windows } = await places(collection, target, context);
    const sources: GatherSource[] = [];
    const srids = windows.length === 0 ? [] : [collection.srid, ...(collection.otherSrids ?? [])];
    let [ownSize, level]: [number | undefined, RasterLevel | undefined] = [undefined, undefined];
    for (const srid of srids) {
      const reference = await references(srid, target.srid, context);
      const common = await sizes(`${id} ${srid} ${target.key}`, context.signal, (signal) =>
        targetSize(target, extent, reference.back, { ...context, signal }),
      );
      const isOfMatrix = Number.isFinite(target.world[0]) && common !== undefined;
      const size = isOfMatrix ? common : await sensibleSize(common, target, reference, context);
      ownSize ??= size;
      const part = srid === collection.srid ? collection : inOtherUnits(collection, srid, (size ?? 1) / (ownSize ?? 1));
      for (const window of windows.flatMap((whole) => inStrips(whole, part, request.bands.length, size))) {
        const found = await readWindow(
          { readBlocks, warps },
          { ...request, collection: part, window, size, reference, condition },
          context,
        );
        level ??= found?.level;
        if (found?.source !== undefined) sources.push(found.source);
      }
    }
    context.signal.throwIfAborted();
    return { sources, level };
  };
}

/** Blocks that only touch the edge are not read. */
const INSET = -0.25;
/** How much larger or smaller a pixel may be in the middle of the collection than where the target lies. */
const DISTORTION = 4;

/** Projections distort without bounds far from where they are meant for: there the target's own middle tells the size. */
async function sensibleSize(
  common: number | undefined,
  target: Target,
  { back }: Reference,
  context: RunContext,
): Promise<number | undefined> {
  const own = await sizeInMiddle(target, back, context);
  if (own === undefined || common === undefined) return own ?? common;
  return common > own * DISTORTION || own > common * DISTORTION ? own : common;
}

/** The same collection by its base table only. */
function withoutOverviews(collection: RasterCollection): RasterCollection {
  return { ...collection, levels: collection.levels.filter((level) => isBase(collection, level)) };
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

interface WindowRequest extends SourcesRequest {
  readonly window: PixelWindow;
  readonly size: number | undefined;
  readonly reference: Reference;
  readonly condition: Sql | undefined;
}

/** Samples that are put together at once, all bands: 32 MB of Float32. */
const STRIP_SAMPLES = 8_000_000;
/** Strips begin where warps are cut anyway. */
const STRIP_ROWS = 64;

/** A window as it is, or from the top in strips under which there is not more than can be held. */
function inStrips(window: PixelWindow, collection: RasterCollection, bands: number, size: number | undefined): readonly PixelWindow[] {
  const level = levelFor(collection, size)?.level;
  if (level === undefined || size === undefined) return [window];
  const samples = (window.width * window.height * bands * size ** 2) / (level.pixelWidth * level.pixelHeight);
  if (samples <= STRIP_SAMPLES) return [window];
  const rows = Math.max(STRIP_ROWS, Math.floor((window.height * STRIP_SAMPLES) / samples / STRIP_ROWS) * STRIP_ROWS);
  return Array.from({ length: Math.ceil(window.height / rows) }, (_, n) => ({
    ...window,
    row: window.row + n * rows,
    height: Math.min(rows, window.height - n * rows),
  }));
}

/** Part of a pixel's footprint by which positions may be off where samples are much smaller, as they are beside poles. */
const OF_FOOTPRINT = 1 / 16;

/** What windows are read with. */
interface WindowParts {
  readonly readBlocks: ReadBlocks;
  readonly warps: WarpMemory;
}

async function readWindow(
  { readBlocks, warps }: WindowParts,
  request: WindowRequest,
  context: RunContext,
): Promise<{ readonly level: RasterLevel; readonly source: GatherSource | undefined } | undefined> {
  const { collection, target, window, size, reference, bands, kernel, condition } = request;
  const chosen = levelFor(collection, size);
  if (chosen === undefined) return undefined;
  const { geographic, back } = reference;
  const order = { grid: target.grid, window, tolerance: chosen.tolerance, geographic, ofFootprint: OF_FOOTPRINT };
  const key = JSON.stringify([collection.srid, target.srid, order]);
  const place = (xy: Float64Array): Promise<void> => {
    context.signal.throwIfAborted();
    return back.run(xy, context);
  };
  const { warp, bounds } = await warps(key, {
    asksDatabase: back.transform === undefined,
    make: () => runWarpAsync(planWarp(order), place),
  });
  if (bounds === undefined) return { level: chosen.level, source: undefined };
  const level = request.native === true ? chosen.level : holdableLevel({ collection, level: chosen.level, bounds });
  const cell = { originX: 0, originY: 0, scaleX: level.pixelWidth, scaleY: -level.pixelHeight, skewX: 0, skewY: 0 };
  const margin = request.native === true ? 0 : reachOf(kernel, reductionOf(warp, cell));
  const topOnly = request.rows?.selection === undefined || request.rows.selection === 'first';
  const reading = { collection, level, bounds, geographic, size, bands, condition, topOnly };
  const blocks = await readBlocks({ ...reading, margin: request.native === true ? INSET : margin, passing: request.native }, context);
  return { level, source: blocks.length === 0 ? undefined : { window, warp, bounds, blocks, geographic, margin } };
}

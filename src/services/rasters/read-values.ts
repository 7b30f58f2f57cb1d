import { AppError } from '../../base/error.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { GatherSource, Preparation } from '../../raster/gather.ts';
import type { Kernel } from '../../raster/resampling.ts';
import type { Block } from '../../raster/wkb.ts';
import type { Renderer } from '../../render/create-renderer.ts';
import type { Part } from '../../render/part.ts';
import type { JobInput } from '../../render/render-job.ts';
import type { Target } from './placement.ts';
import type { RowSelection, Values } from './raster-request.ts';
import type { ReadSources, Sources } from './read-sources.ts';

/** Numbers of a collection on a grid, with everything decided. */
export interface PlanesRequest {
  readonly collection: RasterCollection;
  readonly target: Target;
  readonly bands: readonly number[];
  readonly kernel: Kernel;
  readonly rows?: RowSelection | undefined;
  readonly nodata?: number | undefined;
  readonly unscale?: boolean | undefined;
  readonly prepare?: Preparation | undefined;
  readonly native?: boolean | undefined;
  /** Rings in the target's CRS: what lies outside has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
}

/** What was read for a request. */
export interface ReadPlanes {
  readonly request: PlanesRequest;
  readonly found: Sources;
}

/**
 * Reads the blocks of a request.
 * @throws AppError INVALID_PARAMETER for a band that the collection does not have
 */
export async function readPlanes(readSources: ReadSources, request: PlanesRequest, context: RunContext): Promise<ReadPlanes> {
  checkBands(request.collection, request.bands);
  return { request, found: await readSources(request, context) };
}

/** What was read, for the renderer. */
export function inputOf({ request, found }: ReadPlanes): JobInput {
  const { target, bands, kernel, rows, nodata, prepare, collection, native } = request;
  const sources = nodata === undefined ? found.sources : found.sources.map((source) => withNodata(source, nodata));
  const { width, height } = target;
  const selection = rows?.selection ?? 'first';
  const isMeant = request.unscale === true && selection !== 'count';
  return {
    sources,
    request: { width, height, bands, kernel, selection, prepare },
    scales: isMeant
      ? bands.map((band) => collection.bands[band] ?? { scale: 1, offset: 0 }).map(({ scale, offset }) => ({ scale, offset }))
      : undefined,
    usedUp: native,
  };
}

/** The numbers of what was read; undefined where no row lies. */
export async function valuesOf(
  renderer: Renderer,
  read: ReadPlanes,
  signal: AbortSignal,
  part: Part = 'alone',
): Promise<Values | undefined> {
  const { level, sources } = read.found;
  if (level === undefined || sources.length === 0) return undefined;
  const { target, clip } = read.request;
  const { srid, grid, width, height } = target;
  const found = await renderer.planes({ grid, width, height, inputs: [inputOf(read)], cover: false, clip }, signal, part);
  return found === undefined ? undefined : { srid, grid, width, height, bands: found.planes, level };
}

/** @throws AppError INVALID_PARAMETER for a band that the collection does not have */
export function checkBands({ id, bands: all }: RasterCollection, bands: readonly number[]): void {
  const wrong = bands.find((band) => all[band] === undefined);
  if (wrong === undefined) return;
  throw new AppError('INVALID_PARAMETER', {
    detail: `Cannot read band ${wrong + 1} of ${id}: expected ${all.length === 1 ? '1, the only one' : `1 to ${all.length}`}`,
  });
}

function withNodata(source: GatherSource, nodata: number): GatherSource {
  const blocks = source.blocks.map((block): Block => ({
    ...block,
    bands: block.bands.map((band) => ({ ...band, nodata, full: undefined, blank: false })),
  }));
  return { ...source, blocks };
}

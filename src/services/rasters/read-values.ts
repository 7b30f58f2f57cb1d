import { AppError } from '../../base/error.ts';
import type { Band, RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import { gather, type GatherSource, type Preparation } from '../../raster/gather.ts';
import type { Allocate, Plane } from '../../raster/image.ts';
import type { Kernel } from '../../raster/resampling.ts';
import type { Block } from '../../raster/wkb.ts';
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

/** Makes planes of what was read, without waiting; undefined where no row lies. */
export function planesOf({ request, found }: ReadPlanes, allocate: Allocate): readonly Plane[] | undefined {
  const { target, bands, kernel, rows, nodata, prepare } = request;
  const sources = nodata === undefined ? found.sources : found.sources.map((source) => withNodata(source, nodata));
  const { width, height } = target;
  const selection = rows?.selection ?? 'first';
  const planes = gather(sources, { width, height, bands, kernel, selection, prepare }, allocate);
  return request.unscale === true && selection !== 'count'
    ? planes?.map((plane, n) => unscale(plane, request.collection.bands[bands[n] ?? 0]))
    : planes;
}

/** Values as they are meant: scale · stored + offset, with the digits of Float64. */
export function unscale<P extends Float32Array | Float64Array>(plane: P, band: Band | undefined): P | Float64Array {
  const { scale, offset } = band ?? { scale: 1, offset: 0 };
  return scale === 1 && offset === 0 ? plane : Float64Array.from(plane, (value) => value * scale + offset);
}

/** Planes with where they lie; undefined where no row does. */
export function valuesOf(read: ReadPlanes, allocate: Allocate): Values | undefined {
  const bands = planesOf(read, allocate);
  const { level } = read.found;
  if (bands === undefined || level === undefined) return undefined;
  const { srid, grid, width, height } = read.request.target;
  return { srid, grid, width, height, bands, level };
}

/** @throws AppError INVALID_PARAMETER for a band that the collection does not have */
export function checkBands({ id, bands: all }: RasterCollection, bands: readonly number[]): void {
  const wrong = bands.find((band) => all[band] === undefined);
  if (wrong === undefined) return;
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot read band ${wrong + 1} of ${id}: expected 1 to ${all.length}` });
}

function withNodata(source: GatherSource, nodata: number): GatherSource {
  const blocks = source.blocks.map((block): Block => ({
    ...block,
    bands: block.bands.map((band) => ({ ...band, nodata, full: undefined, blank: false })),
  }));
  return { ...source, blocks };
}

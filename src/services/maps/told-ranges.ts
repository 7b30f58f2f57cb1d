import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { Range } from '../../raster/rescale.ts';
import type { ColoringRequest } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import { rowsOfTile } from './draw-tile.ts';
import type { TileLook, TileTools } from './draw-tile.ts';
import { layerSources } from './layer-sources.ts';
import type { PreparedMap } from './prepare-map.ts';

/** Values that become the darkest and the brightest of each band shown; none where colours stand for values themselves. */
export type ToldRanges = readonly Range[];

/** The ranges of tiles, wherever they lie; of several collections over one another there are none to tell. */
export async function rangesOfTiles(
  { rasters, collections: known }: Pick<TileTools, 'rasters' | 'collections'>,
  { collections, wish }: { readonly collections: readonly RasterCollection[]; readonly wish?: TileLook | undefined },
  context: RunContext,
): Promise<ToldRanges> {
  const { layers, look = {}, rows } = wish ?? {};
  if (layers !== undefined) return rangesOf(rasters, { sources: layerSources(known, layers), look, rows }, context);
  const [collection, ...more] = collections;
  if (collection === undefined || more.length > 0) return [];
  return rangesOf(rasters, { sources: [{ collection }], look, rows: rowsOfTile(wish, collection) }, context);
}

/** The ranges of a map that shows one collection or one formula. */
export async function rangesOfMap(
  { rasters }: Pick<TileTools, 'rasters'>,
  { layers: [layer, ...more] }: PreparedMap,
  context: RunContext,
): Promise<ToldRanges> {
  if (layer === undefined || more.length > 0) return [];
  const { drawable, look, rows, sources = [{ collection: drawable.collection }] } = layer;
  return rangesOf(rasters, { sources, look, rows }, context);
}

/** The header that tells them, written as `rescale` takes them: `0,1000`, pair after pair. */
export function rangeHeaders(ranges: ToldRanges): Readonly<Record<string, string>> {
  return ranges.length === 0 ? {} : { 'Values-Range': ranges.map(({ min, max }) => `${min},${max}`).join(',') };
}

async function rangesOf(rasters: RasterService, request: ColoringRequest, context: RunContext): Promise<ToldRanges> {
  const { coloring } = await rasters.coloring(request, context);
  const known = coloring.ranges.flatMap((range) => range ?? []);
  return known.length === coloring.ranges.length ? known : [];
}

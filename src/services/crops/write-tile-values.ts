import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { ValueFormat } from '../../image/encode-values.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import { pixelsOfTile, rowsOfTile, type TilePixels, type TileLook } from '../maps/draw-tile.ts';
import { layerSources } from '../maps/layer-sources.ts';
import { outputNames } from '../raster-statistics/output-names.ts';
import { targetOfTile } from '../rasters/targets.ts';
import type { TileCell } from '../tilesets/tileset-service.ts';
import { writeCropValues, type WriteTools } from './write-crop.ts';

/** The numbers of a tile: those of a collection, or with `layers` of a look what is computed of them. */
export interface TileValues {
  /** The first of them where the look has layers. */
  readonly collection: RasterCollection;
  readonly cell: TileCell;
  readonly pixels: TilePixels;
  readonly wish: TileLook | undefined;
  /** Expressions as they were written, for the names of what they compute. */
  readonly texts: string | undefined;
  readonly format: ValueFormat;
}

/** Writes the numbers that a tile shows. @throws AppError as drawing the tile does, and for numbers that the format cannot hold */
export async function writeTileValues(
  tools: WriteTools & { readonly collections: CollectionService },
  { collection, cell, pixels, wish, texts, format }: TileValues,
  context: RunContext,
): Promise<Uint8Array> {
  const { look = {}, clip, layers } = wish ?? {};
  const sources = layers === undefined ? undefined : layerSources(tools.collections, layers);
  const target = pixelsOfTile(targetOfTile(cell), pixels, cell);
  const isMade = look.expressions !== undefined;
  const outputs = sources === undefined || isMade ? outputNames(collection, look, texts) : sources.map(({ name = '' }) => name);
  const rows = sources === undefined ? rowsOfTile(wish, collection) : wish?.rows;
  const { bytes } = await writeCropValues(tools, { collection, sources, target, look, rows, clip, outputs }, format, context);
  return bytes;
}

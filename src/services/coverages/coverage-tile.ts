import type { RunContext } from '../../db/database.ts';
import type { Resampling } from '../../raster/resampling.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import type { CrsService } from '../crs/crs-service.ts';
import { chooseRows, type RowWish } from '../maps/choose-rows.ts';
import type { DrawableService } from '../maps/drawable-service.ts';
import { targetOfTile } from '../rasters/targets.ts';
import type { TileAddress, TileCell, TilesetService } from '../tilesets/tileset-service.ts';
import { chooseFields, type FieldWish } from './coverage-fields.ts';
import { boundsOf } from './coverage-area.ts';
import type { CoverageReading } from './read-coverage.ts';

/** What coverage tiles are planned with. */
export interface CoverageTileTools {
  readonly collections: CollectionService;
  readonly crs: CrsService;
  readonly drawables: DrawableService;
  readonly tilesets: TilesetService;
}

/** Which tile of which numbers. */
export interface CoverageTileWish extends TileAddress, Omit<RowWish, 'subset'>, FieldWish {
  readonly collectionId: string;
  readonly nodata?: number | undefined;
  readonly unscale?: boolean | undefined;
  readonly resampling?: Resampling | undefined;
}

/** A tile ready to be read. */
export interface TileReading extends CoverageReading {
  readonly cell: TileCell;
}

/** The numbers of a collection on the cells of a tile. @throws AppError NOT_FOUND, OUT_OF_RANGE, INVALID_PARAMETER */
export async function tileReading(tools: CoverageTileTools, wish: CoverageTileWish, context: RunContext): Promise<TileReading> {
  const collection = tools.collections.raster(wish.collectionId);
  const cell = tools.tilesets.cell(wish);
  const target = targetOfTile(cell);
  const drawable = await tools.drawables.get(collection.id, context);
  const isLatest = wish.datetime === undefined && wish.pixelSelection === undefined && collection.temporal !== undefined;
  const rows = chooseRows(wish, drawable);
  const plan = {
    crs: await tools.crs.stored(target.srid, context),
    target,
    bbox: boundsOf(target),
    bands: chooseFields(wish, collection),
    rows: isLatest ? { ...rows, latest: true } : rows,
    isNative: false,
    position: undefined,
  };
  return { collection, cell, plan, resampling: wish.resampling, nodata: wish.nodata, unscale: wish.unscale };
}

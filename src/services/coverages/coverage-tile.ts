import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import type { Resampling } from '../../raster/resampling.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import type { CrsService } from '../crs/crs-service.ts';
import { sortSubset, subsetText } from '../crs/spatial-subset.ts';
import type { DimensionService } from '../maps/dimension-service.ts';
import type { DrawableService } from '../maps/drawable-service.ts';
import type { Box } from '../rasters/placement.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import { boundsOf, targetOfTile } from '../rasters/targets.ts';
import type { TileAddress, TileCell, TilesetService } from '../tilesets/tileset-service.ts';
import { chooseFields, type FieldWish } from './coverage-fields.ts';
import { coverageAxes, trimmedAxes } from './coverage-steps.ts';
import { rowsOf, type CoverageWish } from './plan-coverage.ts';
import type { CoverageReading } from './read-coverage.ts';

/** What coverage tiles are planned with. */
export interface CoverageTileTools {
  readonly collections: CollectionService;
  readonly crs: CrsService;
  readonly dimensions: DimensionService;
  readonly drawables: DrawableService;
  readonly rasters: RasterService;
  readonly tilesets: TilesetService;
}

/** Which tile of which numbers. */
export interface CoverageTileWish extends TileAddress, Pick<CoverageWish, 'datetime' | 'pixelSelection' | 'subset' | 'slices'>, FieldWish {
  readonly collectionId: string;
  readonly nodata?: number | undefined;
  readonly unscale?: boolean | undefined;
  readonly resampling?: Resampling | undefined;
}

/** A tile ready to be read. */
export interface TileReading extends CoverageReading {
  readonly cell: TileCell;
}

/**
 * The numbers of a collection on the cells of a tile. Tiles of one tileset have the same further axes, wherever the rows lie.
 * @throws AppError NOT_FOUND, OUT_OF_RANGE, INVALID_PARAMETER for axes of space too, CONFLICTING_PARAMETERS for two times
 */
export async function tileReading(tools: CoverageTileTools, wish: CoverageTileWish, context: RunContext): Promise<TileReading> {
  const collection = tools.collections.raster(wish.collectionId);
  const cell = tools.tilesets.cell(wish);
  const { spatial, time, others } = sortSubset(wish.subset ?? []);
  const [place] = spatial;
  if (place !== undefined) {
    throw new AppError('INVALID_PARAMETER', { detail: `Cannot use ${subsetText(place)} with a tile: its address says where it lies` });
  }
  const subset = { time, others: [...others, ...(wish.slices ?? [])] };
  const target = targetOfTile(cell);
  const drawable = await tools.drawables.get(collection.id, context);
  const rows = rowsOf(wish, subset, drawable);
  await tools.dimensions.check(subset.others, collection, context);
  const names = trimmedAxes(wish, subset);
  const everywhere = { collection, bounds: EVERYWHERE, geographic: false, rows, names };
  const plan = {
    crs: await tools.crs.stored(target.srid, context),
    target,
    bbox: boundsOf(target),
    bands: chooseFields(wish, collection),
    rows,
    axes: await coverageAxes(tools.rasters, everywhere, context),
    isNative: false,
    position: undefined,
  };
  return { collection, cell, plan, resampling: wish.resampling, nodata: wish.nodata, unscale: wish.unscale };
}

const EVERYWHERE: Box = [-Infinity, -Infinity, Infinity, Infinity];

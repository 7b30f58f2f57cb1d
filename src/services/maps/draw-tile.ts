import type { AxisSubset } from '../../base/subset.ts';
import type { Collection, RasterCollection } from '../../catalog/collection.ts';
import type { Rgba } from '../../color/class-color.ts';
import type { RunContext } from '../../db/database.ts';
import { plainGround } from '../../image/ground.ts';
import type { PictureFormat } from '../../image/picture.ts';
import type { Look } from '../../raster/look.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import type { Target } from '../rasters/placement.ts';
import type { RasterSource, RowSelection } from '../rasters/raster-request.ts';
import type { RasterService, RasterTile } from '../rasters/raster-service.ts';
import { growTarget, targetOfTile } from '../rasters/targets.ts';
import type { TileCell } from '../tilesets/tileset-service.ts';
import { dimensionsFilter } from './choose-rows.ts';
import { encodeLayers } from './encode-layers.ts';
import { layerSources, type NamedLayer } from './layer-sources.ts';

/** What a request says of the look of its tiles. */
export interface TileLook {
  readonly look: Look;
  readonly rows?: RowSelection | undefined;
  /** Sources by name, instead of the collections. */
  readonly layers?: readonly NamedLayer[] | undefined;
  /** Undefined: transparent. */
  readonly background?: Rgba | undefined;
}

/** A tile of one or several collections. */
export interface TileDrawing {
  /** The first lowest. */
  readonly collections: readonly RasterCollection[];
  readonly cell: TileCell;
  readonly format: PictureFormat;
  /** Absent: as the collections look by themselves. */
  readonly wish?: TileLook | undefined;
  readonly pixels?: TilePixels | undefined;
}

/** The pixels of a tile; absent: as the tile matrix has them. */
export interface TilePixels {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Pixels beyond each edge that are shown too. */
  readonly buffer?: number | undefined;
}

/** What tiles are drawn with. */
export interface TileTools {
  readonly rasters: RasterService;
  readonly collections: CollectionService;
}

/** Draws and encodes a map tile. @throws AppError OUT_OF_RANGE outside the matrix, INVALID_PARAMETER for layers that are not there */
export async function drawTile({ rasters, collections: known }: TileTools, drawing: TileDrawing, context: RunContext): Promise<RasterTile> {
  const { collections, cell, format, wish, pixels } = drawing;
  const [first] = collections;
  const matrixTarget = targetOfTile(cell);
  const target = growTarget(withPixels(matrixTarget, pixels ?? {}), pixels?.buffer ?? 0);
  if (target === matrixTarget && wish === undefined && first !== undefined && collections.length === 1)
    return rasters.tile({ ...cell, collection: first, format }, context);
  const layers =
    wish?.layers === undefined
      ? collections.map((collection): readonly RasterSource[] => [{ collection }])
      : [layerSources(known, wish.layers)];
  const ground = wish?.background === undefined ? undefined : plainGround(wish.background);
  const drawn = layers.map((sources) => ({ sources, look: wish?.look ?? {}, rows: wish?.rows }));
  return encodeLayers(rasters, { layers: drawn, target, ground, file: format }, context);
}

/** A look that also chooses rows by values of the further columns of one table. @throws AppError INVALID_PARAMETER */
export function withSlices(wish: TileLook | undefined, slices: readonly AxisSubset[], [only]: readonly Collection[]): TileLook | undefined {
  const filter = only?.kind === 'raster' ? dimensionsFilter(slices, only) : undefined;
  return filter === undefined ? wish : { look: {}, ...wish, rows: { ...wish?.rows, filter } };
}

/** The pixels of a tile `@2x`: the same area with so many times the pixels a side. */
export function scaledPixels({ width, height, buffer }: TilePixels, { matrix }: TileCell, scale: number): TilePixels {
  return {
    width: (width ?? matrix.tileWidth) * scale,
    height: (height ?? matrix.tileHeight) * scale,
    buffer: buffer === undefined ? undefined : buffer * scale,
  };
}

/** The same ground in other pixels; all tiles of a matrix in one size read the same level. */
function withPixels(target: Target, { width = target.width, height = target.height }: TilePixels): Target {
  if (width === target.width && height === target.height) return target;
  const { grid } = target;
  const scaled = { ...grid, scaleX: (grid.scaleX * target.width) / width, scaleY: (grid.scaleY * target.height) / height };
  return { ...target, width, height, grid: scaled, key: `${target.key} ${width} ${height}` };
}

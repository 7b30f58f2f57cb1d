import { AppError } from '../../base/error.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { RunContext } from '../../db/database.ts';
import type { Ground } from '../../image/ground.ts';
import type { PictureFormat } from '../../image/picture.ts';
import type { Look } from '../../raster/look.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import type { CrsService } from '../crs/crs-service.ts';
import type { Target } from '../rasters/placement.ts';
import type { RowSelection } from '../rasters/raster-request.ts';
import type { RasterService, RasterTile } from '../rasters/raster-service.ts';
import { growTarget, targetOfTile } from '../rasters/targets.ts';
import type { TileCell } from '../tilesets/tileset-service.ts';
import { mapGround, type MapBackground } from './map-ground.ts';
import { encodeLayers } from './encode-layers.ts';
import { layerSources, type NamedLayer } from './layer-sources.ts';

/** What a request says of the look of its tiles. */
export interface TileLook {
  readonly look: Look;
  readonly rows?: RowSelection | undefined;
  /** Rows by collection, where they differ: in place of `rows`. */
  readonly rowsOf?: ReadonlyMap<string, RowSelection> | undefined;
  /** Rings in the CRS of the tile matrix set: what lies outside has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
  /** Sources by name, instead of the collections. */
  readonly layers?: readonly NamedLayer[] | undefined;
  /** Absent: transparent. */
  readonly background?: MapBackground | undefined;
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
  /** Instead of width and height: as many pixels as the ground of the tile has at 1 : n. */
  readonly scaleDenominator?: number | undefined;
  /** Side of a pixel of the display, 0.28 unless given. */
  readonly mmPerPixel?: number | undefined;
  /** Pixels beyond each edge that are shown too; whole or half ones. */
  readonly buffer?: number | undefined;
}

/** What tiles are drawn with. */
export interface TileTools {
  readonly rasters: RasterService;
  readonly collections: CollectionService;
  readonly crs: CrsService;
}

/** Draws and encodes a map tile. @throws AppError OUT_OF_RANGE outside the matrix, INVALID_PARAMETER for layers that are not there */
export async function drawTile(
  { rasters, collections: known, crs }: TileTools,
  drawing: TileDrawing,
  context: RunContext,
): Promise<RasterTile> {
  const { collections, cell, format, wish, pixels } = drawing;
  const [first] = collections;
  const matrixTarget = targetOfTile(cell);
  const target = pixelsOfTile(matrixTarget, pixels, cell);
  if (target === matrixTarget && wish === undefined && first !== undefined && collections.length === 1)
    return rasters.tile({ ...cell, collection: first, format }, context);
  const { look = {}, clip } = wish ?? {};
  const layers =
    wish?.layers === undefined
      ? collections.map((collection) => ({ sources: [{ collection }], look, rows: rowsOfTile(wish, collection), clip }))
      : [{ sources: layerSources(known, wish.layers), look, rows: wish.rows, clip }];
  const ground = await groundOf(crs, wish?.background, { target, cell }, context);
  return encodeLayers(rasters, { layers, target, ground, file: format }, context);
}

async function groundOf(
  crs: CrsService,
  background: MapBackground | undefined,
  { target, cell }: { readonly target: Target; readonly cell: TileCell },
  context: RunContext,
): Promise<Ground | undefined> {
  if (background?.data === undefined && background?.outside === undefined) return undefined;
  return mapGround(crs, background, { target, crs: await crs.stored(cell.tms.srid, context) }, context);
}

/** The pixels of a tile as they are asked for. @throws AppError CONFLICTING_PARAMETERS, CONTENT_TOO_LARGE */
export function pixelsOfTile(target: Target, pixels: TilePixels | undefined, cell: TileCell): Target {
  return growTarget(withPixels(target, pixels ?? {}, cell), pixels?.buffer ?? 0);
}

/** The rows of one collection that a tile shows. */
export function rowsOfTile(wish: TileLook | undefined, { id }: RasterCollection): RowSelection | undefined {
  return wish?.rowsOf?.get(id) ?? wish?.rows;
}

/** The pixels of a tile `@2x`: the same area with so many times the pixels a side, and as many beyond each edge as ever. */
export function scaledPixels(pixels: TilePixels, { matrix }: TileCell, scale: number): TilePixels {
  const { width, height, scaleDenominator } = pixels;
  if (scaleDenominator !== undefined) return { ...pixels, scaleDenominator: scaleDenominator / scale };
  return { ...pixels, width: (width ?? matrix.tileWidth) * scale, height: (height ?? matrix.tileHeight) * scale };
}

/** Side of the pixels by which the scales of tile matrices are told (OGC 17-083r4 §6.2), in millimetres. */
const MM_PER_PIXEL = 0.28;
/** Pixels a side: twice what `tilesize` takes. */
const LARGEST = 4096;

/**
 * The same ground in other pixels; all tiles of a matrix in one size read the same level. The scale of a tile is that
 * of its matrix, so that all tiles of a matrix have as many pixels (OGC 20-058 /req/tilesets/tiles-parameters).
 * @throws AppError CONFLICTING_PARAMETERS, CONTENT_TOO_LARGE
 */
function withPixels(target: Target, pixels: TilePixels, { matrix }: TileCell): Target {
  const { scaleDenominator, mmPerPixel = MM_PER_PIXEL } = pixels;
  const isSized = pixels.width !== undefined || pixels.height !== undefined;
  if (scaleDenominator !== undefined && isSized) {
    throw new AppError('CONFLICTING_PARAMETERS', {
      detail: 'Cannot use scale-denominator with width, height or tilesize: each says how many pixels the tile has',
    });
  }
  const ratio = scaleDenominator === undefined ? 1 : (matrix.scaleDenominator * MM_PER_PIXEL) / (scaleDenominator * mmPerPixel);
  const width = pixels.width ?? Math.max(1, Math.round(target.width * ratio));
  const height = pixels.height ?? Math.max(1, Math.round(target.height * ratio));
  if (Math.max(width, height) > LARGEST) {
    throw new AppError('CONTENT_TOO_LARGE', {
      detail: `Cannot draw a tile of ${width} × ${height} pixels: at most ${LARGEST} a side are drawn`,
    });
  }
  if (width === target.width && height === target.height) return target;
  const { grid } = target;
  const scaled = { ...grid, scaleX: (grid.scaleX * target.width) / width, scaleY: (grid.scaleY * target.height) / height };
  return { ...target, width, height, grid: scaled, key: `${target.key} ${width} ${height}` };
}

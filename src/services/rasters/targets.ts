import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import { gridBounds, shiftGrid, type Grid } from '../../raster/grid.ts';
import { hasTile, matrixBbox, tileBbox } from '../../tms/tile-grid.ts';
import type { TileMatrix, TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import type { Box, Target } from './placement.ts';
import type { BoxTarget, NativeOptions } from './raster-request.ts';

const EVERYWHERE: Box = [-Infinity, -Infinity, Infinity, Infinity];
/** Less of a cell than this is rounding. */
const SLIVER = 1e-6;

/**
 * Where a tile lies and how many pixels it has.
 * @throws AppError OUT_OF_RANGE outside the matrix
 */
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
  const { tileWidth: width, tileHeight: height } = matrix;
  // The same matrix may be asked for with more pixels: those take another level.
  const key = `${tms.id} ${matrix.id} ${width}`;
  return { srid: tms.srid, grid: gridOver(tileBbox(matrix, { row, col }), width, height), width, height, key, world: matrixBbox(matrix) };
}

/** A grid over a box of any CRS: pixels of the same size take the same level wherever they lie, as tiles do. */
export function boxTarget({ srid, bbox, width, height }: BoxTarget): Target {
  return ownTarget(srid, gridOver(bbox, width, height), width, height);
}

/** A grid of any kind, turned ones too. */
export function gridTarget({ srid, grid, width, height }: Pick<Target, 'srid' | 'grid' | 'width' | 'height'>): Target {
  return ownTarget(srid, grid, width, height);
}

/** The box of a target, in easting-northing order. */
export function boundsOf({ grid, width, height }: Target): Bbox {
  const [west, south, east, north] = gridBounds(grid, width, height);
  return [west, south, east, north];
}

/** The target with pixels around it. */
export function growTarget(target: Target, pixels: number): Target {
  if (pixels === 0) return target;
  const { grid, width, height } = target;
  return { ...target, grid: shiftGrid(grid, -pixels, -pixels), width: width + 2 * pixels, height: height + 2 * pixels };
}

/**
 * The cells of a level that a box touches; with a size, as many larger cells over the same ground. What lies outside
 * of the collection is cut off; a box that does not meet it gets one cell.
 * @throws AppError NOT_FOUND while nobody knows where the collection lies
 */
export function nativeTarget(collection: RasterCollection, options: NativeOptions = {}): Target {
  const { nativeBbox: all, srid } = collection;
  const level = levelOf(collection, options.factor ?? 1);
  if (all === undefined || level === undefined) {
    throw new AppError('NOT_FOUND', { detail: `Cannot cut ${collection.id}: where it lies is not known yet` });
  }
  const { pixelWidth, pixelHeight } = level;
  const [left, right] = cells(
    (options.bounds?.[0] ?? all[0]) - all[0],
    (options.bounds?.[2] ?? all[2]) - all[0],
    all[2] - all[0],
    pixelWidth,
  );
  const [top, bottom] = cells(
    all[3] - (options.bounds?.[3] ?? all[3]),
    all[3] - (options.bounds?.[1] ?? all[1]),
    all[3] - all[1],
    pixelHeight,
  );
  const own: Grid = { originX: all[0], originY: all[3], scaleX: pixelWidth, scaleY: -pixelHeight, skewX: 0, skewY: 0 };
  const grid = shiftGrid(own, left, top);
  const [width, height] = sizeOf({ width: right - left, height: bottom - top }, options);
  // Cells as they are keep their size to the last bit.
  const scaleX = width === right - left ? grid.scaleX : (grid.scaleX * (right - left)) / width;
  const scaleY = height === bottom - top ? grid.scaleY : (grid.scaleY * (bottom - top)) / height;
  return ownTarget(srid, { ...grid, scaleX, scaleY }, width, height);
}

function gridOver([west, south, east, north]: Box, width: number, height: number): Grid {
  return { originX: west, originY: north, scaleX: (east - west) / width, scaleY: (south - north) / height, skewX: 0, skewY: 0 };
}

function ownTarget(srid: number, grid: Grid, width: number, height: number): Target {
  const { scaleX, scaleY, skewX, skewY } = grid;
  return { srid, grid, width, height, key: `${scaleX} ${scaleY} ${skewX} ${skewY} of ${srid}`, world: EVERYWHERE };
}

function levelOf({ levels }: RasterCollection, factor: number): RasterLevel | undefined {
  return levels.find((level) => level.factor === factor) ?? levels[0];
}

/** First and last + 1 cell between two distances from the outer edge, within the length of the whole. */
function cells(from: number, to: number, length: number, size: number): readonly [number, number] {
  const last = Math.max(1, Math.round(length / size));
  const first = Math.min(last - 1, Math.max(0, Math.floor(from / size + SLIVER)));
  return [first, Math.max(first + 1, Math.min(last, Math.ceil(to / size - SLIVER)))];
}

function sizeOf(
  own: { readonly width: number; readonly height: number },
  { width, height, maxSize = Infinity }: NativeOptions,
): readonly [number, number] {
  const across = width ?? (height === undefined ? own.width : (own.width * height) / own.height);
  const down = height ?? (width === undefined ? own.height : (own.height * width) / own.width);
  const shrink = Math.min(1, maxSize / Math.max(across, down));
  return [Math.max(1, Math.round(across * shrink)), Math.max(1, Math.round(down * shrink))];
}

import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import type { AskedTime } from '../../base/partial-time.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { CrsName } from '../../crs/crs-uri.ts';
import type { RunContext } from '../../db/database.ts';
import type { Crs } from '../crs/crs-service.ts';
import { sortSubset, type SubsetParts } from '../crs/spatial-subset.ts';
import { chooseRows, type RowWish } from '../maps/choose-rows.ts';
import type { DimensionService } from '../maps/dimension-service.ts';
import type { Drawable } from '../maps/drawable.ts';
import type { Target } from '../rasters/placement.ts';
import type { RowSelection } from '../rasters/raster-request.ts';
import { boundsOf } from '../rasters/targets.ts';
import { coverageArea, type AreaTools, type AreaWish, type CoverageArea } from './coverage-area.ts';
import { chooseFields, type FieldWish } from './coverage-fields.ts';
import { scaledAxes, scaledSize, type ScaleWish } from './coverage-scale.ts';
import { coverageAxes, trimmedAxes, type CoverageAxis } from './coverage-steps.ts';

/** What a request says of a coverage; nothing of it is needed. */
export interface CoverageWish extends Pick<RowWish, 'pixelSelection'>, FieldWish, ScaleWish, AreaWish {
  readonly datetime?: AskedTime | undefined;
  readonly crs?: CrsName | undefined;
  readonly subset?: readonly AxisSubset[] | undefined;
  /** Values of further columns by parameters of their own names, which may be those of axes of space. */
  readonly slices?: readonly AxisSubset[] | undefined;
}

/** What coverages are planned with. */
export interface CoverageTools extends AreaTools {
  readonly dimensions: DimensionService;
}

/** Which cells of a coverage are answered. */
export interface CoveragePlan {
  readonly crs: Crs;
  readonly target: Target;
  /** Easting-northing order: that of the target. */
  readonly bbox: Bbox;
  /** 0-based, in the order of the answer. */
  readonly bands: readonly number[];
  readonly rows: RowSelection;
  /** Axes of the answer besides those of space; `rows` are those of all of their positions. */
  readonly axes: readonly CoverageAxis[];
  /** The box of the answer in the CRS of the collection; absent for tiles, whose rows are not told apart. */
  readonly ground?: Bbox | undefined;
  /** True where the answer's cells are the stored ones: then they may be streamed. */
  readonly isNative: boolean;
  /** True where the cells are the stored ones, also across the seam of a raster that goes round the globe. */
  readonly isStored?: boolean;
  /** The place asked for when both spatial axes are sliced, in the CRS of the answer. */
  readonly position: readonly [x: number, y: number] | undefined;
  /** Rings in the CRS of the target: what lies outside has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
}

/**
 * The cells that a request wants: the stored ones, the subset grown to whole cells; with scaling or another CRS exactly
 * the subset, in as many cells as asked for (or about as fine as stored). An interval along time or a further column keeps its axis,
 * unless `pixelSelection` says what one pixel is of all rows.
 * @throws AppError CONFLICTING_PARAMETERS, INVALID_PARAMETER, UNSUPPORTED_CRS, NOT_FOUND outside the data
 */
export async function planCoverage(
  tools: CoverageTools,
  wish: CoverageWish,
  drawable: Drawable,
  context: RunContext,
): Promise<CoveragePlan> {
  const { collection } = drawable;
  const { spatial, time, others } = sortSubset(wish.subset ?? []);
  const subset = { time, others: [...others, ...(wish.slices ?? [])] };
  const storage = await tools.crs.stored(collection.srid, context);
  const area = await coverageArea(tools, { wish, spatial, storage, collection }, context);
  const cells = await cellsOf(tools, { wish, area, storage, collection }, context);
  const rows = rowsOf(wish, subset, drawable);
  await tools.dimensions.check(subset.others, collection, context);
  const names = trimmedAxes(wish, subset);
  const span = { collection, bounds: area.bbox, geographic: storage.geographic, rows, names };
  return {
    ...cells,
    bbox: boundsOf(cells.target),
    ground: area.bbox,
    bands: chooseFields(wish, collection),
    rows,
    axes: await coverageAxes(tools.rasters, span, context),
    clip: await tools.clips.rings(wish, cells.target.srid, context),
  };
}

/** The rows that a request chooses: those of the latest instant unless it says more. @throws AppError as `chooseRows` */
export function rowsOf(
  wish: Pick<CoverageWish, 'datetime' | 'pixelSelection'>,
  subset: Pick<SubsetParts, 'time' | 'others'>,
  drawable: Drawable,
): RowSelection {
  const chosen = chooseRows({ ...wish, subset }, drawable);
  const isSilent = wish.datetime === undefined && wish.pixelSelection === undefined && subset.time === undefined;
  return isSilent && drawable.collection.temporal !== undefined ? { ...chosen, latest: true } : chosen;
}

interface CellsTask {
  readonly wish: CoverageWish;
  readonly area: CoverageArea;
  readonly storage: Crs;
  readonly collection: Drawable['collection'];
}

/** The grid of an answer: stored cells, or others over the same ground; along a sliced axis it is one stored cell. */
async function cellsOf(
  tools: AreaTools,
  { wish, area, storage, collection }: CellsTask,
  context: RunContext,
): Promise<Pick<CoveragePlan, 'crs' | 'target' | 'isNative' | 'isStored' | 'position'>> {
  const scaled = scaledAxes(wish);
  if ((scaled.east && area.slicesEast) || (scaled.north && area.slicesNorth)) {
    throw new AppError('CONFLICTING_PARAMETERS', { detail: 'Cannot scale a slice: a single value of an axis has no cells to choose' });
  }
  const crs = wish.crs === undefined ? storage : await tools.crs.named(wish.crs, context);
  const native = tools.rasters.nativeTarget(collection, { bounds: area.bbox });
  if (area.slicesEast && area.slicesNorth) {
    return { crs: storage, target: native, isNative: true, isStored: true, position: [area.bbox[0], area.bbox[1]] };
  }
  if (crs.srid === storage.srid && !scaled.east && !scaled.north) {
    const target = acrossSeam(tools, { area, native, storage, collection }) ?? native;
    return { crs, target, isNative: target === native, isStored: true, position: undefined };
  }
  const own = boundsOf(native);
  const ground: Bbox = [
    area.slicesEast ? own[0] : area.bbox[0],
    area.slicesNorth ? own[1] : area.bbox[1],
    area.slicesEast ? own[2] : area.bbox[2],
    area.slicesNorth ? own[3] : area.bbox[3],
  ];
  const bbox = crs.srid === storage.srid ? ground : await tools.crs.box(ground, storage, crs, context);
  if (bbox === undefined)
    throw new AppError('INVALID_PARAMETER', { detail: `Cannot transform the area to ${crs.uri}: it has no place there` });
  const target = otherCells(tools, wish, { crs, bbox, native, isWhole: area.isWhole && crs.srid === storage.srid });
  return { crs, target, isNative: false, position: undefined };
}

/** The stored cells on both sides of the seam, where a raster that goes round the globe is cut across it; else undefined. */
function acrossSeam(
  { rasters }: AreaTools,
  { area, native, storage, collection }: Omit<CellsTask, 'wish'> & { readonly native: Target },
): Target | undefined {
  const [west, , east] = area.bbox;
  const [first, , last] = boundsOf(rasters.nativeTarget(collection));
  const goesRound = storage.geographic && last - first >= 360 - Math.abs(native.grid.scaleX) / 2;
  if (!goesRound || (west >= first && east <= last)) return undefined;
  const cell = native.grid.scaleX;
  const left = Math.floor((west - first) / cell + SLIVER);
  const right = Math.ceil((east - first) / cell - SLIVER);
  const [, south, , north] = boundsOf(native);
  return rasters.target({
    srid: storage.srid,
    bbox: [first + left * cell, south, first + right * cell, north],
    width: right - left,
    height: native.height,
  });
}

/** Less of a cell than this is rounding. */
const SLIVER = 1e-6;

/** A target with cells of another size or CRS. */
function otherCells(
  { rasters }: AreaTools,
  wish: CoverageWish,
  { crs, bbox, native, isWhole }: { readonly crs: Crs; readonly bbox: Bbox; readonly native: Target; readonly isWhole: boolean },
): Target {
  const [across, up] = [bbox[2] - bbox[0], bbox[3] - bbox[1]];
  const stored = crs.srid === native.srid;
  const own = boundsOf(native);
  // In another CRS about as many cells along the diagonal as stored, square: what GDAL suggests too.
  const square = Math.hypot(across, up) / Math.hypot(native.width, native.height);
  const cellsAcross = stored ? (native.width * across) / (own[2] - own[0]) : across / square;
  const cellsUp = stored ? (native.height * up) / (own[3] - own[1]) : up / square;
  const { width, height } = scaledSize(wish, { across, up, cellsAcross, cellsUp });
  return rasters.target({ srid: crs.srid, bbox: isWhole ? own : bbox, width, height });
}

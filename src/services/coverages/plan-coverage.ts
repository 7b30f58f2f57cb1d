import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import { orderBox, type RawBox } from '../../base/raw-box.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { CrsName } from '../../crs/crs-uri.ts';
import type { RunContext } from '../../db/database.ts';
import { gridBounds } from '../../raster/grid.ts';
import type { Crs, CrsService } from '../crs/crs-service.ts';
import { cutBox, inDegrees, sortSubset } from '../crs/spatial-subset.ts';
import type { ClipService, ClipWish } from '../clips/clip-service.ts';
import { chooseRows, type RowWish } from '../maps/choose-rows.ts';
import type { Drawable } from '../maps/drawable.ts';
import type { Target } from '../rasters/placement.ts';
import type { RowSelection } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import { chooseFields, type FieldWish } from './coverage-fields.ts';
import { isScaled, scaledSize, type ScaleWish } from './coverage-scale.ts';

/** What a request says of a coverage; nothing of it is needed. */
export interface CoverageWish extends Omit<RowWish, 'subset'>, FieldWish, ScaleWish, ClipWish {
  readonly crs?: CrsName | undefined;
  readonly bbox?: RawBox | undefined;
  readonly bboxCrs?: CrsName | undefined;
  readonly subset?: readonly AxisSubset[] | undefined;
  readonly subsetCrs?: CrsName | undefined;
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
  /** True where the answer's cells are the stored ones: then they may be streamed. */
  readonly isNative: boolean;
  /** True where the cells are the stored ones, also across the seam of a raster that goes round the globe. */
  readonly isStored?: boolean;
  /** The place asked for when both spatial axes are sliced, in the CRS of the answer. */
  readonly position: readonly [x: number, y: number] | undefined;
  /** Rings in the CRS of the target: what lies outside has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
}

/** What coverages are planned with. */
export interface CoverageTools {
  readonly clips: ClipService;
  readonly crs: CrsService;
  readonly rasters: RasterService;
}

/**
 * The cells that a request wants: the stored ones, the subset grown to whole cells; with scaling or another CRS exactly
 * the subset, in as many cells as asked for (or about as fine as stored).
 * @throws AppError CONFLICTING_PARAMETERS, INVALID_PARAMETER, UNSUPPORTED_CRS, NOT_FOUND outside the data
 */
export async function planCoverage(
  tools: CoverageTools,
  wish: CoverageWish,
  drawable: Drawable,
  context: RunContext,
): Promise<CoveragePlan> {
  const { collection } = drawable;
  const subset = sortSubset(wish.subset ?? []);
  const storage = await tools.crs.stored(collection.srid, context);
  const crs = wish.crs === undefined ? storage : await tools.crs.named(wish.crs, context);
  const isStored = crs.srid === storage.srid;
  const area = await areaOf({ tools, wish, spatial: subset.spatial, storage, collection }, context);
  const scaled = isScaled(wish) || !isStored;
  if (scaled && (area.slicesEast || area.slicesNorth) && !(area.slicesEast && area.slicesNorth)) {
    throw new AppError('CONFLICTING_PARAMETERS', { detail: 'Cannot scale a slice: a single value of an axis has no cells to choose' });
  }
  const native = tools.rasters.nativeTarget(collection, { bounds: area.bbox });
  const bbox = isStored ? area.bbox : await tools.crs.box(area.bbox, storage, crs, context);
  if (bbox === undefined)
    throw new AppError('INVALID_PARAMETER', { detail: `Cannot transform the area to ${crs.uri}: it has no place there` });
  const isPoint = area.slicesEast && area.slicesNorth;
  const stored = scaled ? native : (acrossSeam(tools, { area, native, storage, collection }) ?? native);
  const target = scaled && !isPoint ? otherCells(tools, wish, { crs, bbox, native, isWhole: area.isWhole && isStored }) : stored;
  const latest =
    wish.datetime === undefined && wish.pixelSelection === undefined && subset.time === undefined && collection.temporal !== undefined;
  const chosen = chooseRows({ ...wish, subset }, drawable);
  return {
    crs: isPoint ? storage : crs,
    target,
    bbox: boundsOf(target),
    bands: chooseFields(wish, collection),
    rows: latest ? { ...chosen, latest } : chosen,
    isNative: target === native,
    isStored: target === stored,
    position: isPoint ? [bbox[0], bbox[1]] : undefined,
    clip: await tools.clips.rings(wish, target.srid, context),
  };
}

interface AreaTask {
  readonly tools: CoverageTools;
  readonly wish: CoverageWish;
  readonly spatial: readonly AxisSubset[];
  readonly storage: Crs;
  readonly collection: Drawable['collection'];
}

interface Area {
  /** In the storage CRS. */
  readonly bbox: Bbox;
  readonly slicesEast: boolean;
  readonly slicesNorth: boolean;
  readonly isWhole: boolean;
}

/** The area asked for in the storage CRS. */
async function areaOf({ tools, wish, spatial, storage, collection }: AreaTask, context: RunContext): Promise<Area> {
  const whole = boundsOf(tools.rasters.nativeTarget(collection));
  const unsliced = { slicesEast: false, slicesNorth: false };
  if (wish.bbox !== undefined && spatial.length > 0) {
    throw new AppError('CONFLICTING_PARAMETERS', { detail: 'Cannot combine bbox with a spatial subset: each says which area is wanted' });
  }
  if (wish.bbox !== undefined) {
    const from = wish.bboxCrs === undefined ? await tools.crs.crs84(context) : await tools.crs.named(wish.bboxCrs, context);
    const bbox = await tools.crs.box(orderBox(wish.bbox, from), from, storage, context);
    return { ...unsliced, isWhole: false, bbox: within(bbox, whole, storage, 'bbox') };
  }
  if (spatial.length === 0) {
    const rings = await tools.clips.rings(wish, storage.srid, context);
    if (rings === undefined) return { ...unsliced, isWhole: true, bbox: whole };
    return { ...unsliced, isWhole: false, bbox: shared(boundsOfRings(rings), whole, storage) };
  }
  const from = await subsetCrs({ tools, wish, spatial, storage, collection }, context);
  const reach = from.srid === storage.srid ? whole : await tools.crs.box(whole, storage, from, context);
  if (reach === undefined)
    throw new AppError('INVALID_PARAMETER', { detail: `Cannot cut the data in ${from.uri}: they have no place there` });
  const { bbox, ...slices } = cutBox(spatial, reach, from);
  return { ...slices, isWhole: false, bbox: within(await movedBox(tools, { bbox, from, storage }, context), whole, storage, 'subset') };
}

/** A box, or a point or line that has no area, in the storage CRS. */
async function movedBox(
  { crs }: CoverageTools,
  { bbox, from, storage }: { readonly bbox: Bbox; readonly from: Crs; readonly storage: Crs },
  context: RunContext,
): Promise<Bbox | undefined> {
  if (from.srid === storage.srid) return bbox;
  if (bbox[0] !== bbox[2] || bbox[1] !== bbox[3]) return crs.box(bbox, from, storage, context);
  const xy = Float64Array.of(bbox[0], bbox[1]);
  await crs.move(xy, from, storage, context);
  const [x = Number.NaN, y = Number.NaN] = xy;
  return Number.isFinite(x) && Number.isFinite(y) ? [x, y, x, y] : undefined;
}

async function subsetCrs({ tools, wish, spatial, storage }: AreaTask, context: RunContext): Promise<Crs> {
  if (wish.subsetCrs !== undefined) return tools.crs.named(wish.subsetCrs, context);
  return inDegrees(spatial) === true && !storage.geographic ? tools.crs.crs84(context) : storage;
}

/** A box with its longitudes brought to where the data are. @throws AppError NOT_FOUND when it lies outside of them */
function within(bbox: Bbox | undefined, whole: Bbox, crs: Crs, what: string): Bbox {
  for (const turn of crs.geographic ? [0, 360, -360] : [0]) {
    const [west, south, east, north] = bbox ?? [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
    if (west + turn <= whole[2] && east + turn >= whole[0] && south <= whole[3] && north >= whole[1])
      return [west + turn, south, east + turn, north];
  }
  throw new AppError('NOT_FOUND', { detail: `The ${what} lies outside the data, which reach over ${whole.join(',')} in ${crs.uri}` });
}

function boundsOfRings(rings: readonly Float64Array[]): Bbox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2) {
      const [x, y] = [ring[i] ?? 0, ring[i + 1] ?? 0];
      [west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
    }
  }
  return [west, south, east, north];
}

/** What a feature's box and the data share. @throws AppError NOT_FOUND when that is nothing */
function shared(bbox: Bbox, whole: Bbox, crs: Crs): Bbox {
  const [west, south, east, north] = within(bbox, whole, crs, 'feature of clip');
  return [Math.max(west, whole[0]), Math.max(south, whole[1]), Math.min(east, whole[2]), Math.min(north, whole[3])];
}

/** The stored cells on both sides of the seam, where a raster that goes round the globe is cut across it; else undefined. */
function acrossSeam(
  { rasters }: CoverageTools,
  { area, native, storage, collection }: Pick<AreaTask, 'storage' | 'collection'> & { readonly area: Area; readonly native: Target },
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
  { rasters }: CoverageTools,
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

/** The box of a target, in easting-northing order. */
export function boundsOf({ grid, width, height }: Target): Bbox {
  const [west, south, east, north] = gridBounds(grid, width, height);
  return [west, south, east, north];
}

import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import { orderBox, type RawBox } from '../../base/raw-box.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { CrsName } from '../../crs/crs-uri.ts';
import type { RunContext } from '../../db/database.ts';
import type { ClipService, ClipWish } from '../clips/clip-service.ts';
import type { Crs, CrsService } from '../crs/crs-service.ts';
import { cutBox, inDegrees } from '../crs/spatial-subset.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import { boundsOf } from '../rasters/targets.ts';

/** What a request says of the ground that it wants. */
export interface AreaWish extends ClipWish {
  readonly bbox?: RawBox | undefined;
  readonly bboxCrs?: CrsName | undefined;
  readonly subsetCrs?: CrsName | undefined;
}

/** What areas are found with. */
export interface AreaTools {
  readonly clips: ClipService;
  readonly crs: CrsService;
  readonly rasters: RasterService;
}

/** Whose area is wanted, by which words. */
export interface AreaTask {
  readonly wish: AreaWish;
  readonly spatial: readonly AxisSubset[];
  readonly storage: Crs;
  readonly collection: RasterCollection;
}

/** Ground in the storage CRS of a collection; without width or height where it is sliced. */
export interface CoverageArea {
  readonly bbox: Bbox;
  readonly slicesEast: boolean;
  readonly slicesNorth: boolean;
  readonly isWhole: boolean;
}

/**
 * The area that a request asks for: by box, by axes, by a feature, else all that there is.
 * @throws AppError CONFLICTING_PARAMETERS, INVALID_PARAMETER, UNSUPPORTED_CRS, NOT_FOUND outside the data
 */
export async function coverageArea(tools: AreaTools, task: AreaTask, context: RunContext): Promise<CoverageArea> {
  const { wish, spatial, storage, collection } = task;
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
  const from = await subsetCrs(tools, task, context);
  const reach = from.srid === storage.srid ? whole : await tools.crs.box(whole, storage, from, context);
  if (reach === undefined)
    throw new AppError('INVALID_PARAMETER', { detail: `Cannot cut the data in ${from.uri}: they have no place there` });
  const { bbox, ...slices } = cutBox(spatial, reach, from);
  return { ...slices, isWhole: false, bbox: within(await movedBox(tools, { bbox, from, storage }, context), whole, storage, 'subset') };
}

/** A box, or a point or line that has no area, in the storage CRS. */
async function movedBox(
  { crs }: AreaTools,
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

/**
 * The CRS of a subset that does not say: degrees of data in degrees are the data's own, for GDAL asks so, and would be given other
 * ground than it thinks; what is cut some metres aside for others still lies where the file says.
 */
async function subsetCrs(tools: AreaTools, { wish, spatial, storage }: AreaTask, context: RunContext): Promise<Crs> {
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

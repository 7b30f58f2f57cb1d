import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import { orderBox, type RawBox } from '../../base/raw-box.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { CrsName } from '../../crs/crs-uri.ts';
import type { RunContext } from '../../db/database.ts';
import type { Crs, CrsService } from '../crs/crs-service.ts';
import { cutBox, inDegrees } from '../crs/spatial-subset.ts';
import { checkMapSize } from './map-limits.ts';

/** What a request says of a map's place and size (OGC 20-058 §8–§16); nothing of it is needed. */
export interface MapWish {
  readonly crs?: CrsName | undefined;
  readonly bbox?: RawBox | undefined;
  readonly bboxCrs?: CrsName | undefined;
  readonly center?: readonly [number, number] | undefined;
  readonly centerCrs?: CrsName | undefined;
  /** The spatial axes of `subset`. */
  readonly spatial?: readonly AxisSubset[] | undefined;
  readonly subsetCrs?: CrsName | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly scaleDenominator?: number | undefined;
  readonly mmPerPixel?: number | undefined;
  /** Pixels of the longer side where neither size nor scale is given; 1,024 unless given. */
  readonly maxSize?: number | undefined;
}

/** What is there to be drawn: the CRS of the answer unless one is asked for, and how far the data reach in it. */
export interface MapSubject {
  readonly storage: Crs;
  /** West < east. */
  readonly extent: Bbox;
}

/** Where a map lies and how large it is. */
export interface MapPlan {
  readonly crs: Crs;
  /** Easting-northing order, west < east. */
  readonly bbox: Bbox;
  readonly width: number;
  readonly height: number;
}

const DEFAULT_SIDE = 1024;
const DEFAULT_MM_PER_PIXEL = 0.28;

/**
 * Where the map of a request lies and how many pixels it has: what is asked for, else the whole data at 1,024 pixels.
 * @throws AppError CONFLICTING_PARAMETERS, INVALID_PARAMETER, UNSUPPORTED_CRS, NOT_FOUND for a subset outside the data,
 * CONTENT_TOO_LARGE
 */
export async function planMap(crsService: CrsService, wish: MapWish, subject: MapSubject, context: RunContext): Promise<MapPlan> {
  checkConflicts(wish);
  const crs = wish.crs === undefined ? subject.storage : await crsService.named(wish.crs, context);
  const whole = await crsService.box(subject.extent, subject.storage, crs, context);
  const plan =
    wish.center === undefined
      ? sized(wish, crs, await areaOf({ crsService, wish, subject, crs, whole }, context))
      : around(wish, crs, { center: await centerOf(crsService, wish, crs, context), whole });
  checkMapSize(plan.width, plan.height);
  return { crs, ...plan };
}

function checkConflicts(wish: MapWish): void {
  const { bbox, center, spatial, width, height, scaleDenominator } = wish;
  const hasSubset = spatial !== undefined && spatial.length > 0;
  const areas = [bbox !== undefined && 'bbox', center !== undefined && 'center', hasSubset && 'a spatial subset'].filter(
    (name) => name !== false,
  );
  if (areas.length > 1) throw conflict(`${areas.join(' and ')} each say where the map lies`);
  const hasSize = width !== undefined || height !== undefined;
  if (scaleDenominator !== undefined && hasSize && center === undefined) {
    throw conflict('scale-denominator and width or height each say how large the map is; together they need a center');
  }
}

function conflict(why: string): AppError {
  return new AppError('CONFLICTING_PARAMETERS', { detail: `Cannot plan the map: ${why}` });
}

interface AreaTask {
  readonly crsService: CrsService;
  readonly wish: MapWish;
  readonly subject: MapSubject;
  readonly crs: Crs;
  readonly whole: Bbox | undefined;
}

async function areaOf(task: AreaTask, context: RunContext): Promise<Bbox> {
  const { crsService, wish, crs } = task;
  if (wish.bbox !== undefined) {
    const from = wish.bboxCrs === undefined ? await crsService.crs84(context) : await crsService.named(wish.bboxCrs, context);
    return mapped(await crsService.box(orderBox(wish.bbox, from), from, crs, context), 'bbox', crs);
  }
  if (wish.spatial !== undefined && wish.spatial.length > 0) {
    const from = await subsetCrs(task, wish.spatial, context);
    const reach =
      from.srid === task.subject.storage.srid
        ? task.subject.extent
        : await crsService.box(task.subject.extent, task.subject.storage, from, context);
    const { bbox, slicesEast, slicesNorth } = cutBox(wish.spatial, mapped(reach, 'the data', from), from);
    if (slicesEast || slicesNorth || bbox[0] === bbox[2] || bbox[1] === bbox[3]) {
      throw new AppError('INVALID_PARAMETER', { detail: 'Cannot draw a slice: a map needs an interval along both axes, axis(low:high)' });
    }
    return mapped(await crsService.box(bbox, from, crs, context), 'subset', crs);
  }
  return mapped(task.whole, 'the data', crs);
}

/** The CRS of a subset: as asked for, else degrees for Lat and Lon, the storage CRS (or the map's) for E and N. */
async function subsetCrs({ crsService, wish, subject, crs }: AreaTask, spatial: readonly AxisSubset[], context: RunContext): Promise<Crs> {
  if (wish.subsetCrs !== undefined) return crsService.named(wish.subsetCrs, context);
  const degrees = inDegrees(spatial);
  if (degrees === true) return crsService.crs84(context);
  if (degrees === undefined) return crs;
  return subject.storage.geographic ? crs : subject.storage;
}

function mapped(box: Bbox | undefined, what: string, crs: Crs): Bbox {
  if (box !== undefined && box[0] < box[2] && box[1] < box[3]) return box;
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot draw ${what} in ${crs.uri}: it has no area there` });
}

type Sized = Omit<MapPlan, 'crs'>;

/** Pixels for an area: as asked for, by the scale, or the default; what is left open keeps pixels square. */
function sized(wish: MapWish, crs: Crs, bbox: Bbox): Sized {
  const [across, up] = [bbox[2] - bbox[0], bbox[3] - bbox[1]];
  const { width, height } = wish;
  if (width !== undefined || height !== undefined) {
    return { bbox, width: width ?? pixels((height ?? 1) * (across / up)), height: height ?? pixels((width ?? 1) * (up / across)) };
  }
  const pixel = pixelOfScale(wish, crs) ?? Math.max(across, up) / (wish.maxSize ?? DEFAULT_SIDE);
  return { bbox, width: pixels(across / pixel), height: pixels(up / pixel) };
}

/** An area of a size around a point, by the scale, or by that of the default map. */
function around(
  wish: MapWish,
  crs: Crs,
  { center: [x, y], whole }: { readonly center: readonly [number, number]; readonly whole: Bbox | undefined },
): Sized {
  const [west, south, east, north] = mapped(whole, 'the data', crs);
  const pixel = pixelOfScale(wish, crs) ?? Math.max(east - west, north - south) / DEFAULT_SIDE;
  const side = wish.maxSize ?? DEFAULT_SIDE;
  const width = wish.width ?? wish.height ?? side;
  const height = wish.height ?? wish.width ?? side;
  const [halfWidth, halfHeight] = [(width * pixel) / 2, (height * pixel) / 2];
  return { bbox: [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight], width, height };
}

/** Side of a pixel in units of the CRS, from scale and display resolution (OGC 20-058 §10, OGC 17-083r4 §6.2). */
function pixelOfScale({ scaleDenominator, mmPerPixel }: MapWish, crs: Crs): number | undefined {
  if (scaleDenominator === undefined) return undefined;
  return (scaleDenominator * (mmPerPixel ?? DEFAULT_MM_PER_PIXEL)) / 1000 / crs.metresPerUnit;
}

function pixels(count: number): number {
  return Math.max(1, Math.min(Number.MAX_SAFE_INTEGER, Math.round(count)));
}

async function centerOf(
  crsService: CrsService,
  { center = [0, 0], centerCrs }: MapWish,
  crs: Crs,
  context: RunContext,
): Promise<readonly [number, number]> {
  const from = centerCrs === undefined ? await crsService.crs84(context) : await crsService.named(centerCrs, context);
  const xy = Float64Array.from(from.northingFirst ? [center[1], center[0]] : center);
  if (from.srid !== crs.srid) await crsService.move(xy, from, crs, context);
  const [x = Number.NaN, y = Number.NaN] = xy;
  if (Number.isFinite(x) && Number.isFinite(y)) return [x, y];
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot parse center "${center.join(',')}": it has no place in ${crs.uri}` });
}

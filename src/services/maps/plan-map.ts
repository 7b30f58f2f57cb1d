import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import { orderBox, type RawBox } from '../../base/raw-box.ts';
import type { AxisSubset } from '../../base/subset.ts';
import type { CrsName } from '../../crs/crs-uri.ts';
import type { RunContext } from '../../db/database.ts';
import type { Crs, CrsService } from '../crs/crs-service.ts';
import { groundUnits } from '../crs/ground-units.ts';
import { cutBox, inDegrees } from '../crs/spatial-subset.ts';
import { checkPictureSize, type RasterLimits } from '../rasters/limits.ts';

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
  readonly limits: RasterLimits;
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
  const whole = await crsService.extent(subject.extent, subject.storage, crs, context);
  const plan = isAround(wish)
    ? await around({ crsService, wish, crs }, { center: await centerOf({ crsService, wish, crs, whole }, context), whole }, context)
    : await sized({ crsService, wish, crs }, await areaOf({ crsService, wish, subject, crs, whole }, context), context);
  checkPictureSize(plan, subject.limits);
  return { crs, ...plan };
}

/** True where size and scale say how far a map reaches around its middle (OGC 20-058 /req/spatial-subsetting/width-height). */
function isAround({ center, scaleDenominator, width, height }: MapWish): boolean {
  return center !== undefined || (scaleDenominator !== undefined && (width !== undefined || height !== undefined));
}

function checkConflicts(wish: MapWish): void {
  const { bbox, center, spatial, width, height, scaleDenominator } = wish;
  const hasSubset = spatial !== undefined && spatial.length > 0;
  const areas = [bbox !== undefined && 'bbox', center !== undefined && 'center', hasSubset && 'a spatial subset'].filter(
    (name) => name !== false,
  );
  if (areas.length > 1) throw conflict(`${areas.join(' and ')} each say where the map lies`);
  const hasSize = width !== undefined || height !== undefined;
  if (scaleDenominator !== undefined && hasSize && (bbox !== undefined || hasSubset)) {
    throw conflict('scale-denominator and width or height each say how large the map of an area is; together they go around a center');
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
type SizeTask = Pick<AreaTask, 'crsService' | 'wish' | 'crs'>;

/** Pixels for an area: as asked for, by the scale at its middle, or the default; what is left open keeps pixels square. */
async function sized({ crsService, wish, crs }: SizeTask, bbox: Bbox, context: RunContext): Promise<Sized> {
  const [across, up] = [bbox[2] - bbox[0], bbox[3] - bbox[1]];
  const { width, height } = wish;
  if (width !== undefined || height !== undefined) {
    return { bbox, width: width ?? pixels((height ?? 1) * (across / up)), height: height ?? pixels((width ?? 1) * (up / across)) };
  }
  const middle = [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2] as const;
  const side = Math.max(across, up) / (wish.maxSize ?? DEFAULT_SIDE);
  const [pixelAcross, pixelUp] = (await pixelOfScale({ crsService, wish, crs }, middle, context)) ?? [side, side];
  return { bbox, width: pixels(across / pixelAcross), height: pixels(up / pixelUp) };
}

/** An area of a size around a point, by the scale there, or by that of the default map. */
async function around(
  { crsService, wish, crs }: SizeTask,
  { center, whole }: { readonly center: readonly [number, number]; readonly whole: Bbox | undefined },
  context: RunContext,
): Promise<Sized> {
  const [west, south, east, north] = mapped(whole, 'the data', crs);
  const usual = Math.max(east - west, north - south) / DEFAULT_SIDE;
  const [pixelAcross, pixelUp] = (await pixelOfScale({ crsService, wish, crs }, center, context)) ?? [usual, usual];
  const side = wish.maxSize ?? DEFAULT_SIDE;
  const width = wish.width ?? wish.height ?? side;
  const height = wish.height ?? wish.width ?? side;
  const [x, y] = center;
  const [halfWidth, halfHeight] = [(width * pixelAcross) / 2, (height * pixelUp) / 2];
  return { bbox: [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight], width, height };
}

/**
 * Sides of a pixel in units of the CRS, from scale and display resolution, as far as the ground reaches at a place:
 * a metre of a Mercator map is half a metre of ground at 60° (OGC 20-058 /req/scaling/scale-denominator-definition).
 */
async function pixelOfScale(
  { crsService, wish: { scaleDenominator, mmPerPixel }, crs }: SizeTask,
  place: readonly [number, number],
  context: RunContext,
): Promise<readonly [across: number, up: number] | undefined> {
  if (scaleDenominator === undefined) return undefined;
  const ground = (scaleDenominator * (mmPerPixel ?? DEFAULT_MM_PER_PIXEL)) / 1000;
  const [across, up] = await groundUnits(crsService, place, crs, context);
  return [ground / across, ground / up];
}

function pixels(count: number): number {
  return Math.max(1, Math.min(Number.MAX_SAFE_INTEGER, Math.round(count)));
}

/** The middle of a map in its CRS: as asked for, else that of the data. */
async function centerOf(
  { crsService, wish: { center, centerCrs }, crs, whole }: SizeTask & Pick<AreaTask, 'whole'>,
  context: RunContext,
): Promise<readonly [number, number]> {
  if (center === undefined) {
    const [west, south, east, north] = mapped(whole, 'the data', crs);
    return [(west + east) / 2, (south + north) / 2];
  }
  const from = centerCrs === undefined ? await crsService.crs84(context) : await crsService.named(centerCrs, context);
  const xy = Float64Array.from(from.northingFirst ? [center[1], center[0]] : center);
  if (from.srid !== crs.srid) await crsService.move(xy, from, crs, context);
  const [x = Number.NaN, y = Number.NaN] = xy;
  if (Number.isFinite(x) && Number.isFinite(y)) return [x, y];
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot parse center "${center.join(',')}": it has no place in ${crs.uri}` });
}

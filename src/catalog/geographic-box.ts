import { splitAntimeridian, type Bbox } from '../base/bbox.ts';

/** Decimal places of a published extent: about a centimetre. */
const SCALE = 1e7;
/** A projected outline is known at points; between them it may bulge by less than this part of the box. */
const BULGE = 1 / 4_000;
/** A box that goes beyond ±180 and leaves less than a degree open is the whole turn. */
const WHOLE_TURN = 359;
/** Longitudes that leave no gap wider than this go round the globe. */
const FULL_CIRCLE_GAP = 45;

/** A box in geographic coordinates as CRS84 has it: longitudes brought within ±180, latitudes within ±90, rounded outward. */
export function toCrs84Box([west, south, east, north]: Bbox): Bbox | undefined {
  if (![west, south, east, north].every(Number.isFinite)) return undefined;
  const within = west >= -180 && east <= 180;
  const round = !within && east - west >= WHOLE_TURN;
  return outward([round ? -180 : wrap(west), clampLatitude(south), round ? 180 : wrap(east), clampLatitude(north)]);
}

/**
 * The box of features of which none crosses Greenwich, when they are closer together over the antimeridian: `eastern`
 * is the westernmost longitude of those in the east, `western` the easternmost of those in the west. Only for what is
 * less than half a turn wide that way; the world itself stays one box from -180 to 180.
 */
export function acrossAntimeridian(box: Bbox, eastern: number, western: number): Bbox {
  const [west, south, east, north] = box;
  return east - west > 180 && eastern - western > 180 ? [eastern, south, western, north] : box;
}

/**
 * The box around boxes, each possibly across the antimeridian; undefined for none. It crosses the antimeridian where one
 * of them does, unless that leaves hardly a gap: then it goes round.
 */
export function boxAroundBoxes(boxes: readonly Bbox[]): Bbox | undefined {
  if (boxes.length === 0) return undefined;
  const [south, north] = [least(boxes.map((box) => box[1])), -least(boxes.map((box) => -box[3]))];
  if (boxes.every(([west, , east]) => west <= east)) {
    return [least(boxes.map((box) => box[0])), south, -least(boxes.map((box) => -box[2])), north];
  }
  const pieces = boxes.flatMap(splitAntimeridian).toSorted((a, b) => a[0] - b[0]);
  let [reached, from, to] = [-180, 180, 180];
  for (const [west, , east] of pieces) {
    if (west - reached > to - from) [from, to] = [reached, west];
    reached = Math.max(reached, east);
  }
  return to - from < FULL_CIRCLE_GAP ? [-180, south, 180, north] : [to, south, from, north];
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

/** Whether points reach all round the globe, so that a pole may be inside. */
export function goesRound(longitudes: readonly number[]): boolean {
  return largestGap(longitudes).width < FULL_CIRCLE_GAP;
}

/** The CRS84 box of positions (longitude, latitude) on a projected box's outline and inside it. */
export function boxAround(positions: readonly (readonly [number, number])[], poles: readonly (-90 | 90)[]): Bbox | undefined {
  const finite = positions.filter(([lon, lat]) => Number.isFinite(lon) && Number.isFinite(lat));
  if (finite.length === 0) return undefined;
  const latitudes = [...finite.map(([, lat]) => lat), ...poles];
  const south = Math.min(...latitudes);
  const north = Math.max(...latitudes);
  const bulgeY = (north - south) * BULGE;
  const box = (west: number, east: number): Bbox => outward([west, clampLatitude(south - bulgeY), east, clampLatitude(north + bulgeY)]);
  if (poles.length > 0) return box(-180, 180);
  const longitudes = finite.map(([lon]) => wrap(lon));
  const gap = largestGap(longitudes);
  const bulgeX = (360 - gap.width) * BULGE;
  if (gap.inside && gap.width >= FULL_CIRCLE_GAP) return box(wrap(gap.to - bulgeX), wrap(gap.from + bulgeX));
  return box(Math.max(-180, Math.min(...longitudes) - bulgeX), Math.min(180, Math.max(...longitudes) + bulgeX));
}

interface Gap {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  /** The gap does not hold the antimeridian, so that what is around it does. */
  readonly inside: boolean;
}

/** The widest stretch of longitude without a position; a whole turn for positions at one longitude. */
function largestGap(longitudes: readonly number[]): Gap {
  const sorted = longitudes.map(wrap).sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const last = sorted[sorted.length - 1] ?? 0;
  let gap: Gap = { from: last, to: first, width: first + 360 - last, inside: false };
  for (let i = 1; i < sorted.length; i++) {
    const from = sorted[i - 1] ?? 0;
    const to = sorted[i] ?? 0;
    if (to - from > gap.width) gap = { from, to, width: to - from, inside: true };
  }
  return gap;
}

/** A longitude within ±180; ±180 itself stays as it is. */
function wrap(longitude: number): number {
  if (longitude >= -180 && longitude <= 180) return longitude;
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

function clampLatitude(latitude: number): number {
  return Math.min(90, Math.max(-90, latitude));
}

function outward([west, south, east, north]: Bbox): Bbox {
  return [
    Math.max(-180, round(west, Math.floor)),
    Math.max(-90, round(south, Math.floor)),
    Math.min(180, round(east, Math.ceil)),
    Math.min(90, round(north, Math.ceil)),
  ];
}

/** A number that has few enough decimals stays as it is, whatever floating point makes of the multiplication. */
function round(value: number, toward: (scaled: number) => number): number {
  const nearest = Math.round(value * SCALE) / SCALE;
  return nearest === value ? value : toward(value * SCALE) / SCALE;
}

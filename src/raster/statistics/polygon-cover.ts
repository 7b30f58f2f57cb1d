import { intersect, isEmpty, type Rectangle } from '../rectangle.ts';
import { crossRows, eachInside } from '../scanline.ts';

/** A ring of positions in pixels (column, row; integers are pixel corners), x and y in turn; closed or not. */
export type PixelRing = Float64Array;

/** A polygon in pixels: its outer ring, then its holes; the direction of rings does not matter. */
export type PixelPolygon = readonly PixelRing[];

/** A raster of a size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Which share of each pixel lies inside any of the polygons: width × height numbers 0 … 1, row by row, exact for
 * polygons that do not overlap (where they do, at most 1). Each edge adds its signed area to the pixels that it crosses
 * and its height to all pixels to their right; sums along the rows then give how often a pixel is wound around, which the
 * even-odd rule folds to 0 … 1: rings that cross themselves have the inside that they have by centres, only the pixels
 * where they cross are not exact.
 */
export function coverByArea(polygons: readonly PixelPolygon[], size: Size): Float32Array {
  const cover = new Float32Array(size.width * size.height);
  for (const polygon of polygons) {
    const frame = frameOf(polygon, size);
    if (isEmpty(frame)) continue;
    const [width, height] = [frame.right - frame.left, frame.bottom - frame.top];
    const sums = new Float64Array((width + 2) * height);
    polygon.forEach((ring, n) => {
      const local = shiftRing(ring, frame.left, frame.top);
      addRing(local, { sums, width, height, sign: n === 0 ? turn(local) : -turn(local) });
    });
    for (let row = 0; row < height; row += 1) {
      const line = cover.subarray((frame.top + row) * size.width + frame.left);
      addShares(sums.subarray(row * (width + 2), (row + 1) * (width + 2) - 2), line);
    }
  }
  return cover;
}

/** Sums up a row from its left, folds and adds. */
function addShares(sums: Float64Array, line: Float32Array): void {
  let inside = 0;
  for (let column = 0; column < sums.length; column += 1) {
    inside += sums[column] ?? 0;
    const share = Math.abs(inside - 2 * Math.round(inside / 2));
    if (share > ROUNDING) line[column] = Math.min(1, (line[column] ?? 0) + share);
  }
}

/** The pixels of the raster that a polygon may touch. */
function frameOf([outer]: PixelPolygon, { width, height }: Size): Rectangle {
  const [left, top, right, bottom] = ringBox(outer ?? new Float64Array(0));
  return intersect(
    { left: 0, top: 0, right: width, bottom: height },
    { left: Math.floor(left), top: Math.floor(top), right: Math.ceil(right), bottom: Math.ceil(bottom) },
  );
}

/** Left, top, right and bottom of a ring; of none the box that meets nothing. */
export function ringBox(ring: PixelRing): readonly [left: number, top: number, right: number, bottom: number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let n = 0; n < ring.length; n += 2) {
    const [x, y] = [ring[n] ?? 0, ring[n + 1] ?? 0];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return [left, top, right, bottom];
}

/** A ring as it lies in a raster whose corner is at a column and row. */
export function shiftRing(ring: PixelRing, column: number, row: number): PixelRing {
  const shifted = new Float64Array(ring.length);
  for (let n = 0; n < ring.length; n += 2) {
    shifted[n] = (ring[n] ?? 0) - column;
    shifted[n + 1] = (ring[n + 1] ?? 0) - row;
  }
  return shifted;
}

/** Less of a pixel than this is what rounding leaves. */
const ROUNDING = 1e-9;

/** 1 where a pixel's centre lies inside any of the polygons, else 0; as GDAL burns polygons unless told otherwise. */
export function coverByCentre(polygons: readonly PixelPolygon[], { width, height }: Size): Float32Array {
  const cover = new Float32Array(width * height);
  for (const polygon of polygons) {
    const crossings = crossRows(polygon, height);
    for (let row = 0; row < height; row += 1) {
      eachInside(crossings, row, width, (from, to) => cover.fill(1, row * width + from, row * width + to));
    }
  }
  return cover;
}

/** 1 for rings whose edges down lie to the left of the area, -1 for the others. */
function turn(ring: PixelRing): 1 | -1 {
  let doubled = 0;
  const count = ring.length / 2;
  for (let n = 0; n < count; n += 1) {
    const next = (n + 1) % count;
    doubled += (ring[2 * n] ?? 0) * (ring[2 * next + 1] ?? 0) - (ring[2 * next] ?? 0) * (ring[2 * n + 1] ?? 0);
  }
  return doubled > 0 ? -1 : 1;
}

interface Sums extends Size {
  /** Rows of width + 2 numbers. */
  readonly sums: Float64Array;
  readonly sign: number;
}

function addRing(ring: PixelRing, into: Sums): void {
  const count = ring.length / 2;
  for (let n = 0; n < count; n += 1) {
    const next = (n + 1) % count;
    const [x0 = 0, y0 = 0] = [ring[2 * n], ring[2 * n + 1]];
    const [x1 = 0, y1 = 0] = [ring[2 * next], ring[2 * next + 1]];
    if (y0 < y1) addEdge({ x0, y0, x1, y1, sign: into.sign }, into);
    else if (y0 > y1) addEdge({ x0: x1, y0: y1, x1: x0, y1: y0, sign: -into.sign }, into);
  }
}

/** An edge that runs down: y0 < y1. */
interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly sign: number;
}

function addEdge({ x0, y0, x1, y1, sign }: Edge, { sums, width, height }: Sums): void {
  const slope = (x1 - x0) / (y1 - y0);
  const [top, bottom] = [Math.max(0, y0), Math.min(height, y1)];
  for (let row = Math.floor(top); row < bottom; row += 1) {
    const [from, to] = [Math.max(top, row), Math.min(bottom, row + 1)];
    const [start, end] = [x0 + (from - y0) * slope, x0 + (to - y0) * slope];
    const at = row * (width + 2);
    spread(sums, { at, width, left: Math.min(start, end), right: Math.max(start, end), height: sign * (to - from) });
  }
}

/** Pieces narrower than this count as upright: shares of their width would be noise. */
const UPRIGHT = 1e-12;

/** A piece of an edge within one row. */
interface Piece {
  readonly at: number;
  readonly width: number;
  readonly left: number;
  readonly right: number;
  /** Signed. */
  readonly height: number;
}

/** Shares a piece's height among the columns that it crosses; what lies left of the raster covers all of its row. */
function spread(sums: Float64Array, { at, width, left, right: end, height }: Piece): void {
  const add = (column: number, share: number): void => {
    sums[at + column] = (sums[at + column] ?? 0) + share;
  };
  const right = end - left > UPRIGHT ? end : left;
  const span = right - left;
  const share = (from: number, to: number): number => (span > 0 ? (height * (to - from)) / span : height);
  if (left < 0) add(0, share(left, Math.min(0, right)));
  if (span === 0 ? left >= width : right > width) add(width, share(Math.max(width, left), right));
  const [first, last] = [Math.max(0, left), Math.min(width, right)];
  if (span > 0 ? first >= last : left < 0 || left >= width) return;
  for (let column = Math.floor(first); column < last || (span === 0 && column === Math.floor(first)); column += 1) {
    const [from, to] = [Math.max(first, column), Math.min(last, column + 1)];
    const part = share(from, to);
    const inside = (from + to) / 2 - column;
    add(column, part * (1 - inside));
    add(column + 1, part * inside);
  }
}

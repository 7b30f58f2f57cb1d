import type { Transform } from '../../crs/transform.ts';
import type { Grid } from '../grid.ts';

/**
 * How many metres of ground the pixels of a picture cover, along its columns and its rows. Each call answers for one
 * row with a value per column; the arrays are used again by the next call.
 */
export interface Ground {
  widths(row: number): Float64Array;
  heights(row: number): Float64Array;
}

/** A picture's pixels: its grid begins at the first pixel, rim included. */
export interface Frame {
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
}

/** WGS 84 (EPSG:7030): equatorial radius in metres and square of the eccentricity. */
const RADIUS = 6378137;
const ECCENTRICITY2 = 0.00669437999014;

/** Nodes along each side of a picture whose scale is interpolated. */
const NODES = 9;

/**
 * The ground under the pixels of a frame, by transforming points one pixel apart to longitude and latitude (degrees,
 * WGS 84) and measuring between them on the ellipsoid: right for degrees, for Web Mercator, whose pixels shrink with
 * the cosine of the latitude, and for any projection and unit. Where longitudes depend on columns and latitudes on
 * rows only, each row is measured; other projections at 9 × 9 nodes, the outer ones on the edges, between which scales
 * are bilinear, so that neighbouring tiles agree.
 */
export function createGround(frame: Frame, toLonLat: Transform): Ground {
  const { width, height } = frame;
  const middle = [width / 2];
  if (isSeparable(frame, toLonLat)) {
    const rows = Array.from({ length: height }, (_, row) => row + 0.5);
    const measured = measure(frame, { columns: middle, rows }, toLonLat);
    const [across, down] = [new Float64Array(width), new Float64Array(width)];
    return {
      widths: (row) => across.fill(measured.widths[row] ?? Number.NaN),
      heights: (row) => down.fill(measured.heights[row] ?? Number.NaN),
    };
  }
  const nodes = (size: number): readonly number[] => Array.from({ length: NODES }, (_, k) => (k * size) / (NODES - 1));
  const lattice = { columns: nodes(width), rows: nodes(height) };
  const measured = measure(frame, lattice, toLonLat);
  return { widths: bilinear(measured.widths, frame), heights: bilinear(measured.heights, frame) };
}

/** Ground of pixels that are all of one size in metres: plans, and grids whose units are to be taken as they are. */
export function evenGround(width: number, pixelWidth: number, pixelHeight: number): Ground {
  const [across, down] = [new Float64Array(width).fill(pixelWidth), new Float64Array(width).fill(pixelHeight)];
  return { widths: () => across, heights: () => down };
}

interface Lattice {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

interface Sizes {
  readonly widths: Float64Array;
  readonly heights: Float64Array;
}

/** Sizes of pixels at the nodes of a lattice, row by row: half the distances between the centres of their neighbours. */
function measure({ grid }: Frame, { columns, rows }: Lattice, toLonLat: Transform): Sizes {
  const count = columns.length * rows.length;
  const points = new Float64Array(count * 8);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      for (const [right, down] of NEIGHBOURS) {
        const [i, j] = [column + right, row + down];
        points[at] = grid.originX + i * grid.scaleX + j * grid.skewX;
        points[at + 1] = grid.originY + i * grid.skewY + j * grid.scaleY;
        at += 2;
      }
    }
  }
  toLonLat(points);
  const sizes = { widths: new Float64Array(count), heights: new Float64Array(count) };
  for (let k = 0; k < count; k += 1) {
    const of = (n: number): number => points[k * 8 + n] ?? Number.NaN;
    sizes.widths[k] = distance(of(0), of(1), of(2), of(3)) / 2;
    sizes.heights[k] = distance(of(4), of(5), of(6), of(7)) / 2;
  }
  fillUnknown(sizes.widths);
  fillUnknown(sizes.heights);
  return sizes;
}

/** Left, right, above, below. */
const NEIGHBOURS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

/** Along the straight line through the ellipsoid: knows no antimeridian and no pole, and is 10⁻⁴ short at 300 km. */
function distance(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const [x1, y1, z1] = geocentric(lon1, lat1);
  const [x2, y2, z2] = geocentric(lon2, lat2);
  return Math.hypot(x2 - x1, y2 - y1, z2 - z1);
}

/** Position in metres from the centre of the Earth (EPSG guidance note 7-2, §4.1.1). */
function geocentric(lon: number, lat: number): readonly [number, number, number] {
  const [lambda, phi] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
  const normal = RADIUS / Math.sqrt(1 - ECCENTRICITY2 * Math.sin(phi) ** 2);
  const ring = normal * Math.cos(phi);
  return [ring * Math.cos(lambda), ring * Math.sin(lambda), normal * (1 - ECCENTRICITY2) * Math.sin(phi)];
}

/** Where a projection ends, the last size that could be measured. */
function fillUnknown(sizes: Float64Array): void {
  let known = sizes.find((size) => size > 0) ?? Number.NaN;
  for (let k = 0; k < sizes.length; k += 1) {
    const size = sizes[k] ?? Number.NaN;
    if (size > 0) known = size;
    else sizes[k] = known;
  }
}

/** True when longitude depends on the column only and latitude on the row only, to a thousandth of a pixel. */
function isSeparable({ grid, width, height }: Frame, toLonLat: Transform): boolean {
  const points = new Float64Array(18);
  for (let k = 0; k < 9; k += 1) {
    const [i, j] = [((k % 3) * width) / 2, (Math.floor(k / 3) * height) / 2];
    points[2 * k] = grid.originX + i * grid.scaleX + j * grid.skewX;
    points[2 * k + 1] = grid.originY + i * grid.skewY + j * grid.scaleY;
  }
  toLonLat(points);
  const tolerance = Math.abs((points[3] ?? 0) - (points[15] ?? 0)) / height / 1000;
  for (let k = 0; k < 9; k += 1) {
    const lon = (points[2 * k] ?? 0) - (points[2 * (k % 3)] ?? 0);
    const lat = (points[2 * k + 1] ?? 0) - (points[2 * (k - (k % 3)) + 1] ?? 0);
    const turned = lon - 360 * Math.round(lon / 360);
    if (!(Math.abs(turned) <= tolerance && Math.abs(lat) <= tolerance)) return false;
  }
  return true;
}

/** Rows of the surface through NODES × NODES values that lie evenly from edge to edge of the frame. */
function bilinear(nodes: Float64Array, { width, height }: Frame): (row: number) => Float64Array {
  const out = new Float64Array(width);
  const line = new Float64Array(NODES);
  return (row) => {
    const y = ((row + 0.5) / height) * (NODES - 1);
    const above = Math.min(Math.floor(y), NODES - 2);
    for (let k = 0; k < NODES; k += 1) {
      const upper = nodes[above * NODES + k] ?? Number.NaN;
      line[k] = upper + ((nodes[(above + 1) * NODES + k] ?? Number.NaN) - upper) * (y - above);
    }
    for (let column = 0; column < width; column += 1) {
      const x = ((column + 0.5) / width) * (NODES - 1);
      const before = Math.min(Math.floor(x), NODES - 2);
      const left = line[before] ?? Number.NaN;
      out[column] = left + ((line[before + 1] ?? Number.NaN) - left) * (x - before);
    }
    return out;
  };
}

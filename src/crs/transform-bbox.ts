import type { Bbox } from '../base/bbox.ts';
import { wrapLongitude } from './longitude.ts';
import type { Transform } from './transform.ts';

/** Which side is in longitudes and latitudes: there, west > east means a box across the antimeridian. */
export interface TransformBboxOptions {
  readonly fromGeographic: boolean;
  readonly toGeographic: boolean;
  /** Pieces into which each side is cut; when absent 21, or more so that none is longer than 5°. */
  readonly segments?: number;
}

/** Positions of a line in order; values of one axis. */
type Line = readonly number[];

/**
 * The box around a transformed box, both in traditional order. The box is sampled on a grid, and its outline taken as
 * parabolas between samples; positions that cannot be mapped are left out. A geographic result crosses the antimeridian
 * with west > east, and has all longitudes up to ±90° when a pole lies inside.
 * @returns undefined when nothing of the box can be mapped
 */
export function transformBbox(bbox: Bbox, transform: Transform, options: TransformBboxOptions): Bbox | undefined {
  const [west, south, right, north] = bbox;
  const east = options.fromGeographic && west > right ? right + 360 : right;
  const segments = options.segments ?? (options.fromGeographic ? Math.max(21, Math.ceil((east - west) / 5)) : 21);
  const samples = sampleGrid([west, south, east, north], segments);
  transform(samples);
  const outline = outlineIndexes(segments);
  const xs = outline.map((i) => samples[2 * i] ?? Number.NaN);
  const ys = outline.map((i) => samples[2 * i + 1] ?? Number.NaN);
  const inner = bounds(samples.filter((_, i) => i % 2 === 1));
  const y = merge(inner, curveBounds(ys, segments));
  if (y === undefined) return undefined;
  if (!options.toGeographic) {
    const x = merge(bounds(samples.filter((_, i) => i % 2 === 0)), curveBounds(xs, segments));
    return x === undefined ? undefined : [x[0], y[0], x[1], y[1]];
  }
  return xs.some(Number.isNaN) ? looseBounds(samples, y) : ringBounds(xs, y, segments);
}

// (segments + 1)² positions, rows from south to north, interleaved.
function sampleGrid([west, south, east, north]: Bbox, segments: number): Float64Array {
  const side = segments + 1;
  const at = (from: number, to: number, i: number): number => (i === segments ? to : from + ((to - from) * i) / segments);
  const xy = new Float64Array(2 * side * side);
  for (let row = 0; row < side; row += 1) {
    for (let col = 0; col < side; col += 1) {
      xy[2 * (row * side + col)] = at(west, east, col);
      xy[2 * (row * side + col) + 1] = at(south, north, row);
    }
  }
  return xy;
}

// Around the grid once, counter-clockwise from the south-west corner and back to it: four sides of `segments` steps.
function outlineIndexes(segments: number): readonly number[] {
  const side = segments + 1;
  const steps = Array.from({ length: segments }, (_, i) => i);
  return [
    ...steps,
    ...steps.map((i) => i * side + segments),
    ...steps.map((i) => segments * side + segments - i),
    ...steps.map((i) => (segments - i) * side),
    0,
  ];
}

// Longitudes followed around the outline, so that 179° and -179° are neighbours. A full turn: a pole lies inside.
function ringBounds(lons: Line, [south, north]: readonly [number, number], segments: number): Bbox | undefined {
  let lon = lons[0] ?? 0;
  const followed = lons.map((next) => {
    lon += turn(next - lon);
    return lon;
  });
  if (Math.abs(lon - (lons[0] ?? 0)) > 180) {
    return Math.abs(south) > north ? [-180, -90, 180, north] : [-180, south, 180, 90];
  }
  const range = curveBounds(followed, segments);
  return range === undefined ? undefined : normalise(range, [south, north]);
}

// With gaps in the outline there is no order to follow: the longitudes lie opposite to the largest gap between them.
function looseBounds(samples: Float64Array, [south, north]: readonly [number, number]): Bbox | undefined {
  const lons = samples.filter((value, i) => i % 2 === 0 && !Number.isNaN(value)).sort();
  const [first = 0] = lons;
  const gaps = lons.map((lon, i) => (lons[i + 1] ?? first + 360) - lon);
  const widest = Math.max(...gaps);
  if (widest < 60) return [-180, south < -75 ? -90 : south, 180, north > 75 ? 90 : north];
  const start = lons[(gaps.indexOf(widest) + 1) % lons.length] ?? 0;
  return normalise([start, start + 360 - widest], [south, north]);
}

function normalise([from, to]: readonly [number, number], [south, north]: readonly [number, number]): Bbox {
  if (to - from >= 360 - 1e-9) return [-180, south, 180, north];
  if (from >= -180 && to <= 180) return [from, south, to, north];
  return [wrapLongitude(from), south, wrapLongitude(to), north];
}

function turn(degrees: number): number {
  return degrees - 360 * Math.round(degrees / 360);
}

// Smallest and largest value of a closed outline; where a sample is extreme within its side, the vertex of the parabola
// through it and its neighbours.
function curveBounds(values: Line, segments: number): readonly [number, number] | undefined {
  const vertices = values.flatMap((value, i) => {
    const [before = Number.NaN, after = Number.NaN] = i % segments === 0 ? [] : [values[i - 1], values[i + 1]];
    const bend = before - 2 * value + after;
    return (value - before) * (after - value) <= 0 ? [value - (after - before) ** 2 / (8 * bend)] : [];
  });
  return merge(bounds(values), bounds(vertices));
}

function bounds(values: ArrayLike<number>): readonly [number, number] | undefined {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : undefined;
}

function merge(a: readonly [number, number] | undefined, b: readonly [number, number] | undefined): readonly [number, number] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

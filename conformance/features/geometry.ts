import { isObject, type Json, listOf } from '../json.ts';

/** Longitude and latitude in degrees. */
export type Position = readonly [number, number];

/** A box with its corners; `min[0] <= max[0]`, so one across the antimeridian is two of these. */
export interface Box {
  readonly min: Position;
  readonly max: Position;
}

/** Points, lines and rings of a geometry: all that an intersection with a box has to look at. */
interface Parts {
  readonly points: readonly Position[];
  readonly lines: readonly (readonly Position[])[];
  /** Each polygon is its rings, the outer one first. */
  readonly polygons: readonly (readonly (readonly Position[])[])[];
}

/** The bounding box of a GeoJSON geometry; undefined when it is null or empty. */
export function boxOf(geometry: Json | undefined): Box | undefined {
  const parts = partsOf(geometry);
  const all = [...parts.points, ...parts.lines.flat(), ...parts.polygons.flat(2)];
  if (all.length === 0) return undefined;
  const xs = all.map((p) => p[0]);
  const ys = all.map((p) => p[1]);
  return { min: [least(xs), least(ys)], max: [most(xs), most(ys)] };
}

/** True when the geometry has a point in common with the box, borders included. */
export function intersects(geometry: Json | undefined, box: Box): boolean {
  const parts = partsOf(geometry);
  if (parts.points.some((point) => contains(box, point))) return true;
  if (parts.lines.some((line) => crosses(line, box))) return true;
  return parts.polygons.some((rings) => rings.some((ring) => crosses(ring, box)) || encloses(rings, box.min));
}

function partsOf(geometry: Json | undefined): Parts {
  const none: Parts = { points: [], lines: [], polygons: [] };
  if (!isObject(geometry)) return none;
  if (geometry['type'] === 'GeometryCollection') {
    const members = listOf(geometry['geometries'], 'geometries').map(partsOf);
    return {
      points: members.flatMap((m) => m.points),
      lines: members.flatMap((m) => m.lines),
      polygons: members.flatMap((m) => m.polygons),
    };
  }
  const coordinates = listOf(geometry['coordinates'], 'coordinates');
  switch (geometry['type']) {
    case 'Point':
      return coordinates.length === 0 ? none : { ...none, points: [position(coordinates)] };
    case 'MultiPoint':
      return { ...none, points: path(coordinates) };
    case 'LineString':
      return { ...none, lines: [path(coordinates)] };
    case 'MultiLineString':
      return { ...none, lines: coordinates.map(path) };
    case 'Polygon':
      return { ...none, polygons: [coordinates.map(path)] };
    case 'MultiPolygon':
      return { ...none, polygons: coordinates.map((rings) => listOf(rings, 'rings').map(path)) };
    default:
      throw new Error(`Unknown geometry type ${String(geometry['type'])}`);
  }
}

function path(value: Json): readonly Position[] {
  return listOf(value, 'a line of coordinates').map(position);
}

function position(value: Json): Position {
  const [x, y] = listOf(value, 'a position');
  if (typeof x === 'number' && typeof y === 'number') return [x, y];
  throw new Error(`${JSON.stringify(value)} is no position`);
}

function contains(box: Box, [x, y]: Position): boolean {
  return x >= box.min[0] && x <= box.max[0] && y >= box.min[1] && y <= box.max[1];
}

function crosses(line: readonly Position[], box: Box): boolean {
  return line.some((end, i) => {
    const start = line[i - 1] ?? end;
    return segmentMeets(start, end, box);
  });
}

/** Clips the segment's parameter range [0, 1] by the box's four sides (Liang and Barsky). */
function segmentMeets(start: Position, end: Position, box: Box): boolean {
  let from = 0;
  let to = 1;
  for (const axis of [0, 1] as const) {
    const step = end[axis] - start[axis];
    const low = box.min[axis] - start[axis];
    const high = box.max[axis] - start[axis];
    if (step === 0) {
      if (low > 0 || high < 0) return false;
      continue;
    }
    from = Math.max(from, Math.min(low / step, high / step));
    to = Math.min(to, Math.max(low / step, high / step));
  }
  return from <= to;
}

/** Even–odd rule over all rings, so that holes are outside. */
function encloses(rings: readonly (readonly Position[])[], [x, y]: Position): boolean {
  let inside = false;
  for (const ring of rings) {
    ring.forEach(([x2, y2], i) => {
      const [x1, y1] = ring[i - 1] ?? [x2, y2];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    });
  }
  return inside;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

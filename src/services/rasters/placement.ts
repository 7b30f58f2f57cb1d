import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import { gridBounds, invertGrid, pixelSize, type Grid, type PixelWindow } from '../../raster/grid.ts';
import { chooseLevel } from '../../raster/choose-level.ts';
import type { RunContext } from '../../db/database.ts';
import type { Mapping } from './mapping.ts';
import type { Reference } from './references.ts';

/** A picture to draw: pixels on a grid of some CRS. */
export interface Target {
  readonly srid: number;
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
  /** What the grid is cut from: pictures with the same key (a matrix of a set) read the same level. */
  readonly key: string;
  /** All of the area from which pictures are cut. */
  readonly world: Box;
}

/** West, south, east, north in the target's CRS. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/**
 * Boxes in the target's CRS that together hold all of a collection: one, or two where it lies across the edge of the
 * map. Undefined where that cannot be told.
 */
export type TargetExtent = readonly Box[] | undefined;

const SIDE = 17;

/**
 * Where a collection lies in another CRS: its native box, sampled inside and out (a pole may lie within), with room
 * for what bends between the samples. Undefined when it is not known or when part of it cannot be mapped.
 */
export async function extentIn(
  collection: RasterCollection,
  { forward, geographic }: Reference,
  context: RunContext,
): Promise<TargetExtent> {
  if (collection.nativeBbox === undefined) return undefined;
  const points = (geographic ? withinTurn(collection.nativeBbox) : [collection.nativeBbox]).map(samplePoints);
  for (const batch of points) await forward.run(batch, context);
  if (!points.every((batch) => batch.every(Number.isFinite))) return undefined;
  return points.flatMap((batch) => enclose(Array.from({ length: batch.length / 2 }, (_, i) => [batch[2 * i] ?? 0, batch[2 * i + 1] ?? 0])));
}

/** The pieces of a geographic box on the globe, whatever longitudes it is stored in and however far its rim overhangs. */
function withinTurn([west, low, east, high]: Box): readonly Box[] {
  const [south, north] = [Math.max(-90, low), Math.min(90, high)];
  return [0, -360, 360].flatMap((turn) => {
    const [left, right] = [Math.max(-180, west + turn), Math.min(180, east + turn)];
    return left < right ? [[left, south, right, north] as const] : [];
  });
}

function samplePoints([west, south, east, north]: Box): Float64Array {
  const points = new Float64Array(SIDE * SIDE * 2);
  for (let j = 0; j < SIDE; j += 1) {
    for (let i = 0; i < SIDE; i += 1) {
      points[2 * (j * SIDE + i)] = west + ((east - west) * i) / (SIDE - 1);
      points[2 * (j * SIDE + i) + 1] = south + ((north - south) * j) / (SIDE - 1);
    }
  }
  return points;
}

/** One box around points, or two when a gap of more than half their width shows that the map's edge lies between. */
function enclose(points: readonly (readonly [number, number])[]): readonly Box[] {
  const sorted = [...points].sort((p, q) => p[0] - q[0]);
  const width = (sorted.at(-1)?.[0] ?? 0) - (sorted[0]?.[0] ?? 0);
  const cut = sorted.findIndex((point, i) => i > 0 && point[0] - (sorted[i - 1]?.[0] ?? 0) > width / 2);
  const parts = cut > 0 ? [sorted.slice(0, cut), sorted.slice(cut)] : [sorted];
  // Beside the map's edge the samples end up to one step before it.
  const step = cut > 0 ? Math.max(...parts.map((part) => (part.at(-1)?.[0] ?? 0) - (part[0]?.[0] ?? 0))) / 2 : 0;
  return parts.map((part) => {
    const [x, y] = [part.map((p) => p[0]), part.map((p) => p[1])];
    const [west, south, east, north] = [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
    const [roomX, roomY] = [(east - west) * 0.02 + step, (north - south) * 0.02];
    return [west - roomX, south - roomY, east + roomX, north + roomY];
  });
}

/** The pixels of a target that the boxes may touch, with a rim of two, overlapping ones as one; all where the extent is not known. */
export function windowsOf(target: Target, extent: TargetExtent, turn?: number): readonly PixelWindow[] {
  const { grid, width, height } = target;
  if (extent === undefined) return [{ column: 0, row: 0, width, height }];
  const [left, , right] = gridBounds(grid, width, height);
  const edge = ((turn ?? Infinity) / 2) * (1 + 1e-9);
  if (turn === undefined || (left >= -edge && right <= edge)) return windowsIn(target, extent, RIM);
  // A picture that goes on beyond the edge of the map shows the data there once more, each time in a window of its own.
  const half = turn / 2;
  const own = extent.map(([west, south, east, north]): Box => [Math.max(west, -half), south, Math.min(east, half), north]);
  return [0, turn, -turn].flatMap((away) =>
    windowsIn(
      target,
      own.map(([west, south, east, north]): Box => [west + away, south, east + away, north]),
      0,
    ),
  );
}

const RIM = 2;

function windowsIn({ grid, width, height }: Target, extent: readonly Box[], rim: number): readonly PixelWindow[] {
  const windows = extent.flatMap((box) => {
    const { columns, rows } = pixelsOf(grid, box);
    const column = Math.max(0, Math.floor(Math.min(...columns)) - rim);
    const row = Math.max(0, Math.floor(Math.min(...rows)) - RIM);
    const right = Math.min(width, Math.ceil(Math.max(...columns)) + rim);
    const bottom = Math.min(height, Math.ceil(Math.max(...rows)) + RIM);
    return column < right && row < bottom ? [{ column, row, width: right - column, height: bottom - row }] : [];
  });
  return windows.reduce<readonly PixelWindow[]>((apart, window) => {
    const touching = apart.find((other) => meet(other, window));
    return touching === undefined ? [...apart, window] : [...apart.filter((other) => other !== touching), enclosing(touching, window)];
  }, []);
}

/** Where the edges of a box lie on a grid; on a turned one, where its corners lie. */
function pixelsOf(grid: Grid, [west, south, east, north]: Box): { readonly columns: readonly number[]; readonly rows: readonly number[] } {
  if (grid.skewX === 0 && grid.skewY === 0) {
    return {
      columns: [(west - grid.originX) / grid.scaleX, (east - grid.originX) / grid.scaleX],
      rows: [(south - grid.originY) / grid.scaleY, (north - grid.originY) / grid.scaleY],
    };
  }
  const { a, b, c, d, e, f } = invertGrid(grid);
  const corners = [west, east].flatMap((x) => [south, north].map((y) => [x, y] as const));
  return { columns: corners.map(([x, y]) => a * x + b * y + c), rows: corners.map(([x, y]) => d * x + e * y + f) };
}

function meet(p: PixelWindow, q: PixelWindow): boolean {
  return p.column < q.column + q.width && q.column < p.column + p.width && p.row < q.row + q.height && q.row < p.row + p.height;
}

function enclosing(p: PixelWindow, q: PixelWindow): PixelWindow {
  const [column, row] = [Math.min(p.column, q.column), Math.min(p.row, q.row)];
  const [right, bottom] = [Math.max(p.column + p.width, q.column + q.width), Math.max(p.row + p.height, q.row + q.height)];
  return { column, row, width: right - column, height: bottom - row };
}

/**
 * Side of a target pixel in units of the collection's CRS, measured where the collection has its middle, so that all
 * tiles of a matrix take the same level and no step shows between neighbours; else in the middle of the matrix. Undefined
 * where neither can be mapped.
 */
export async function targetSize(target: Target, extent: TargetExtent, back: Mapping, context: RunContext): Promise<number | undefined> {
  const [largest] = [...(extent ?? [])].sort((p, q) => q[2] - q[0] - (p[2] - p[0]));
  const places = [...(largest === undefined ? [] : [middleOf(largest, target.world)]), middleOf(target.world, target.world)];
  const sizes = await sizesAt(
    target,
    places.filter((place) => place.every(Number.isFinite)),
    back,
    context,
  );
  return sizes.find((size) => size !== undefined);
}

/** Side of a target pixel in units of the collection's CRS, in the middle of the target or as near to it as it can be mapped. */
export async function sizeInMiddle(target: Target, back: Mapping, context: RunContext): Promise<number | undefined> {
  const { grid, width, height } = target;
  const places = FROM_THE_MIDDLE.map(([u, v]): [number, number] => [
    grid.originX + u * width * grid.scaleX + v * height * grid.skewX,
    grid.originY + u * width * grid.skewY + v * height * grid.scaleY,
  ]);
  const sizes = await sizesAt(target, places, back, context);
  return sizes.find((size) => size !== undefined);
}

/** Parts of a picture's width and height on a lattice, the nearest to its middle first. */
const FROM_THE_MIDDLE = Array.from({ length: 25 }, (_, n): readonly [number, number] => [(n % 5) / 4, Math.floor(n / 5) / 4]).toSorted(
  (p, q) => Math.hypot(p[0] - 0.5, p[1] - 0.5) - Math.hypot(q[0] - 0.5, q[1] - 0.5),
);

async function sizesAt(
  { grid }: Target,
  places: readonly (readonly [number, number])[],
  back: Mapping,
  context: RunContext,
): Promise<readonly (number | undefined)[]> {
  const points = Float64Array.from(places.flatMap(([x, y]) => [x, y, x + grid.scaleX, y + grid.skewY, x + grid.skewX, y + grid.scaleY]));
  await back.run(points, context);
  return places.map((_, n) => sizeOf(points.subarray(6 * n, 6 * n + 6)));
}

/** How many times as large as the shorter side of a pixel its side may be taken for. */
const LONGER = 1.5;

/**
 * Side of a pixel from its corner and those beside and below: of a square of the same area, but where it is drawn out, as
 * it is in degrees near a pole, not much more than its shorter side, so that nothing is blurred.
 */
function sizeOf([x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0]: Float64Array): number | undefined {
  const area = pixelSize({ originX: 0, originY: 0, scaleX: x1 - x0, skewY: y1 - y0, skewX: x2 - x0, scaleY: y2 - y0 });
  const size = Math.min(area, LONGER * Math.hypot(x1 - x0, x2 - x0), LONGER * Math.hypot(y1 - y0, y2 - y0));
  return Number.isFinite(size) && size > 0 ? size : undefined;
}

function middleOf(extent: Box, world: Box): readonly [number, number] {
  const [west, south] = [Math.max(extent[0], world[0]), Math.max(extent[1], world[1])];
  const [east, north] = [Math.min(extent[2], world[2]), Math.min(extent[3], world[3])];
  return [(west + east) / 2, (south + north) / 2];
}

/** The level to read for a target pixel of a size, and how exact positions must be: an eighth of the smaller pixel. */
export function levelFor(
  collection: RasterCollection,
  size: number | undefined,
): { readonly level: RasterLevel; readonly tolerance: number } | undefined {
  const level = chooseLevel(collection.levels, size ?? 0);
  if (level === undefined) return undefined;
  const pixel = Math.sqrt(level.pixelWidth * level.pixelHeight);
  return { level, tolerance: Math.min(pixel, size ?? pixel) / 8 };
}

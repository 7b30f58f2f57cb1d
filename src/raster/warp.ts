import { setImmediate } from 'node:timers/promises';
import { cellWarp, place, type Cell, type WarpRequest } from './warp-cells.ts';
import { invertGrid, type Affine, type Grid } from './grid.ts';
import { linesAsCells } from './lines-as-cells.ts';
import type { Line } from './taps.ts';

/**
 * Where the pixels of a picture lie in the source: a picture is cut into cells small enough that the exact
 * transformation between their corners is bilinear to within the tolerance, so that kernels step with additions.
 *
 * Convention: (column, row) count from the outer corner of the picture's first pixel; pixel i's centre is at i + ½.
 * In source pixels likewise: the centre of sample k is at k + ½.
 */
export type Warp =
  | {
      readonly kind: 'separable';
      readonly width: number;
      readonly height: number;
      readonly x: Float64Array;
      readonly y: Float64Array;
      /** Centres one pixel before the first and after the last, so that footprints do not depend on where a picture ends. */
      readonly beyond?: Beyond;
    }
  | { readonly kind: 'cells'; readonly width: number; readonly height: number; readonly cells: readonly Cell[] };

/** Positions one pixel outside of both ends of an axis. */
export interface Beyond {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** The lines of both axes of a warp whose columns and rows separate. */
export interface Lines {
  readonly x: Line;
  readonly y: Line;
}

/** The axes of a warp as taps are made of them. */
export function linesOf({ x, y, beyond }: Extract<Warp, { readonly kind: 'separable' }>): Lines {
  return { x: { centres: x, beyond: beyond?.x }, y: { centres: y, beyond: beyond?.y } };
}

/** Nodes a side that tell whether columns and rows separate. */
const SIDE = 5;

/** Yields batches of positions in the picture's CRS; each must be transformed in place to the source CRS before the next. */
export type WarpPlan = Generator<Float64Array, Warp, void>;

/**
 * Plans a warp as a generator of batches, so that proj4 (at once) and PostGIS (one statement a batch) drive the same
 * code. Most tiles take two batches: 25 points that tell whether columns and rows separate, then either the centre
 * of each column and row, exactly, or probes that refine the coarse cells where the error is too large. Positions
 * that cannot be transformed are NaN and stay without data.
 */
export function* planWarp(request: WarpRequest): WarpPlan {
  const { window } = request;
  const nodes = new Float64Array(SIDE * SIDE * 2);
  for (let n = 0; n < SIDE * SIDE; n += 1) {
    const [u, v] = [(n % SIDE) / (SIDE - 1), Math.floor(n / SIDE) / (SIDE - 1)];
    place(request.grid, [window.column + u * window.width, window.row + v * window.height], nodes, n);
  }
  yield nodes;
  const unwrap = continuous(request, nodes);
  unwrap(nodes);
  if (isSeparable(nodes, request.tolerance)) return yield* separableWarp(request, unwrap);
  const cells = yield* cellWarp(request, unwrap);
  return { kind: 'cells', width: window.width, height: window.height, cells };
}

/** Drives a plan with a transformation that answers at once. */
export function runWarp(plan: WarpPlan, transform: (xy: Float64Array) => void): Warp {
  let step = plan.next();
  while (step.done !== true) {
    transform(step.value);
    step = plan.next();
  }
  return step.value;
}

/** Time after which a plan lets others have their turn, in milliseconds. */
const TURN = 20;

/** Drives a plan with a transformation that has to be waited for; a long plan lets others have their turn between rounds. */
export async function runWarpAsync(plan: WarpPlan, transform: (xy: Float64Array) => Promise<void>): Promise<Warp> {
  let begin = performance.now();
  let step = plan.next();
  while (step.done !== true) {
    await transform(step.value);
    step = plan.next();
    if (performance.now() - begin < TURN) continue;
    await setImmediate();
    begin = performance.now();
  }
  return step.value;
}

/** The same warp in pixels of a source grid instead of units of its CRS. Skewed grids turn lines into cells. */
export function warpToPixels(warp: Warp, affine: Affine): Warp {
  const { a, b, c, d, e, f } = affine;
  if (warp.kind === 'separable' && b === 0 && d === 0) {
    const [toColumn, toRow] = [(x: number): number => a * x + c, (y: number): number => e * y + f];
    const lines = { ...warp, x: warp.x.map(toColumn), y: warp.y.map(toRow) };
    if (warp.beyond === undefined) return lines;
    const { x, y } = warp.beyond;
    return { ...lines, beyond: { x: [toColumn(x[0]), toColumn(x[1])], y: [toRow(y[0]), toRow(y[1])] } };
  }
  const cells = warp.kind === 'cells' ? warp.cells : cellsOfLines(warp);
  return {
    kind: 'cells',
    width: warp.width,
    height: warp.height,
    cells: cells.map((cell) => ({
      column: cell.column,
      row: cell.row,
      width: cell.width,
      height: cell.height,
      x: a * cell.x + b * cell.y + c,
      xi: a * cell.xi + b * cell.yi,
      xj: a * cell.xj + b * cell.yj,
      xij: a * cell.xij + b * cell.yij,
      y: d * cell.x + e * cell.y + f,
      yi: d * cell.xi + e * cell.yi,
      yj: d * cell.xj + e * cell.yj,
      yij: d * cell.xij + e * cell.yij,
    })),
  };
}

function cellsOfLines(warp: Extract<Warp, { readonly kind: 'separable' }>): readonly Cell[] {
  const { x, y } = linesOf(warp);
  return linesAsCells(x, y);
}

/** Bounds of a warp's pixel footprints in source units: [minX, minY, maxX, maxY]; undefined when nothing is finite. */
export function warpBounds(warp: Warp): readonly [number, number, number, number] | undefined {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  if (warp.kind === 'separable') {
    growLine(bounds, 0, { centres: warp.x, beyond: warp.beyond?.x });
    growLine(bounds, 1, { centres: warp.y, beyond: warp.beyond?.y });
    return finite(bounds);
  }
  for (const cell of warp.cells) {
    for (const j of [-0.5, cell.height - 0.5]) {
      for (const i of [-0.5, cell.width - 0.5]) {
        grow(bounds, 0, cell.x + i * cell.xi + j * cell.xj + i * j * cell.xij);
        grow(bounds, 1, cell.y + i * cell.yi + j * cell.yj + i * j * cell.yij);
      }
    }
  }
  return finite(bounds);
}

/**
 * How many samples of a grid one pixel covers, on the axis and at the place where it covers most: what reachOf asks
 * for. `warp` in units of the grid's CRS. 1 when nothing is known.
 */
export function reductionOf(warp: Warp, grid: Grid): number {
  const inPixels = warpToPixels(warp, invertGrid(grid));
  let most = 0;
  if (inPixels.kind === 'separable')
    most = 2 * Math.max(halfStep(inPixels.x, inPixels.beyond?.x), halfStep(inPixels.y, inPixels.beyond?.y));
  else
    for (const cell of inPixels.cells) {
      const [x, y] = [Math.hypot(cell.xi, cell.xj), Math.hypot(cell.yi, cell.yj)];
      if (x > most) most = x;
      if (y > most) most = y;
    }
  return most > 0 ? most : 1;
}

function growLine(bounds: [number, number, number, number], axis: 0 | 1, { centres, beyond }: Line): void {
  const half = halfStep(centres, beyond);
  for (const position of centres) {
    grow(bounds, axis, position - half);
    grow(bounds, axis, position + half);
  }
}

function grow(bounds: [number, number, number, number], axis: 0 | 1, position: number): void {
  if (position < bounds[axis]) bounds[axis] = position;
  if (axis === 0 && position > bounds[2]) bounds[2] = position;
  if (axis === 1 && position > bounds[3]) bounds[3] = position;
}

function finite(bounds: readonly [number, number, number, number]): readonly [number, number, number, number] | undefined {
  return bounds.every(Number.isFinite) ? bounds : undefined;
}

/** Half of the largest step between neighbours; a single column or row has none but those beyond, and 0 where they are not known. */
function halfStep(line: Float64Array, beyond: Line['beyond']): number {
  let largest = 0;
  for (let i = 1; i < line.length; i += 1) {
    const step = Math.abs((line[i] ?? 0) - (line[i - 1] ?? 0));
    if (step > largest) largest = step;
  }
  if (line.length > 1 || beyond === undefined) return largest / 2;
  const footprint = (beyond[1] - beyond[0]) / 2;
  return Number.isFinite(footprint) ? Math.abs(footprint) / 2 : 0;
}

/** A map that brings longitudes within half a turn of the window's middle, so that ±180 does not tear the picture. */
function continuous(request: WarpRequest, nodes: Float64Array): (xy: Float64Array) => void {
  if (!request.geographic) return () => undefined;
  const middle = nodes[2 * Math.floor((SIDE * SIDE) / 2)] ?? Number.NaN;
  const reference = Number.isFinite(middle) ? middle : (nodes.find((value, i) => i % 2 === 0 && Number.isFinite(value)) ?? 0);
  return (xy) => {
    for (let i = 0; i < xy.length; i += 2) {
      const away = (xy[i] ?? 0) - reference;
      if (Math.abs(away) > 180.000001) xy[i] = reference + away - 360 * Math.round(away / 360);
    }
  };
}

/** True when longitude-like depends on the column only and latitude-like on the row only. */
function isSeparable(nodes: Float64Array, tolerance: number): boolean {
  for (let j = 0; j < SIDE; j += 1) {
    for (let i = 0; i < SIDE; i += 1) {
      const dx = (nodes[2 * (j * SIDE + i)] ?? 0) - (nodes[2 * i] ?? 0);
      const dy = (nodes[2 * (j * SIDE + i) + 1] ?? 0) - (nodes[2 * j * SIDE + 1] ?? 0);
      if (!(Math.abs(dx) <= tolerance / 100 && Math.abs(dy) <= tolerance / 100)) return false;
    }
  }
  return true;
}

function* separableWarp({ grid, window, geographic }: WarpRequest, unwrap: (xy: Float64Array) => void): WarpPlan {
  const { width, height } = window;
  const across = width + 2;
  const down = height + 2;
  const points = new Float64Array((across + down + QUARTERS) * 2);
  for (let i = 0; i < across; i += 1) place(grid, [window.column + i - 0.5, window.row + height / 2], points, i);
  for (let j = 0; j < down; j += 1) place(grid, [window.column + width / 2, window.row + j - 0.5], points, across + j);
  [0.25, 0.75, width - 0.75, width - 0.25].forEach((i, n) =>
    place(grid, [window.column + i, window.row + height / 2], points, across + down + n),
  );
  yield points;
  unwrap(points);
  const xs = Float64Array.from({ length: across + down + QUARTERS }, (_, n) => points[2 * n] ?? Number.NaN);
  const x = xs.subarray(1, width + 1);
  const y = Float64Array.from({ length: down }, (_, j) => points[2 * (across + j) + 1] ?? Number.NaN);
  const outer: readonly [number, number] = [xs[0] ?? Number.NaN, xs[width + 1] ?? Number.NaN];
  return {
    kind: 'separable',
    width,
    height,
    x,
    y: y.subarray(1, height + 1),
    beyond: {
      x: geographic ? goingOn(outer, x, xs.subarray(across + down)) : outer,
      y: [y[0] ?? Number.NaN, y[height + 1] ?? Number.NaN],
    },
  };
}

/** Positions a quarter and three quarters through the first pixel and the last. */
const QUARTERS = 4;

/**
 * Longitudes of the centres one pixel beyond the ends, in the turn in which the line goes on: where a picture shows the
 * whole globe they lie more than half a turn from its middle.
 */
function goingOn([before, after]: readonly [number, number], line: Float64Array, quarters: Float64Array): readonly [number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = quarters;
  const inTurn = (position: number, expected: number): number => position + 360 * Math.round((expected - position) / 360);
  return [inTurn(before, (line[0] ?? 0) - 2 * (b - a)), inTurn(after, (line[line.length - 1] ?? 0) + 2 * (d - c))];
}

import { AppError } from '../base/error.ts';
import type { Grid, PixelWindow } from './grid.ts';

/**
 * A rectangle of picture pixels. The pixel (i, j) of the cell, counted from its first, has its centre at
 * x + i·xi + j·xj + i·j·xij in the source, y likewise.
 */
export interface Cell extends PixelWindow {
  readonly x: number;
  readonly xi: number;
  readonly xj: number;
  readonly xij: number;
  readonly y: number;
  readonly yi: number;
  readonly yj: number;
  readonly yij: number;
}

/** What to warp: pixels of a picture on a grid, to within a tolerance in units of the source CRS. */
export interface WarpRequest {
  readonly grid: Grid;
  readonly window: PixelWindow;
  readonly tolerance: number;
  /** The source is in degrees: longitudes that jump by 360 are made continuous around the window's middle. */
  readonly geographic: boolean;
  /**
   * Part of a pixel's own footprint by which it may lie off along each axis where that is more than the tolerance: beside a
   * pole a pixel covers hundreds of samples side by side, and none of them must be met exactly. None when absent.
   */
  readonly ofFootprint?: number | undefined;
}

/** Drafts that are probed in one round: a round takes 50 ms at most, and so does its statement. */
const ROUND = 4096;
/**
 * Cells of one picture, of 250 bytes each. Where a projection tears every pixel away from its neighbours (a pole at
 * infinity) they are as many as pixels.
 */
export const MOST_CELLS = 300_000;
/** Pixels of a coarse cell a side. */
export const COARSE = 64;
const PROBES = 5;
/**
 * Parts of the tolerance that probes may be off. Up to CLOSE the cell's quarters are taken, whose corners the probes
 * are: their error is a quarter of it, and costs no further round. Small cells stay whole.
 */
const CLOSE = 0.7;
const STRAIGHT = 0.1;
const SMALL = 6;
const LEAST_EMPTY = 16;

/** Writes the position of a (column, row) on the grid as the index-th pair of `points`. */
export function place(grid: Grid, [column, row]: readonly [number, number], points: Float64Array, index: number): void {
  points[2 * index] = grid.originX + column * grid.scaleX + row * grid.skewX;
  points[2 * index + 1] = grid.originY + column * grid.skewY + row * grid.scaleY;
}

/** A cell in the making: pixel rectangle and the transformed corners x00 y00 x10 y10 x01 y01 x11 y11. */
interface Draft extends PixelWindow {
  readonly corners: readonly number[];
}

/**
 * Cells that are bilinear to within the tolerance: coarse ones, anchored at the grid's origin so that neighbouring
 * windows cut a pixel's surroundings alike, refined round by round; what is too crooked for a pixel ends as that pixel,
 * exact. Cells without any position are left out. Yields the positions of one round at a time.
 * @throws AppError CONTENT_TOO_LARGE beyond MOST_CELLS
 */
export function* cellWarp(request: WarpRequest, unwrap: (xy: Float64Array) => void): Generator<Float64Array, readonly Cell[], void> {
  const cells: Cell[] = [];
  const [columns, rows] = [cuts(request.window.column, request.window.width), cuts(request.window.row, request.window.height)];
  const nodes = columns.length * rows.length;
  const rectangles = rectanglesOf(columns, rows);
  // The first round finds the corners of the coarse cells and probes them at once.
  const first = new Float64Array((nodes + rectangles.length * PROBES) * 2);
  rows.forEach((row, j) => columns.forEach((column, i) => place(request.grid, [column, row], first, j * columns.length + i)));
  rectangles.forEach((rectangle, n) => probe(request, rectangle, first, nodes + n * PROBES));
  yield first;
  unwrap(first);
  let probes = first.subarray(nodes * 2);
  let drafts = coarseDrafts(rectangles, columns.length, first);
  // The last come first, so that few wait.
  const waiting: Draft[] = [];
  while (drafts.length > 0) {
    drafts.forEach((draft, n) => {
      const found = probes.subarray(n * PROBES * 2, (n + 1) * PROBES * 2);
      if (isEmpty(draft, found)) return void (isLarge(draft) && waiting.push(...split(draft, found)));
      const error = bendOf(draft, found, request);
      if (error <= STRAIGHT) cells.push(toCell(draft));
      else if (error <= CLOSE && Math.min(draft.width, draft.height) < SMALL) cells.push(toCell(draft));
      else if (error <= CLOSE) cells.push(...split(draft, found).map(toCell));
      else if (draft.width <= 1 && draft.height <= 1) cells.push(exactCell(draft, found, request.geographic));
      else waiting.push(...split(draft, found));
    });
    if (cells.length + waiting.length > MOST_CELLS) throw tooCrooked(request.window);
    drafts = waiting.splice(-ROUND);
    probes = new Float64Array(drafts.length * PROBES * 2);
    drafts.forEach((draft, n) => probe(request, draft, probes, n * PROBES));
    if (drafts.length > 0) yield probes;
    unwrap(probes);
  }
  return cells.map((cell) => relative(cell, request.window));
}

function tooCrooked({ width, height }: PixelWindow): AppError {
  return new AppError('CONTENT_TOO_LARGE', {
    detail: `Cannot place ${width} × ${height} pixels: more than ${MOST_CELLS} parts of them lie too crooked between the two CRSs; ask for a smaller area or fewer pixels`,
  });
}

/** Where an axis is cut: at its ends and at every COARSE pixels of the grid between. */
function cuts(start: number, length: number): readonly number[] {
  const found = [start];
  for (let at = (Math.floor(start / COARSE) + 1) * COARSE; at < start + length; at += COARSE) found.push(at);
  found.push(start + length);
  return found;
}

/** The rectangles between cuts, row by row. */
function rectanglesOf(columns: readonly number[], rows: readonly number[]): readonly PixelWindow[] {
  return rows.slice(1).flatMap((bottom, j) =>
    columns.slice(1).map((right, i) => {
      const [column, row] = [columns[i] ?? 0, rows[j] ?? 0];
      return { column, row, width: right - column, height: bottom - row };
    }),
  );
}

function coarseDrafts(rectangles: readonly PixelWindow[], side: number, nodes: Float64Array): readonly Draft[] {
  const xy = (k: number): readonly number[] => [nodes[2 * k] ?? Number.NaN, nodes[2 * k + 1] ?? Number.NaN];
  return rectangles.map((rectangle, n) => {
    const k = n + Math.floor(n / (side - 1));
    return { ...rectangle, corners: [...xy(k), ...xy(k + 1), ...xy(k + side), ...xy(k + side + 1)] };
  });
}

/** Where a draft is cut: at whole pixels, so that children are pixel rectangles too. */
function halves(draft: PixelWindow): readonly [number, number] {
  return [
    draft.width > 1 ? Math.ceil(draft.width / 2) : draft.width / 2,
    draft.height > 1 ? Math.ceil(draft.height / 2) : draft.height / 2,
  ];
}

/** Five points: the cut's crossing, then top, left, right and bottom of the cut. */
function probe({ grid }: WarpRequest, draft: PixelWindow, points: Float64Array, index: number): void {
  const { column, row, width, height } = draft;
  const [w, h] = halves(draft);
  place(grid, [column + w, row + h], points, index);
  place(grid, [column + w, row], points, index + 1);
  place(grid, [column, row + h], points, index + 2);
  place(grid, [column + width, row + h], points, index + 3);
  place(grid, [column + w, row + height], points, index + 4);
}

/** Where a map ends it may reach between the probes of a draft without meeting one: by a quarter of a pixel in those that are left out. */
function isLarge({ width, height }: PixelWindow): boolean {
  return Math.max(width, height) > LEAST_EMPTY;
}

function isEmpty(draft: Draft, found: Float64Array): boolean {
  return draft.corners.every(Number.isNaN) && found.every(Number.isNaN);
}

/** How far the probes are from where the corners alone would put them, in parts of what is tolerated; NaN where some are not known. */
function bendOf(draft: Draft, found: Float64Array, request: WarpRequest): number {
  const [w, h] = halves(draft);
  const [u, v] = [w / draft.width, h / draft.height];
  const [tolerableX, tolerableY] = [tolerable(draft, 0, request), tolerable(draft, 1, request)];
  let worst = 0;
  for (let k = 0; k < PROBES; k += 1) {
    // In the order of probe.
    const s = k === 2 ? 0 : k === 3 ? 1 : u;
    const t = k === 1 ? 0 : k === 4 ? 1 : v;
    const dx = (blend(draft.corners, 0, s, t) - (found[2 * k] ?? 0)) / tolerableX;
    const dy = (blend(draft.corners, 1, s, t) - (found[2 * k + 1] ?? 0)) / tolerableY;
    worst = Math.max(worst, Math.sqrt(dx * dx + dy * dy));
  }
  return worst;
}

/** What is tolerated along an axis of the source: of the shorter sides, where opposite ones differ. */
function tolerable({ corners, width, height }: Draft, axis: 0 | 1, { tolerance, ofFootprint }: WarpRequest): number {
  if (ofFootprint === undefined) return tolerance;
  const side = (p: number, q: number): number => Math.abs((corners[p + axis] ?? 0) - (corners[q + axis] ?? 0));
  const [across, down] = [Math.min(side(0, 2), side(4, 6)) / width, Math.min(side(0, 4), side(2, 6)) / height];
  const footprint = ofFootprint * Math.sqrt(across * across + down * down);
  return footprint > tolerance ? footprint : tolerance;
}

function blend(corners: readonly number[], axis: 0 | 1, s: number, t: number): number {
  const top = (corners[axis] ?? 0) * (1 - s) + (corners[2 + axis] ?? 0) * s;
  const bottom = (corners[4 + axis] ?? 0) * (1 - s) + (corners[6 + axis] ?? 0) * s;
  return top * (1 - t) + bottom * t;
}

function split(draft: Draft, found: Float64Array): readonly Draft[] {
  const { column, row, width, height, corners } = draft;
  const [w, h] = halves(draft);
  const pair = (source: ArrayLike<number>, k: number): readonly number[] => [source[2 * k] ?? Number.NaN, source[2 * k + 1] ?? Number.NaN];
  const [middle, top, left, right, bottom] = [pair(found, 0), pair(found, 1), pair(found, 2), pair(found, 3), pair(found, 4)];
  const [c00, c10, c01, c11] = [pair(corners, 0), pair(corners, 1), pair(corners, 2), pair(corners, 3)];
  if (width <= 1) {
    return [
      { column, row, width, height: h, corners: [...c00, ...c10, ...left, ...right] },
      { column, row: row + h, width, height: height - h, corners: [...left, ...right, ...c01, ...c11] },
    ];
  }
  if (height <= 1) {
    return [
      { column, row, width: w, height, corners: [...c00, ...top, ...c01, ...bottom] },
      { column: column + w, row, width: width - w, height, corners: [...top, ...c10, ...bottom, ...c11] },
    ];
  }
  return [
    { column, row, width: w, height: h, corners: [...c00, ...top, ...left, ...middle] },
    { column: column + w, row, width: width - w, height: h, corners: [...top, ...c10, ...middle, ...right] },
    { column, row: row + h, width: w, height: height - h, corners: [...left, ...middle, ...c01, ...bottom] },
    { column: column + w, row: row + h, width: width - w, height: height - h, corners: [...middle, ...right, ...bottom, ...c11] },
  ];
}

function toCell(draft: Draft): Cell {
  const axis = (k: 0 | 1): readonly [number, number, number, number] => {
    const at = (i: number, j: number): number => blend(draft.corners, k, i / draft.width, j / draft.height);
    const start = at(0.5, 0.5);
    const [right, down] = [at(1.5, 0.5) - start, at(0.5, 1.5) - start];
    return [start, right, down, at(1.5, 1.5) - start - right - down];
  };
  const [x, xi, xj, xij] = axis(0);
  const [y, yi, yj, yij] = axis(1);
  return { column: draft.column, row: draft.row, width: draft.width, height: draft.height, x, xi, xj, xij, y, yi, yj, yij };
}

/** A single pixel: its exact centre, with the size of its footprint where the corners tell it. */
function exactCell(draft: Draft, found: Float64Array, geographic: boolean): Cell {
  const [x, y] = [found[0] ?? Number.NaN, found[1] ?? Number.NaN];
  // Where longitudes jump the corners may be a turn away from the centre.
  const near = (value: number): number => value - 360 * Math.round((value - x) / 360);
  const corners = geographic ? draft.corners.map((value, k) => (k % 2 === 0 ? near(value) : value)) : draft.corners;
  const cell = toCell({ ...draft, corners });
  const known = Number.isFinite(cell.xi + cell.xj + cell.yi + cell.yj);
  const position = { x, y, xij: 0, yij: 0 };
  return known ? { ...cell, ...position } : { ...cell, ...position, xi: 0, xj: 0, yi: 0, yj: 0 };
}

function relative(cell: Cell, window: PixelWindow): Cell {
  return { ...cell, column: cell.column - window.column, row: cell.row - window.row };
}

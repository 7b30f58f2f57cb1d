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
}

/** The first batch has COARSE + 1 nodes a side. */
export const COARSE = 4;
const PROBES = 5;
const RUN = 8;

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
 * Refines the coarse nodes, breadth first, until every cell is bilinear to within the tolerance; cells without any
 * position are left out. Yields the probes of one round at a time.
 */
export function* cellWarp(
  request: WarpRequest,
  nodes: Float64Array,
  unwrap: (xy: Float64Array) => void,
): Generator<Float64Array, readonly Cell[], void> {
  const cells: Cell[] = [];
  let drafts = coarseDrafts(request.window, nodes);
  while (drafts.length > 0) {
    const probes = new Float64Array(drafts.length * PROBES * 2);
    drafts.forEach((draft, n) => probe(request, draft, probes, n * PROBES));
    yield probes;
    unwrap(probes);
    const next: Draft[] = [];
    drafts.forEach((draft, n) => {
      const found = probes.subarray(n * PROBES * 2, (n + 1) * PROBES * 2);
      if (isEmpty(draft, found)) return;
      if (isLinear(draft, found, request.tolerance)) cells.push(toCell(draft));
      else if (draft.width <= 1 && draft.height <= 1) cells.push(exactCell(draft, found));
      else next.push(...split(draft, found));
    });
    drafts = next;
  }
  return cells.map((cell) => relative(cell, request.window));
}

/** The 4 × 4 cells of the first batch, at whole pixels only when the window divides; corners may fall between pixels. */
function coarseDrafts(window: PixelWindow, nodes: Float64Array): Draft[] {
  const side = COARSE + 1;
  const xy = (k: number): readonly number[] => [nodes[2 * k] ?? Number.NaN, nodes[2 * k + 1] ?? Number.NaN];
  if (window.width % COARSE !== 0 || window.height % COARSE !== 0) {
    const last = side * side - 1;
    return [{ ...window, corners: [...xy(0), ...xy(COARSE), ...xy(last - COARSE), ...xy(last)] }];
  }
  const [width, height] = [window.width / COARSE, window.height / COARSE];
  return Array.from({ length: COARSE * COARSE }, (_, n) => {
    const [i, j] = [n % COARSE, Math.floor(n / COARSE)];
    const k = j * side + i;
    const corners = [...xy(k), ...xy(k + 1), ...xy(k + side), ...xy(k + side + 1)];
    return { column: window.column + i * width, row: window.row + j * height, width, height, corners };
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
function probe({ grid }: WarpRequest, draft: Draft, points: Float64Array, index: number): void {
  const { column, row, width, height } = draft;
  const [w, h] = halves(draft);
  place(grid, [column + w, row + h], points, index);
  place(grid, [column + w, row], points, index + 1);
  place(grid, [column, row + h], points, index + 2);
  place(grid, [column + width, row + h], points, index + 3);
  place(grid, [column + w, row + height], points, index + 4);
}

function isEmpty(draft: Draft, found: Float64Array): boolean {
  return draft.corners.every(Number.isNaN) && found.every(Number.isNaN);
}

function isLinear(draft: Draft, found: Float64Array, tolerance: number): boolean {
  const [w, h] = halves(draft);
  const [u, v] = [w / draft.width, h / draft.height];
  const at: readonly (readonly [number, number])[] = [
    [u, v],
    [u, 0],
    [0, v],
    [1, v],
    [u, 1],
  ];
  return at.every(([s, t], k) => {
    const dx = blend(draft.corners, 0, s, t) - (found[2 * k] ?? 0);
    const dy = blend(draft.corners, 1, s, t) - (found[2 * k + 1] ?? 0);
    return Math.abs(dx) <= tolerance && Math.abs(dy) <= tolerance;
  });
}

function blend(corners: readonly number[], axis: 0 | 1, s: number, t: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [corners[axis], corners[2 + axis], corners[4 + axis], corners[6 + axis]];
  return (a * (1 - s) + b * s) * (1 - t) + (c * (1 - s) + d * s) * t;
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
function exactCell(draft: Draft, found: Float64Array): Cell {
  const cell = toCell(draft);
  const known = Number.isFinite(cell.xi + cell.xj + cell.yi + cell.yj);
  const position = { x: found[0] ?? Number.NaN, y: found[1] ?? Number.NaN, xij: 0, yij: 0 };
  return known ? { ...cell, ...position } : { ...cell, ...position, xi: 0, xj: 0, yi: 0, yj: 0 };
}

function relative(cell: Cell, window: PixelWindow): Cell {
  return { ...cell, column: cell.column - window.column, row: cell.row - window.row };
}

/** Separable positions as cells of at most eight pixels a side, for grids that are turned against the picture. */
export function linesAsCells(x: Float64Array, y: Float64Array): readonly Cell[] {
  const columns = runs(x);
  return runs(y).flatMap((down) =>
    columns.map((across) => ({
      column: across.start,
      row: down.start,
      width: across.length,
      height: down.length,
      x: across.position,
      xi: across.step,
      xj: 0,
      xij: 0,
      y: down.position,
      yi: 0,
      yj: down.step,
      yij: 0,
    })),
  );
}

function runs(line: Float64Array): readonly { start: number; length: number; position: number; step: number }[] {
  const found = [];
  for (let start = 0; start < line.length; start += RUN) {
    const length = Math.min(RUN, line.length - start);
    const position = line[start] ?? Number.NaN;
    const ahead = Math.min(start + length, line.length - 1);
    const from = ahead > start ? start : Math.max(0, start - 1);
    const step = ahead > from ? ((line[ahead] ?? 0) - (line[from] ?? 0)) / (ahead - from) : 0;
    found.push({ start, length, position, step });
  }
  return found;
}

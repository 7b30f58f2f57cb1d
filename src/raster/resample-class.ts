import { isWide, type Allocate, type Plane, type Raster } from './image.ts';
import { linesAsCells, type Cell } from './warp-cells.ts';
import type { Warp } from './warp.ts';

/**
 * The default kernel for values that name classes: nearest when enlarging, mode when reducing. Nearest takes the
 * sample that the pixel's centre lies in (sample k covers [k, k + 1)). Mode takes the value that covers most of the
 * pixel's footprint, NaN left out; among equals the one that got there first, row by row. NaN without data.
 * `warp` is in pixels of the raster.
 */
export function resampleClasses(raster: Raster, warp: Warp, allocate: Allocate): readonly Plane[] {
  const cells = warp.kind === 'cells' ? warp.cells : linesAsCells(warp.x, warp.y);
  return raster.bands.map((band) => {
    const out = allocate(warp.width * warp.height, isWide(band)).fill(Number.NaN);
    const sheet = { data: band, width: raster.width, height: raster.height };
    for (const cell of cells) {
      const half = { x: Math.hypot(cell.xi, cell.xj) / 2, y: Math.hypot(cell.yi, cell.yj) / 2 };
      if (half.x > REDUCING || half.y > REDUCING) modeCell(sheet, cell, out, { outWidth: warp.width, half });
      else nearestCell(sheet, cell, out, warp.width);
    }
    return out;
  });
}

const REDUCING = 0.5005;
const SLIVER = 1e-6;

interface Sheet {
  readonly data: Plane;
  readonly width: number;
  readonly height: number;
}

function nearestCell({ data, width, height }: Sheet, cell: Cell, out: Plane, outWidth: number): void {
  for (let j = 0; j < cell.height; j += 1) {
    const to = (cell.row + j) * outWidth + cell.column;
    for (let i = 0; i < cell.width; i += 1) {
      const column = Math.floor(cell.x + i * cell.xi + j * cell.xj + i * j * cell.xij);
      const row = Math.floor(cell.y + i * cell.yi + j * cell.yj + i * j * cell.yij);
      if (column >= 0 && row >= 0 && column < width && row < height) out[to + i] = data[row * width + column] ?? 0;
    }
  }
}

interface Footprint {
  readonly outWidth: number;
  readonly half: { readonly x: number; readonly y: number };
}

function modeCell(sheet: Sheet, cell: Cell, out: Plane, { outWidth, half }: Footprint): void {
  const votes: Votes = { values: [], weights: [], count: 0, best: 0 };
  const box: Box = { left: 0, right: 0, top: 0, bottom: 0 };
  for (let j = 0; j < cell.height; j += 1) {
    const to = (cell.row + j) * outWidth + cell.column;
    for (let i = 0; i < cell.width; i += 1) {
      const x = cell.x + i * cell.xi + j * cell.xj + i * j * cell.xij;
      const y = cell.y + i * cell.yi + j * cell.yj + i * j * cell.yij;
      box.left = x - half.x;
      box.right = x + half.x;
      box.top = y - half.y;
      box.bottom = y + half.y;
      out[to + i] = modeAt(sheet, box, votes);
    }
  }
}

/** The first `count` values seen under one footprint and what they cover; few, so a list is faster than a map. */
interface Votes {
  readonly values: number[];
  readonly weights: number[];
  count: number;
  best: number;
}

/** A footprint; one object serves all pixels of a cell, as the inner loop must not allocate. */
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function modeAt({ data, width, height }: Sheet, box: Box, votes: Votes): number {
  const [first, end] = [Math.max(0, Math.floor(box.left + SLIVER)), Math.min(width, Math.ceil(box.right - SLIVER))];
  const [top, bottom] = [Math.max(0, Math.floor(box.top + SLIVER)), Math.min(height, Math.ceil(box.bottom - SLIVER))];
  votes.count = 0;
  votes.best = 0;
  // Neighbours are mostly alike: what they cover is added up before it is counted.
  let [run, covered] = [Number.NaN, 0];
  for (let row = top; row < bottom; row += 1) {
    const tall = Math.min(box.bottom, row + 1) - Math.max(box.top, row);
    const p = row * width;
    for (let column = first; column < end; column += 1) {
      const value = data[p + column] ?? 0;
      if (value !== run) {
        if (covered > 0 && run === run) vote(votes, run, covered);
        run = value;
        covered = 0;
      }
      if (column > first && column < end - 1) covered += tall;
      else covered += tall * (Math.min(box.right, column + 1) - Math.max(box.left, column));
    }
  }
  if (votes.count === 0) return run;
  if (run === run) vote(votes, run, covered);
  return votes.values[votes.best] ?? Number.NaN;
}

function vote(votes: Votes, value: number, weight: number): void {
  let at = 0;
  while (at < votes.count && votes.values[at] !== value) at += 1;
  if (at === votes.count) {
    votes.values[at] = value;
    votes.weights[at] = 0;
    votes.count += 1;
  }
  votes.weights[at] = (votes.weights[at] ?? 0) + weight;
  if ((votes.weights[at] ?? 0) > (votes.weights[votes.best] ?? 0) + SLIVER) votes.best = at;
}

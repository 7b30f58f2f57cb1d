import { isWide, type Allocate, type Plane, type Raster } from '../image.ts';
import { footprints, overlapTaps, SLIVER, type Taps } from '../taps.ts';
import type { Cell } from '../warp-cells.ts';
import { linesOf, type Lines, type Warp } from '../warp.ts';
import { createGlass, isUniform, lookInCorners, reserve, seeOne, type Glass, type Reduce } from './look.ts';
import type { Canvas, Sheet } from './sheet.ts';

/** What becomes of the samples under a footprint. */
export interface Reduction {
  readonly reduce: Reduce;
  /** It makes the same of one sample as of many that are alike. */
  readonly collapse?: boolean;
  /** Pixels that are no larger than a sample on either axis take the one under their centre. */
  readonly nearestWhenSmall?: boolean;
}

/** A pixel this much larger than a sample is reduced. */
const LARGER = 1.001;

/**
 * Makes each pixel of the samples under its footprint: where columns and rows separate a box, else the quadrilateral
 * between the positions half a pixel to each side, so that neighbours share their edges. Overlaps with samples are
 * exact. Missing samples are left out; a pixel has a value when any sample under it has one.
 */
export function reduceFootprints(raster: Raster, warp: Warp, reduction: Reduction, allocate: Allocate): readonly Plane[] {
  const glass = createGlass(reduction.collapse === true);
  return raster.bands.map((band) => {
    const data = allocate(warp.width * warp.height, isWide(band)).fill(Number.NaN);
    const sheet = { data: band, width: raster.width, height: raster.height };
    const work = { sheet, glass, reduction, out: { data, width: warp.width } };
    if (warp.kind === 'separable') reduceLines(linesOf(warp), work);
    else for (const cell of warp.cells) reduceCell(cell, work);
    return data;
  });
}

interface Work {
  readonly sheet: Sheet;
  readonly glass: Glass;
  readonly reduction: Reduction;
  readonly out: Canvas;
}

function reduceLines(lines: Lines, { sheet, glass, reduction, out }: Work): void {
  const taps = { x: overlapTaps(lines.x, sheet.width), y: overlapTaps(lines.y, sheet.height) };
  const { x, y } = taps;
  const [wide, tall] = [footprints(lines.x), footprints(lines.y)];
  const { reduce, nearestWhenSmall } = reduction;
  const columns = wide.length;
  reserve(glass.seen, x.count * y.count);
  for (let j = 0; j < tall.length; j += 1) {
    const small = nearestWhenSmall === true && (tall[j] ?? 1) <= LARGER;
    const row = (y.nearest[j] ?? -1) * sheet.width;
    for (let i = 0; i < columns; i += 1) {
      if (small && (wide[i] ?? 1) <= LARGER) {
        const column = x.nearest[i] ?? -1;
        if (column >= 0 && row >= 0) out.data[j * columns + i] = sheet.data[row + column] ?? 0;
        continue;
      }
      lookAlong(sheet, taps, glass, j * columns + i);
      if (glass.seen.count > 0) out.data[j * columns + i] = reduce(glass.seen);
    }
  }
}

/** Looks under pixel n, row by row, where columns and rows separate. */
function lookAlong(sheet: Sheet, { x, y }: Overlaps, { collapse, seen }: Glass, n: number): void {
  const { data, width } = sheet;
  const { values, weights } = seen;
  const [across, down, columns] = [x.weight, y.weight, x.start.length];
  const j = Math.floor(n / columns);
  const i = n - j * columns;
  const first = (y.start[j] ?? 0) * width + (x.start[i] ?? 0);
  if (collapse && x.covered[i] === 1 && y.covered[j] === 1 && isUniform(sheet, first, x.count, y.count)) {
    seeOne(seen, data[first] ?? 0);
    return;
  }
  let from = first - i * x.count;
  let count = 0;
  for (let l = j * y.count; l < (j + 1) * y.count; l += 1, from += width) {
    const high = down[l] ?? 0;
    if (high <= 0) continue;
    for (let k = i * x.count; k < (i + 1) * x.count; k += 1) {
      const share = high * (across[k] ?? 0);
      const value = data[from + k] ?? 0;
      if (value !== value || share <= 0) continue;
      values[count] = value;
      weights[count] = share;
      count += 1;
    }
  }
  seen.count = count;
}

interface Overlaps {
  readonly x: Taps;
  readonly y: Taps;
}

function reduceCell(cell: Cell, { sheet, glass, reduction, out }: Work): void {
  const [broad, high] = [Math.hypot(cell.xi, cell.xj), Math.hypot(cell.yi, cell.yj)];
  // Where the projection ends a footprint may not be known.
  const single = (broad === 0 && high === 0) || (reduction.nearestWhenSmall === true && broad <= LARGER && high <= LARGER);
  for (let j = 0; j < cell.height; j += 1) {
    const to = (cell.row + j) * out.width + cell.column;
    for (let i = 0; i < cell.width; i += 1) {
      if (single) {
        const x = cell.x + i * cell.xi + j * cell.xj + i * j * cell.xij;
        const y = cell.y + i * cell.yi + j * cell.yj + i * j * cell.yij;
        out.data[to + i] = sampleAt(sheet, x, y);
        continue;
      }
      place(cell, i, j, glass.corners);
      lookInCorners(sheet, glass);
      if (glass.seen.count > 0) out.data[to + i] = reduction.reduce(glass.seen);
    }
  }
}

/** Writes the corners of a pixel's footprint, going round. */
function place(cell: Cell, i: number, j: number, corners: Float64Array): void {
  for (let k = 0; k < 4; k += 1) {
    const u = i + (k === 1 || k === 2 ? 0.5 : -0.5);
    const v = j + (k > 1 ? 0.5 : -0.5);
    corners[2 * k] = cell.x + u * cell.xi + v * cell.xj + u * v * cell.xij;
    corners[2 * k + 1] = cell.y + u * cell.yi + v * cell.yj + u * v * cell.yij;
  }
}

function sampleAt({ data, width, height }: Sheet, x: number, y: number): number {
  const [column, row] = [Math.floor(x + SLIVER), Math.floor(y + SLIVER)];
  return column >= 0 && row >= 0 && column < width && row < height ? (data[row * width + column] ?? 0) : Number.NaN;
}

import { isWide, type Allocate, type Plane, type Raster } from '../image.ts';
import { footprints, SLIVER } from '../taps.ts';
import type { Cell } from '../warp-cells.ts';
import { linesOf, type Lines, type Warp } from '../warp.ts';
import { createGlass, lookInBox, lookInCorners, type Glass, type Reduce } from './look.ts';
import type { Canvas, Sheet } from './sheet.ts';

/** What becomes of the samples under a footprint. */
export interface Reduction {
  readonly reduce: Reduce;
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
  const glass = createGlass();
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

function reduceLines({ x, y }: Lines, { sheet, glass, reduction, out }: Work): void {
  const [wide, tall] = [footprints(x), footprints(y)];
  const { reduce, nearestWhenSmall } = reduction;
  for (let j = 0; j < tall.length; j += 1) {
    const [row, high] = [y.centres[j] ?? Number.NaN, tall[j] ?? 1];
    for (let i = 0; i < wide.length; i += 1) {
      const [column, broad] = [x.centres[i] ?? Number.NaN, wide[i] ?? 1];
      if (nearestWhenSmall === true && high <= LARGER && broad <= LARGER) {
        out.data[j * wide.length + i] = sampleAt(sheet, column, row);
        continue;
      }
      glass.left = column - broad / 2;
      glass.right = column + broad / 2;
      glass.top = row - high / 2;
      glass.bottom = row + high / 2;
      lookInBox(sheet, glass);
      if (glass.seen.count > 0) out.data[j * wide.length + i] = reduce(glass.seen);
    }
  }
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

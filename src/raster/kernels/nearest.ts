import { isWide, type Allocate, type Plane, type Raster } from '../image.ts';
import { SLIVER } from '../taps.ts';
import type { Cell } from '../warp-cells.ts';
import type { Warp } from '../warp.ts';
import type { Canvas, Sheet } from './sheet.ts';

/**
 * The sample that a pixel's centre lies in: sample k covers [k, k + 1). A centre on the edge between two samples,
 * within rounding, takes the one after it.
 * 256 × 256 pixels take 0.2 ms enlarged by 2 and 0.2 ms reduced by 2, turned 0.4 and 0.4 ms.
 */
export function resampleNearest(raster: Raster, warp: Warp, allocate: Allocate): readonly Plane[] {
  return raster.bands.map((band) => {
    const data = allocate(warp.width * warp.height, isWide(band)).fill(Number.NaN);
    const sheet = { data: band, width: raster.width, height: raster.height };
    if (warp.kind === 'separable') takeLines(sheet, indexesOf(warp.x, raster.width), indexesOf(warp.y, raster.height), data);
    else for (const cell of warp.cells) takeCell(sheet, cell, { data, width: warp.width });
    return data;
  });
}

/** The samples under centres, -1 outside. */
function indexesOf(line: Float64Array, length: number): Int32Array {
  return Int32Array.from(line, (centre) => {
    const under = Math.floor(centre + SLIVER);
    return under >= 0 && under < length ? under : -1;
  });
}

function takeLines({ data, width }: Sheet, x: Int32Array, y: Int32Array, out: Plane): void {
  for (let j = 0; j < y.length; j += 1) {
    const from = (y[j] ?? -1) * width;
    if (from < 0) continue;
    const to = j * x.length;
    for (let i = 0; i < x.length; i += 1) {
      const column = x[i] ?? -1;
      if (column >= 0) out[to + i] = data[from + column] ?? 0;
    }
  }
}

function takeCell({ data, width, height }: Sheet, cell: Cell, out: Canvas): void {
  for (let j = 0; j < cell.height; j += 1) {
    const to = (cell.row + j) * out.width + cell.column;
    for (let i = 0; i < cell.width; i += 1) {
      const column = Math.floor(cell.x + i * cell.xi + j * cell.xj + i * j * cell.xij + SLIVER);
      const row = Math.floor(cell.y + i * cell.yi + j * cell.yj + i * j * cell.yij + SLIVER);
      if (column >= 0 && row >= 0 && column < width && row < height) out.data[to + i] = data[row * width + column] ?? 0;
    }
  }
}

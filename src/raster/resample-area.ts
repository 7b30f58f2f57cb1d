import { isWide, type Allocate, type Plane, type Raster } from './image.ts';
import { areaTaps, type Taps } from './taps.ts';
import type { Cell } from './warp-cells.ts';
import type { Warp } from './warp.ts';

/**
 * The default kernel for continuous values: bilinear when enlarging, exact area average when reducing (see taps.ts).
 * NaN samples are left out and the others' weights renormalised. A pixel has a value when, enlarging, the sample
 * under its centre has one, and reducing, when any sample under its footprint has one. Results in the array type of
 * the source, one plane a band, row by row, NaN without data. `warp` is in pixels of the raster, centres at ½.
 */
export function resampleArea(raster: Raster, warp: Warp, allocate: Allocate): readonly Plane[] {
  if (warp.kind === 'separable') {
    const [x, y] = [areaTaps(warp.x, raster.width), areaTaps(warp.y, raster.height)];
    return raster.bands.map((band) => separate(band, raster, { x, y }, allocate));
  }
  return raster.bands.map((band) => {
    const out = allocate(warp.width * warp.height, isWide(band)).fill(Number.NaN);
    const sheet = { data: band, width: raster.width, height: raster.height };
    for (const cell of warp.cells) areaCell(sheet, cell, out, warp.width);
    return out;
  });
}

interface Axes {
  readonly x: Taps;
  readonly y: Taps;
}

/** First along the rows, then down the columns. */
function separate(band: Plane, raster: Raster, { x, y }: Axes, allocate: Allocate): Plane {
  const columns = x.start.length;
  const out = allocate(columns * y.start.length, isWide(band));
  const source = { data: band, width: raster.width };
  const rows = reach(y);
  const size = (rows.bottom - rows.top) * columns;
  if (raster.complete) {
    const lines = allocate(size, isWide(band));
    across(source, x, lines, rows);
    down(lines, y, out, { top: rows.top, columns });
    blankOutside(out, { x, y });
    return out;
  }
  const sums = { values: allocate(size, true), weights: allocate(size, true) };
  acrossValid(source, x, sums, rows);
  downValid(sums, y, out, { top: rows.top, columns });
  if (!x.reducing && !y.reducing) blankUnderCentre(source, { x, y }, out);
  return out;
}

/** First and last + 1 sample that any pixel takes. */
function reach(taps: Taps): Rows {
  let [top, bottom] = [Infinity, 0];
  for (let i = 0; i < taps.start.length; i += 1) {
    if (taps.covered[i] === 0) continue;
    const start = taps.start[i] ?? 0;
    if (start < top) top = start;
    if (start + taps.count > bottom) bottom = start + taps.count;
  }
  return top < bottom ? { top, bottom } : { top: 0, bottom: 0 };
}

interface Source {
  readonly data: Plane;
  readonly width: number;
}

interface Rows {
  readonly top: number;
  readonly bottom: number;
}

function across({ data, width }: Source, { start, weight, count }: Taps, lines: Plane, { top, bottom }: Rows): void {
  const columns = start.length;
  for (let row = top; row < bottom; row += 1) {
    const from = row * width;
    const to = (row - top) * columns;
    if (count === 2) {
      for (let i = 0; i < columns; i += 1) {
        const p = from + (start[i] ?? 0);
        lines[to + i] = (weight[2 * i] ?? 0) * (data[p] ?? 0) + (weight[2 * i + 1] ?? 0) * (data[p + 1] ?? 0);
      }
    } else if (count === 3) {
      for (let i = 0; i < columns; i += 1) {
        const p = from + (start[i] ?? 0);
        lines[to + i] = (weight[3 * i] ?? 0) * (data[p] ?? 0) + (weight[3 * i + 1] ?? 0) * (data[p + 1] ?? 0) + (weight[3 * i + 2] ?? 0) * (data[p + 2] ?? 0);
      }
    } else {
      for (let i = 0; i < columns; i += 1) {
        const p = from + (start[i] ?? 0);
        let sum = 0;
        for (let k = 0; k < count; k += 1) sum += (weight[i * count + k] ?? 0) * (data[p + k] ?? 0);
        lines[to + i] = sum;
      }
    }
  }
}

function down(lines: Plane, { start, weight, count }: Taps, out: Plane, { top, columns }: { readonly top: number; readonly columns: number }): void {
  for (let j = 0; j < start.length; j += 1) {
    const to = j * columns;
    const p = Math.max(0, (start[j] ?? 0) - top) * columns;
    const [w0, w1, w2] = [weight[j * count] ?? 0, weight[j * count + 1] ?? 0, weight[j * count + 2] ?? 0];
    if (count === 2) {
      for (let i = 0; i < columns; i += 1) out[to + i] = w0 * (lines[p + i] ?? 0) + w1 * (lines[p + columns + i] ?? 0);
    } else if (count === 3) {
      for (let i = 0; i < columns; i += 1) out[to + i] = w0 * (lines[p + i] ?? 0) + w1 * (lines[p + columns + i] ?? 0) + w2 * (lines[p + 2 * columns + i] ?? 0);
    } else {
      for (let i = 0; i < columns; i += 1) {
        let sum = 0;
        for (let k = 0; k < count; k += 1) sum += (weight[j * count + k] ?? 0) * (lines[p + k * columns + i] ?? 0);
        out[to + i] = sum;
      }
    }
  }
}

/** A complete raster has no NaN inside; what lies outside it must get some. */
function blankOutside(out: Plane, { x, y }: Axes): void {
  const reducing = x.reducing || y.reducing;
  const columns = x.start.length;
  const isOut = (taps: Taps, i: number): boolean => (reducing ? taps.covered[i] === 0 : taps.nearest[i] === -1);
  for (let j = 0; j < y.start.length; j += 1) if (isOut(y, j)) out.fill(Number.NaN, j * columns, (j + 1) * columns);
  for (let i = 0; i < columns; i += 1) {
    if (!isOut(x, i)) continue;
    for (let p = i; p < out.length; p += columns) out[p] = Number.NaN;
  }
}

interface Sums {
  readonly values: Plane;
  readonly weights: Plane;
}

function acrossValid({ data, width }: Source, { start, weight, count }: Taps, sums: Sums, { top, bottom }: Rows): void {
  const { values, weights } = sums;
  const columns = start.length;
  for (let row = top; row < bottom; row += 1) {
    const to = (row - top) * columns;
    for (let i = 0; i < columns; i += 1) {
      const p = row * width + (start[i] ?? 0);
      let [sum, total] = [0, 0];
      for (let k = 0; k < count; k += 1) {
        const value = data[p + k] ?? 0;
        if (value !== value) continue;
        const share = weight[i * count + k] ?? 0;
        sum += share * value;
        total += share;
      }
      values[to + i] = sum;
      weights[to + i] = total;
    }
  }
}

function downValid({ values, weights }: Sums, { start, weight, count }: Taps, out: Plane, { top, columns }: { readonly top: number; readonly columns: number }): void {
  for (let j = 0; j < start.length; j += 1) {
    const p = Math.max(0, (start[j] ?? 0) - top) * columns;
    for (let i = 0; i < columns; i += 1) {
      let [sum, total] = [0, 0];
      for (let k = 0; k < count; k += 1) {
        const share = weight[j * count + k] ?? 0;
        sum += share * (values[p + k * columns + i] ?? 0);
        total += share * (weights[p + k * columns + i] ?? 0);
      }
      out[j * columns + i] = total > 1e-6 ? sum / total : Number.NaN;
    }
  }
}

/** When enlarging, the outline of the data is that of the samples: no value where the nearest sample has none. */
function blankUnderCentre({ data, width }: Source, { x, y }: Axes, out: Plane): void {
  const columns = x.nearest.length;
  for (let j = 0; j < y.nearest.length; j += 1) {
    const row = y.nearest[j] ?? -1;
    for (let i = 0; i < columns; i += 1) {
      const column = x.nearest[i] ?? -1;
      const under = row < 0 || column < 0 ? Number.NaN : (data[row * width + column] ?? 0);
      if (under !== under) out[j * columns + i] = Number.NaN;
    }
  }
}

interface Sheet extends Source {
  readonly height: number;
}

/** One cell of a general warp. The footprint is the rectangle, parallel to the samples, of the pixel's own size. */
function areaCell(sheet: Sheet, cell: Cell, out: Plane, outWidth: number): void {
  const boxWidth = Math.hypot(cell.xi, cell.xj);
  const boxHeight = Math.hypot(cell.yi, cell.yj);
  if (boxWidth > 1.001 || boxHeight > 1.001) averageCell(sheet, cell, out, { outWidth, halfX: Math.max(1, boxWidth) / 2, halfY: Math.max(1, boxHeight) / 2 });
  else bilinearCell(sheet, cell, out, outWidth);
}

function bilinearCell({ data, width, height }: Sheet, cell: Cell, out: Plane, outWidth: number): void {
  for (let j = 0; j < cell.height; j += 1) {
    const [stepX, stepY] = [cell.xi + j * cell.xij, cell.yi + j * cell.yij];
    let x = cell.x + j * cell.xj - 0.5;
    let y = cell.y + j * cell.yj - 0.5;
    const to = (cell.row + j) * outWidth + cell.column;
    for (let i = 0; i < cell.width; i += 1, x += stepX, y += stepY) {
      const [column, row] = [Math.floor(x), Math.floor(y)];
      if (column >= 0 && row >= 0 && column < width - 1 && row < height - 1) {
        const [u, v] = [x - column, y - row];
        const p = row * width + column;
        const upper = (data[p] ?? 0) * (1 - u) + (data[p + 1] ?? 0) * u;
        const lower = (data[p + width] ?? 0) * (1 - u) + (data[p + width + 1] ?? 0) * u;
        const value = upper * (1 - v) + lower * v;
        out[to + i] = value === value ? value : bilinearAt({ data, width, height }, x, y);
      } else out[to + i] = bilinearAt({ data, width, height }, x, y);
    }
  }
}

/** Bilinear near an edge or beside NaN; (x, y) counted from the centre of the first sample. */
function bilinearAt(sheet: Sheet, x: number, y: number): number {
  const under = sampleAt(sheet, Math.floor(x + 0.5), Math.floor(y + 0.5));
  if (under !== under) return Number.NaN;
  return averageAt(sheet, { left: x, right: x + 1, top: y, bottom: y + 1 });
}

function sampleAt({ data, width, height }: Sheet, column: number, row: number): number {
  return column >= 0 && row >= 0 && column < width && row < height ? (data[row * width + column] ?? 0) : Number.NaN;
}

function averageCell(sheet: Sheet, cell: Cell, out: Plane, { outWidth, halfX, halfY }: { readonly outWidth: number; readonly halfX: number; readonly halfY: number }): void {
  const box: Box = { left: 0, right: 0, top: 0, bottom: 0 };
  for (let j = 0; j < cell.height; j += 1) {
    const to = (cell.row + j) * outWidth + cell.column;
    for (let i = 0; i < cell.width; i += 1) {
      const x = cell.x + i * cell.xi + j * cell.xj + i * j * cell.xij;
      const y = cell.y + i * cell.yi + j * cell.yj + i * j * cell.yij;
      box.left = x - halfX;
      box.right = x + halfX;
      box.top = y - halfY;
      box.bottom = y + halfY;
      out[to + i] = averageAt(sheet, box);
    }
  }
}

/** A footprint; one object serves all pixels of a cell, as the inner loop must not allocate. */
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Area average of the valid samples in a box, NaN when there is none. */
function averageAt(sheet: Sheet, box: Box): number {
  const { left, right, top, bottom } = box;
  if (left < 0 || top < 0 || right > sheet.width || bottom > sheet.height) return averageOfValid(sheet, box);
  const { data, width } = sheet;
  const [first, last] = [Math.floor(left), Math.ceil(right) - 1];
  const [upper, lower] = [Math.floor(top), Math.ceil(bottom) - 1];
  let sum = 0;
  for (let row = upper; row <= lower; row += 1) {
    const p = row * width;
    let line = (data[p + first] ?? 0) * (first + 1 - left) + (data[p + last] ?? 0) * (right - last);
    for (let column = first + 1; column < last; column += 1) line += data[p + column] ?? 0;
    sum += line * (row === upper ? upper + 1 - top : row === lower ? bottom - lower : 1);
  }
  // NaN in any of them makes the sum NaN; a box within one sample is no average.
  return sum === sum && first < last && upper < lower ? sum / ((right - left) * (bottom - top)) : averageOfValid(sheet, box);
}

function averageOfValid({ data, width, height }: Sheet, box: Box): number {
  const [first, end] = [Math.max(0, Math.floor(box.left)), Math.min(width, Math.ceil(box.right))];
  const [top, bottom] = [Math.max(0, Math.floor(box.top)), Math.min(height, Math.ceil(box.bottom))];
  let sum = 0;
  let total = 0;
  for (let row = top; row < bottom; row += 1) {
    const tall = Math.min(box.bottom, row + 1) - Math.max(box.top, row);
    for (let column = first; column < end; column += 1) {
      const value = data[row * width + column] ?? 0;
      if (value !== value) continue;
      const share = tall * (Math.min(box.right, column + 1) - Math.max(box.left, column));
      sum += share * value;
      total += share;
    }
  }
  return total > 1e-9 ? sum / total : Number.NaN;
}

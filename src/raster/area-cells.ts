import type { Plane } from './image.ts';
import type { Cell } from './warp-cells.ts';

/** One band as it lies in memory. */
export interface Sheet {
  readonly data: Plane;
  readonly width: number;
  readonly height: number;
}

/** One cell of a general warp. The footprint is the rectangle, parallel to the samples, of the pixel's own size. */
export function areaCell(sheet: Sheet, cell: Cell, out: Plane, outWidth: number): void {
  const boxWidth = Math.hypot(cell.xi, cell.xj);
  const boxHeight = Math.hypot(cell.yi, cell.yj);
  if (boxWidth > 1.001 || boxHeight > 1.001)
    averageCell(sheet, cell, out, { outWidth, halfX: Math.max(1, boxWidth) / 2, halfY: Math.max(1, boxHeight) / 2 });
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

function averageCell(
  sheet: Sheet,
  cell: Cell,
  out: Plane,
  { outWidth, halfX, halfY }: { readonly outWidth: number; readonly halfX: number; readonly halfY: number },
): void {
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

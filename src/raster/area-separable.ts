import { isWide, type Allocate, type Plane, type Raster } from './image.ts';
import type { Taps } from './taps.ts';

/** The taps of both axes. */
export interface Axes {
  readonly x: Taps;
  readonly y: Taps;
}

/**
 * One band where columns and rows separate: first along the rows, then down the columns, with NaN left out where the
 * raster is not complete. A value needs the sample under the pixel's centre when enlarging, any sample when reducing.
 */
export function separateArea(band: Plane, raster: Raster, { x, y }: Axes, allocate: Allocate): Plane {
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
        lines[to + i] =
          (weight[3 * i] ?? 0) * (data[p] ?? 0) +
          (weight[3 * i + 1] ?? 0) * (data[p + 1] ?? 0) +
          (weight[3 * i + 2] ?? 0) * (data[p + 2] ?? 0);
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

function down(
  lines: Plane,
  { start, weight, count }: Taps,
  out: Plane,
  { top, columns }: { readonly top: number; readonly columns: number },
): void {
  for (let j = 0; j < start.length; j += 1) {
    const to = j * columns;
    const p = Math.max(0, (start[j] ?? 0) - top) * columns;
    const [w0, w1, w2] = [weight[j * count] ?? 0, weight[j * count + 1] ?? 0, weight[j * count + 2] ?? 0];
    if (count === 2) {
      for (let i = 0; i < columns; i += 1) out[to + i] = w0 * (lines[p + i] ?? 0) + w1 * (lines[p + columns + i] ?? 0);
    } else if (count === 3) {
      for (let i = 0; i < columns; i += 1)
        out[to + i] = w0 * (lines[p + i] ?? 0) + w1 * (lines[p + columns + i] ?? 0) + w2 * (lines[p + 2 * columns + i] ?? 0);
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

function downValid(
  { values, weights }: Sums,
  { start, weight, count }: Taps,
  out: Plane,
  { top, columns }: { readonly top: number; readonly columns: number },
): void {
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

import { isWide, type Allocate, type Plane, type Raster } from '../image.ts';
import type { Taps } from '../taps.ts';
import { gather, type Axes } from './gather.ts';

/**
 * One band where columns and rows separate: first along the rows, then down the columns. It runs as though nothing were
 * missing; where the raster is not complete, pixels that came out NaN are made again of what is there.
 */
export function separate(band: Plane, raster: Raster, axes: Axes, allocate: Allocate): Plane {
  const { x, y } = axes;
  const columns = x.start.length;
  const rows = reach(y);
  const lines = allocate((rows.bottom - rows.top) * columns, isWide(band));
  const out = allocate(columns * y.start.length, isWide(band));
  const source = { data: band, width: raster.width, height: raster.height };
  across(source, x, lines, rows);
  down(lines, y, out, { top: rows.top, columns });
  if (raster.complete) blankOutside(out, axes);
  else repair(source, axes, out);
  return out;
}

interface Source {
  readonly data: Plane;
  readonly width: number;
  readonly height: number;
}

interface Rows {
  readonly top: number;
  readonly bottom: number;
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

function across(source: Source, taps: Taps, lines: Plane, rows: Rows): void {
  if (taps.count === 2) acrossTwo(source, taps, lines, rows);
  else if (taps.count === 3) acrossThree(source, taps, lines, rows);
  else acrossMany(source, taps, lines, rows);
}

function acrossTwo({ data, width }: Source, { start, weight }: Taps, lines: Plane, { top, bottom }: Rows): void {
  const columns = start.length;
  for (let row = top; row < bottom; row += 1) {
    const from = row * width;
    const to = (row - top) * columns;
    for (let i = 0; i < columns; i += 1) {
      const p = from + (start[i] ?? 0);
      lines[to + i] = (weight[2 * i] ?? 0) * (data[p] ?? 0) + (weight[2 * i + 1] ?? 0) * (data[p + 1] ?? 0);
    }
  }
}

function acrossThree({ data, width }: Source, { start, weight }: Taps, lines: Plane, { top, bottom }: Rows): void {
  const columns = start.length;
  for (let row = top; row < bottom; row += 1) {
    const from = row * width;
    const to = (row - top) * columns;
    for (let i = 0; i < columns; i += 1) {
      const p = from + (start[i] ?? 0);
      lines[to + i] =
        (weight[3 * i] ?? 0) * (data[p] ?? 0) +
        (weight[3 * i + 1] ?? 0) * (data[p + 1] ?? 0) +
        (weight[3 * i + 2] ?? 0) * (data[p + 2] ?? 0);
    }
  }
}

function acrossMany({ data, width }: Source, { start, weight, count }: Taps, lines: Plane, { top, bottom }: Rows): void {
  const columns = start.length;
  for (let row = top; row < bottom; row += 1) {
    const from = row * width;
    const to = (row - top) * columns;
    for (let i = 0; i < columns; i += 1) {
      const p = from + (start[i] ?? 0);
      let sum = 0;
      for (let k = 0; k < count; k += 1) sum += (weight[i * count + k] ?? 0) * (data[p + k] ?? 0);
      lines[to + i] = sum;
    }
  }
}

interface Below {
  readonly top: number;
  readonly columns: number;
}

function down(lines: Plane, { start, weight, count }: Taps, out: Plane, { top, columns }: Below): void {
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
function blankOutside(out: Plane, { x, y, outline }: Axes): void {
  const columns = x.start.length;
  const isOut = (taps: Taps, i: number): boolean => (outline === 'any' ? taps.covered[i] === 0 : taps.nearest[i] === -1);
  for (let j = 0; j < y.start.length; j += 1) if (isOut(y, j)) out.fill(Number.NaN, j * columns, (j + 1) * columns);
  for (let i = 0; i < columns; i += 1) {
    if (!isOut(x, i)) continue;
    for (let p = i; p < out.length; p += columns) out[p] = Number.NaN;
  }
}

/** Makes pixels again that a missing sample has spoilt, and takes those away that lie outside the outline. */
function repair(source: Source, axes: Axes, out: Plane): void {
  const { x, y, outline } = axes;
  const columns = x.start.length;
  for (let j = 0; j < y.start.length; j += 1) {
    const row = y.nearest[j] ?? -1;
    for (let i = 0; i < columns; i += 1) {
      const to = j * columns + i;
      if (outline === 'centre') {
        const column = x.nearest[i] ?? -1;
        const under = row < 0 || column < 0 ? Number.NaN : (source.data[row * source.width + column] ?? 0);
        if (under !== under) {
          out[to] = Number.NaN;
          continue;
        }
      }
      const value = out[to] ?? 0;
      if (value !== value || x.covered[i] === 0 || y.covered[j] === 0) out[to] = gather(source.data, source.width, axes, [i, j]);
    }
  }
}

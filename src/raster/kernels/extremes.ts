import { isWide, type Allocate, type Plane, type Raster } from '../image.ts';
import type { Spans } from './spans.ts';

/** The footprints of both axes, and which end is sought: 1 the smallest, -1 the largest. */
export interface Extremes {
  readonly x: Spans;
  readonly y: Spans;
  readonly sign: 1 | -1;
}

/**
 * The smallest or largest valid sample under each footprint, where columns and rows separate: first along the rows,
 * then down the columns. NaN where no sample is valid.
 */
export function extremes(band: Plane, raster: Raster, { x, y, sign }: Extremes, allocate: Allocate): Plane {
  const columns = x.first.length;
  const top = y.first.reduce((least, row) => Math.min(least, row), raster.height);
  const bottom = y.end.reduce((most, row) => Math.max(most, row), top);
  const lines = allocate((bottom - top) * columns, isWide(band));
  for (let row = top; row < bottom; row += 1) {
    const source = { data: band, from: row * raster.width };
    across(source, x, sign, lines.subarray((row - top) * columns, (row - top + 1) * columns));
  }
  const out = allocate(columns * y.first.length, isWide(band)).fill(Number.NaN);
  for (let j = 0; j < y.first.length; j += 1) {
    for (let row = y.first[j] ?? 0; row < (y.end[j] ?? 0); row += 1)
      merge(lines, (row - top) * columns, sign, out.subarray(j * columns, (j + 1) * columns));
  }
  return out;
}

interface Row {
  readonly data: Plane;
  readonly from: number;
}

function across({ data, from }: Row, { first, end }: Spans, sign: number, line: Plane): void {
  for (let i = 0; i < line.length; i += 1) {
    let best = Number.NaN;
    for (let k = from + (first[i] ?? 0); k < from + (end[i] ?? 0); k += 1) {
      const value = data[k] ?? 0;
      if (value * sign < best * sign || best !== best) best = value;
    }
    line[i] = best;
  }
}

function merge(lines: Plane, from: number, sign: number, out: Plane): void {
  for (let i = 0; i < out.length; i += 1) {
    const [value, best] = [lines[from + i] ?? 0, out[i] ?? 0];
    if (value * sign < best * sign || best !== best) out[i] = value;
  }
}

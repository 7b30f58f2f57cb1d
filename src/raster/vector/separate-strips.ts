import type { Taps } from '../taps.ts';
import { PIXEL_LOOPS, PIXEL_MEMORY } from './pixel-loops.ts';

/** Samples of a band, and the taps of every column and row of what is made of them; all taps lie within. */
export interface Separation {
  readonly band: Float32Array;
  readonly width: number;
  readonly x: Taps;
  readonly y: Taps;
}

/**
 * Rows and columns of weighed samples, in strips of as many rows as the memory of the loops holds, first the way that
 * leaves less to do along the rows, which costs more. False, and nothing written, where not even one row can be held or
 * a pixel is made of one sample. `out` has a pixel for each pair of taps.
 */
export function separateStrips(separation: Separation, out: Float32Array): boolean {
  const { x, y } = separation;
  if (x.count < 2 || y.count < 2) return false;
  const columns = spanOf(x, 0, x.start.length);
  const all = spanOf(y, 0, y.start.length);
  const downFirst = all.end - all.first > y.start.length;
  const rows = stripRows(separation, columns.end - columns.first, downFirst);
  if (rows === 0) return false;
  for (let row = 0; row < y.start.length; row += rows)
    makeStrip({ ...separation, columns, downFirst, first: row, end: Math.min(y.start.length, row + rows) }, out);
  return true;
}

interface Span {
  readonly first: number;
  readonly end: number;
}

/** A part of the rows, and the samples along a row that are wanted. */
interface Strip extends Separation {
  readonly columns: Span;
  readonly downFirst: boolean;
  readonly first: number;
  readonly end: number;
}

/** First and last + 1 sample of the taps from `first` to `end`. */
function spanOf({ start, count }: Taps, first: number, end: number): Span {
  let [low, high] = [Infinity, 0];
  for (let i = first; i < end; i += 1) {
    const from = start[i] ?? 0;
    if (from < low) low = from;
    if (from + count > high) high = from + count;
  }
  return { first: low, end: high };
}

/** Rows of a strip that the memory holds, 0 where it does not hold one. */
function stripRows({ x, y }: Separation, across: number, downFirst: boolean): number {
  for (let rows = y.start.length; rows > 0; rows = Math.floor(rows / 2)) {
    let most = 0;
    for (let row = 0; row < y.start.length; row += rows) {
      const span = spanOf(y, row, Math.min(y.start.length, row + rows));
      most = Math.max(most, span.end - span.first);
    }
    const layout = layOut({ across, down: most, columns: x.start.length, rows, taps: x.count, tapsDown: y.count, downFirst });
    if (layout.end <= PIXEL_MEMORY.bytes) return rows;
  }
  return 0;
}

interface Sizes {
  /** Samples along and down. */
  readonly across: number;
  readonly down: number;
  /** Pixels. */
  readonly columns: number;
  readonly rows: number;
  readonly taps: number;
  readonly tapsDown: number;
  readonly downFirst: boolean;
}

/** Addresses in bytes of samples, half-made lines, pixels and taps, one after the other, each on a vector's boundary. */
function layOut({ across, down, columns, rows, taps, tapsDown, downFirst }: Sizes) {
  const [sampleStride, pixelStride] = [aligned(across * 4), aligned(columns * 4)];
  const lines = down * sampleStride;
  const pixels = lines + (downFirst ? rows * sampleStride : down * pixelStride);
  const starts = pixels + rows * pixelStride;
  const weights = starts + aligned(columns * 4);
  const weightsDown = weights + aligned(columns * taps * 8);
  return { sampleStride, pixelStride, lines, pixels, starts, weights, weightsDown, end: weightsDown + aligned(rows * tapsDown * 8) };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

function makeStrip(strip: Strip, out: Float32Array): void {
  const { x, y, columns, first, end, downFirst } = strip;
  const span = spanOf(y, first, end);
  const [across, down, rows] = [columns.end - columns.first, span.end - span.first, end - first];
  const sizes: Sizes = { across, down, columns: x.start.length, rows, taps: x.count, tapsDown: y.count, downFirst };
  const at = layOut(sizes);
  putSamples(strip, span, at.sampleStride);
  PIXEL_MEMORY.int32.set(
    x.start.map((start) => start - columns.first),
    at.starts / 4,
  );
  PIXEL_MEMORY.float64.set(x.weight, at.weights / 8);
  PIXEL_MEMORY.float64.set(y.weight.subarray(first * y.count, end * y.count), at.weightsDown / 8);
  const alongRows = (source: number, sourceStride: number, to: number, count: number): void => {
    for (let row = 0; row < count; row += 1)
      PIXEL_LOOPS.across(source + row * sourceStride, to + row * at.pixelStride, x.start.length, at.starts, at.weights, x.count);
  };
  const downColumns = (source: number, stride: number, to: number): void => {
    for (let row = 0; row < rows; row += 1) {
      const from = source + ((y.start[first + row] ?? 0) - span.first) * stride;
      PIXEL_LOOPS.down(from, stride, to + row * stride, stride, at.weightsDown + row * y.count * 8, y.count);
    }
  };
  if (downFirst) {
    downColumns(0, at.sampleStride, at.lines);
    alongRows(at.lines, at.sampleStride, at.pixels, rows);
  } else {
    alongRows(0, at.sampleStride, at.lines, down);
    downColumns(at.lines, at.pixelStride, at.pixels);
  }
  takePixels(strip, at, out);
}

/** The samples of a strip, row by row from address 0 on. */
function putSamples({ band, width, columns }: Strip, rows: Span, stride: number): void {
  for (let row = rows.first; row < rows.end; row += 1) {
    const from = row * width + columns.first;
    PIXEL_MEMORY.float32.set(band.subarray(from, from + columns.end - columns.first), ((row - rows.first) * stride) / 4);
  }
}

function takePixels({ x, first, end }: Strip, at: { readonly pixels: number; readonly pixelStride: number }, out: Float32Array): void {
  const columns = x.start.length;
  for (let row = first; row < end; row += 1) {
    const from = (at.pixels + (row - first) * at.pixelStride) / 4;
    out.set(PIXEL_MEMORY.float32.subarray(from, from + columns), row * columns);
  }
}

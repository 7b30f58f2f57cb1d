import { SLIVER } from '../taps.ts';
import { addEdge, clearCoverage, createCoverage, type Coverage } from './coverage.ts';
import type { Sheet } from './sheet.ts';

/**
 * What lies under one pixel's footprint: the first `count` values, none NaN, row by row, and how much of each sample
 * lies inside, in samples. One object serves all pixels, as inner loops must not allocate.
 */
export interface Seen {
  values: Float64Array;
  weights: Float64Array;
  count: number;
}

/** Makes one number of what lies under a footprint; never called with count 0. May reorder what it is given. */
export type Reduce = (seen: Seen) => number;

/** A footprint to look under, with room for what is seen. */
export interface Glass {
  /** Samples that are all alike may count as one: true for what does not depend on how many they are. */
  readonly collapse: boolean;
  readonly seen: Seen;
  readonly coverage: Coverage;
  /** Corners of a footprint that is turned against the samples, x and y in turn, going round. */
  readonly corners: Float64Array;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A footprint nowhere. */
export function createGlass(collapse: boolean): Glass {
  const seen = { values: new Float64Array(64), weights: new Float64Array(64), count: 0 };
  return { collapse, seen, coverage: createCoverage(), corners: new Float64Array(8), left: 0, right: 0, top: 0, bottom: 0 };
}

/** Samples of a window from which on a footprint is taken as the box around it. */
const MOST = 1 << 20;

/** Looks under the box from (left, top) to (right, bottom). A box without extent lies in one sample. */
function lookInBox(sheet: Sheet, glass: Glass): void {
  const { data, width, height } = sheet;
  const { seen, left, right, top, bottom } = glass;
  const first = Math.max(0, Math.floor(left + SLIVER));
  const end = Math.min(width, Math.max(Math.ceil(right - SLIVER), first + 1));
  const upper = Math.max(0, Math.floor(top + SLIVER));
  const lower = Math.min(height, Math.max(Math.ceil(bottom - SLIVER), upper + 1));
  seen.count = 0;
  if (!(right > SLIVER && bottom > SLIVER && first < end && upper < lower)) return;
  if (glass.collapse && isUniform(sheet, upper * width + first, end - first, lower - upper)) {
    seeOne(seen, data[upper * width + first] ?? 0);
    return;
  }
  reserve(seen, (end - first) * (lower - upper));
  const { values, weights } = seen;
  let count = 0;
  for (let row = upper; row < lower; row += 1) {
    const tall = Math.min(bottom, row + 1) - Math.max(top, row);
    for (let column = first; column < end; column += 1) {
      const value = data[row * width + column] ?? 0;
      if (value !== value) continue;
      values[count] = value;
      weights[count] = column > first && column < end - 1 ? tall : tall * (Math.min(right, column + 1) - Math.max(left, column));
      count += 1;
    }
  }
  seen.count = count;
}

/** True when so many columns and rows from a sample on hold the same value; NaN is like no other. */
export function isUniform({ data, width }: Sheet, from: number, columns: number, rows: number): boolean {
  const value = data[from] ?? 0;
  for (let row = 0; row < rows; row += 1) {
    const p = from + row * width;
    for (let k = p; k < p + columns; k += 1) if (data[k] !== value) return false;
  }
  return true;
}

/** Sees one value that stands for all. */
export function seeOne(seen: Seen, value: number): void {
  seen.values[0] = value;
  seen.weights[0] = 1;
  seen.count = 1;
}

/** Looks under the quadrilateral of the corners. */
export function lookInCorners(sheet: Sheet, glass: Glass): void {
  const { corners } = glass;
  glass.left = Math.min(corners[0] ?? 0, corners[2] ?? 0, corners[4] ?? 0, corners[6] ?? 0);
  glass.right = Math.max(corners[0] ?? 0, corners[2] ?? 0, corners[4] ?? 0, corners[6] ?? 0);
  glass.top = Math.min(corners[1] ?? 0, corners[3] ?? 0, corners[5] ?? 0, corners[7] ?? 0);
  glass.bottom = Math.max(corners[1] ?? 0, corners[3] ?? 0, corners[5] ?? 0, corners[7] ?? 0);
  const window = (glass.right - glass.left + 2) * (glass.bottom - glass.top + 2);
  if (isBox(glass) || !(window < MOST)) lookInBox(sheet, glass);
  else if (!(glass.collapse && seesOne(sheet, glass))) lookInPolygon(sheet, glass);
}

/** Looks under a footprint around which all samples are alike; false, and nothing seen, where they are not. */
function seesOne(sheet: Sheet, { seen, left, right, top, bottom }: Glass): boolean {
  const [first, upper] = [Math.floor(left), Math.floor(top)];
  const [columns, rows] = [Math.ceil(right) - first, Math.ceil(bottom) - upper];
  const from = upper * sheet.width + first;
  if (first < 0 || upper < 0 || first + columns > sheet.width || upper + rows > sheet.height) return false;
  if (!isUniform(sheet, from, columns, rows)) return false;
  seeOne(seen, sheet.data[from] ?? 0);
  return true;
}

/** True when every corner is one of the box around them. */
function isBox({ corners, left, right, top, bottom }: Glass): boolean {
  const near = 1e-4;
  for (let k = 0; k < 8; k += 2) {
    const [x, y] = [corners[k] ?? 0, corners[k + 1] ?? 0];
    if ((x - left > near && right - x > near) || (y - top > near && bottom - y > near)) return false;
  }
  return true;
}

function lookInPolygon({ data, width, height }: Sheet, glass: Glass): void {
  const { seen, coverage, corners } = glass;
  const [first, upper] = [Math.floor(glass.left), Math.floor(glass.top)];
  seen.count = 0;
  if (!(glass.left < width && glass.right > 0 && glass.top < height && glass.bottom > 0)) return;
  clearCoverage(coverage, Math.ceil(glass.right) - first + 1, Math.ceil(glass.bottom) - upper + 1);
  for (let k = 0; k < 8; k += 2) {
    corners[k] = (corners[k] ?? 0) - first;
    corners[k + 1] = (corners[k + 1] ?? 0) - upper;
  }
  for (let k = 0; k < 4; k += 1) addEdge(coverage, corners, k);
  reserve(seen, coverage.width * coverage.height);
  const { values, weights } = seen;
  let count = 0;
  for (let j = 0; j < coverage.height; j += 1) {
    const row = upper + j;
    let inside = 0;
    for (let i = 0; i < coverage.width; i += 1) {
      inside += coverage.cells[j * (coverage.width + 1) + i] ?? 0;
      const column = first + i;
      if (Math.abs(inside) <= SLIVER || column < 0 || row < 0 || column >= width || row >= height) continue;
      const value = data[row * width + column] ?? 0;
      if (value !== value) continue;
      values[count] = value;
      weights[count] = Math.abs(inside);
      count += 1;
    }
  }
  seen.count = count;
}

/** Makes room for so many values. */
export function reserve(seen: Seen, capacity: number): void {
  if (seen.values.length >= capacity) return;
  const length = Math.max(capacity, 2 * seen.values.length);
  seen.values = new Float64Array(length);
  seen.weights = new Float64Array(length);
}

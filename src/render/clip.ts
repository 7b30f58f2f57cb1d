import { invertGrid, type Grid } from '../raster/grid.ts';
import type { Plane } from '../raster/image.ts';

/** Planes of a size on a grid. */
export interface Sheet {
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
}

/**
 * Takes the data away from pixels whose centre lies outside of the rings (x, y, x, y … in the grid's CRS), by the
 * even-odd rule: row by row, between each pair of crossings of the row's middle line. Changes the planes it is given.
 */
export function clipPlanes(planes: readonly Plane[], { grid, width, height }: Sheet, rings: readonly Float64Array[]): void {
  const inPixels = rings.map((ring) => toPixels(ring, grid));
  for (let row = 0; row < height; row += 1) {
    const crossings = inPixels.flatMap((ring) => crossingsOf(ring, row + 0.5)).sort((p, q) => p - q);
    let done = 0;
    for (let n = 0; n + 1 < crossings.length; n += 2) {
      const from = Math.min(width, Math.max(done, Math.ceil((crossings[n] ?? 0) - 0.5)));
      const to = Math.min(width, Math.max(from, Math.ceil((crossings[n + 1] ?? 0) - 0.5)));
      for (const plane of planes) plane.fill(Number.NaN, row * width + done, row * width + from);
      done = to;
    }
    for (const plane of planes) plane.fill(Number.NaN, row * width + done, (row + 1) * width);
  }
}

function toPixels(ring: Float64Array, grid: Grid): Float64Array {
  const { a, b, c, d, e, f } = invertGrid(grid);
  const out = new Float64Array(ring.length);
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const [x, y] = [ring[i] ?? 0, ring[i + 1] ?? 0];
    out[i] = a * x + b * y + c;
    out[i + 1] = d * x + e * y + f;
  }
  return out;
}

/** Where the ring crosses a horizontal line; a corner on the line counts for the edge that comes from above only. */
function crossingsOf(ring: Float64Array, line: number): readonly number[] {
  const found: number[] = [];
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const next = i + 3 < ring.length ? i + 2 : 0;
    const [x, y, u, v] = [ring[i] ?? 0, ring[i + 1] ?? 0, ring[next] ?? 0, ring[next + 1] ?? 0];
    if (y <= line === v <= line) continue;
    found.push(x + ((line - y) / (v - y)) * (u - x));
  }
  return found;
}

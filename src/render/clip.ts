import { invertGrid, type Grid } from '../raster/grid.ts';
import type { Plane } from '../raster/image.ts';
import { crossRows, eachInside } from '../raster/scanline.ts';

/** Planes of a size on a grid. */
export interface Sheet {
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
}

/**
 * Takes the data away from pixels whose centre lies outside of the rings (x, y, x, y … in the grid's CRS), by the
 * even-odd rule. Changes the planes it is given.
 */
export function clipPlanes(planes: readonly Plane[], { grid, width, height }: Sheet, rings: readonly Float64Array[]): void {
  const crossings = crossRows(
    rings.map((ring) => toPixels(ring, grid)),
    height,
  );
  for (let row = 0; row < height; row += 1) {
    let done = 0;
    eachInside(crossings, row, width, (from, to) => {
      for (const plane of planes) plane.fill(Number.NaN, row * width + done, row * width + Math.max(done, from));
      done = Math.max(done, to);
    });
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

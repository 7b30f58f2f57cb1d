/**
 * Where pixels lie: column and row, counted in pixels from the outer corner of the first pixel, map to a position by
 * x = originX + column·scaleX + row·skewX, y = originY + column·skewY + row·scaleY. Integers are pixel corners,
 * halves are pixel centres. A north-up raster has scaleY < 0 and no skew.
 */
export interface Grid {
  readonly originX: number;
  readonly originY: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly skewX: number;
  readonly skewY: number;
}

/** A rectangle of pixels, half-open: columns [column, column + width), rows [row, row + height). */
export interface PixelWindow {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** An affine map of positions to pixels: column = a·x + b·y + c, row = d·x + e·y + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** From positions in the CRS to columns and rows of the grid. A degenerate grid maps everything to NaN. */
export function invertGrid(grid: Grid): Affine {
  const determinant = grid.scaleX * grid.scaleY - grid.skewX * grid.skewY;
  const a = grid.scaleY / determinant;
  const b = -grid.skewX / determinant;
  const d = -grid.skewY / determinant;
  const e = grid.scaleX / determinant;
  if (determinant === 0) return { a: Number.NaN, b: 0, c: 0, d: Number.NaN, e: 0, f: 0 };
  return { a, b, c: -(a * grid.originX + b * grid.originY), d, e, f: -(d * grid.originX + e * grid.originY) };
}

/** Side of a square of the same area as one pixel, in units of the CRS. */
export function pixelSize(grid: Grid): number {
  return Math.sqrt(Math.abs(grid.scaleX * grid.scaleY - grid.skewX * grid.skewY));
}

/** The same grid with its origin moved by whole or broken pixels. */
export function shiftGrid(grid: Grid, column: number, row: number): Grid {
  return {
    ...grid,
    originX: grid.originX + column * grid.scaleX + row * grid.skewX,
    originY: grid.originY + column * grid.skewY + row * grid.scaleY,
  };
}

/** Bounds of a width × height raster on the grid: west, south, east, north in units of the CRS. */
export function gridBounds(grid: Grid, width: number, height: number): readonly [number, number, number, number] {
  const xs = [0, width * grid.scaleX, height * grid.skewX, width * grid.scaleX + height * grid.skewX];
  const ys = [0, width * grid.skewY, height * grid.scaleY, width * grid.skewY + height * grid.scaleY];
  return [grid.originX + Math.min(...xs), grid.originY + Math.min(...ys), grid.originX + Math.max(...xs), grid.originY + Math.max(...ys)];
}

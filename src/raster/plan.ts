import type { Grid } from './grid.ts';
import { pixelSize } from './grid.ts';

/** Size of a source pixel, in units of the source CRS. */
export interface LevelSize {
  readonly pixelWidth: number;
  readonly pixelHeight: number;
}

/** A transformation of positions in place; what it cannot map becomes NaN. */
export type PointTransform = (xy: Float64Array) => void;

const AS_FINE = 1.01;

/**
 * The coarsest level whose pixel is not larger than the target's, else the finest; sizes compare by area.
 * `targetSize` is the side of a target pixel in units of the source CRS.
 */
export function chooseLevel<L extends LevelSize>(levels: readonly L[], targetSize: number): L | undefined {
  let best: L | undefined;
  let finest: L | undefined;
  for (const level of levels) {
    const size = sizeOf(level);
    if (finest === undefined || size < sizeOf(finest)) finest = level;
    if (size <= targetSize * AS_FINE && (best === undefined || size > sizeOf(best))) best = level;
  }
  return best ?? finest;
}

function sizeOf({ pixelWidth, pixelHeight }: LevelSize): number {
  return Math.sqrt(pixelWidth * pixelHeight);
}

/**
 * Side of a target pixel at a column and row, in units of the source CRS; undefined where the transformation fails.
 * Measured over `span` target pixels.
 */
export function targetPixelSize(grid: Grid, at: { readonly column: number; readonly row: number }, transform: PointTransform): number | undefined {
  const points = Float64Array.from([[0, 0], [1, 0], [0, 1]].flatMap(([i = 0, j = 0]) => [
    grid.originX + (at.column + i) * grid.scaleX + (at.row + j) * grid.skewX,
    grid.originY + (at.column + i) * grid.skewY + (at.row + j) * grid.scaleY,
  ]));
  transform(points);
  const [x = 0, y = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points;
  const size = pixelSize({ originX: 0, originY: 0, scaleX: x1 - x, skewY: y1 - y, skewX: x2 - x, scaleY: y2 - y });
  return Number.isFinite(size) && size > 0 ? size : undefined;
}

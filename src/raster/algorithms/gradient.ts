import type { AlgorithmInput } from './algorithm.ts';
import { createNeighbourhood, readNeighbourhood } from './neighbourhood.ts';

/** The rise per metre towards the right and towards the top of the picture, for the inner pixels of one row. */
export interface GradientRow {
  readonly east: Float64Array;
  readonly north: Float64Array;
  /** Index of the row's first pixel in the result. */
  readonly offset: number;
}

/**
 * Walks over the inner rows with the gradient by Horn's weights (B. K. P. Horn, "Hill shading and the reflectance map",
 * Proc. IEEE 69, 1981), which is also gdaldem's. Heights are in metres after multiplication by `zFactor`. NaN where
 * the centre has no data. The arrays are used again for the next row.
 */
export function eachGradientRow(input: AlgorithmInput, zFactor: number, visit: (row: GradientRow) => void): void {
  const { planes, width, height, rim, ground } = input;
  const [plane] = planes;
  if (plane === undefined) return;
  const inner = width - 2 * rim;
  const [east, north] = [new Float64Array(inner), new Float64Array(inner)];
  const n = createNeighbourhood();
  for (let row = rim; row < height - rim; row += 1) {
    const [widths, heights] = [ground.widths(row), ground.heights(row)];
    for (let k = 0; k < inner; k += 1) {
      readNeighbourhood(plane, row * width + k + rim, width, n);
      const known = n.e - n.e;
      east[k] = known + (zFactor * (n.c + 2 * n.f + n.i - (n.a + 2 * n.d + n.g))) / (8 * (widths[k + rim] ?? Number.NaN));
      north[k] = known + (zFactor * (n.a + 2 * n.b + n.c - (n.g + 2 * n.h + n.i))) / (8 * (heights[k + rim] ?? Number.NaN));
    }
    visit({ east, north, offset: (row - rim) * inner });
  }
}

/** How many samples an algorithm's result has. */
export function innerLength({ width, height, rim }: AlgorithmInput): number {
  return (width - 2 * rim) * (height - 2 * rim);
}

import { never } from '../../base/never.ts';
import { allocatePlane, isWide, type Plane } from '../../raster/image.ts';

/** A plane with its size. */
export interface SizedPlane {
  readonly plane: Plane;
  readonly width: number;
  readonly height: number;
}

/** How one pixel comes of those below it. */
export type HalvingMethod = 'average' | 'mode' | 'nearest';

/** The pixels below each pixel of a smaller line: the first of them and the share of each. */
interface Shares {
  readonly first: Int32Array;
  /** Three for each pixel, 0 where there are fewer. */
  readonly weights: Float64Array;
}

/**
 * A plane of half the size, rounded up, over the same extent: at odd sizes a pixel covers a little less than two by two.
 * Averages and modes weigh by the area covered; NaN is no data and counts for nothing; of equal modes the first wins.
 */
export function halvePlane({ plane, width, height }: SizedPlane, method: HalvingMethod): Plane {
  const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const [across, down] = [sharesOf(width, columns), sharesOf(height, rows)];
  const half = allocatePlane(columns * rows, isWide(plane));
  const cells = new Float64Array(9);
  const weights = new Float64Array(9);
  const merge = mergerOf(method);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const left = across.first[column] ?? 0;
      const top = down.first[row] ?? 0;
      for (let i = 0; i < 9; i += 1) {
        const [x, y] = [i % 3, (i - (i % 3)) / 3];
        const weight = (across.weights[column * 3 + x] ?? 0) * (down.weights[row * 3 + y] ?? 0);
        const value = weight === 0 ? Number.NaN : (plane[(top + y) * width + left + x] ?? Number.NaN);
        cells[i] = value;
        weights[i] = value === value ? weight : 0;
      }
      half[row * columns + column] = merge(cells, weights);
    }
  }
  return half;
}

function sharesOf(length: number, halved: number): Shares {
  const first = new Int32Array(halved);
  const weights = new Float64Array(halved * 3);
  const ratio = length / halved;
  for (let i = 0; i < halved; i += 1) {
    const [from, to] = [i * ratio, Math.min(length, (i + 1) * ratio)];
    const start = Math.floor(from);
    first[i] = start;
    for (let k = 0; k < 3; k += 1) {
      const share = Math.min(to, start + k + 1) - Math.max(from, start + k);
      // Slivers are rounding of the ratio, not area.
      weights[i * 3 + k] = share > 1e-9 ? share : 0;
    }
  }
  return { first, weights };
}

type Merge = (cells: Float64Array, weights: Float64Array) => number;

function mergerOf(method: HalvingMethod): Merge {
  switch (method) {
    case 'average':
      return average;
    case 'mode':
      return mode;
    case 'nearest':
      return nearest;
    default:
      return never(method);
  }
}

function average(cells: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < 9; i += 1) {
    const weight = weights[i] ?? 0;
    if (weight === 0) continue;
    sum += weight * (cells[i] ?? 0);
    total += weight;
  }
  return total === 0 ? Number.NaN : sum / total;
}

function mode(cells: Float64Array, weights: Float64Array): number {
  let best = Number.NaN;
  let most = 0;
  for (let i = 0; i < 9; i += 1) {
    let total = 0;
    for (let k = 0; k < 9; k += 1) if (cells[k] === cells[i]) total += weights[k] ?? 0;
    if (total > most) [best, most] = [cells[i] ?? Number.NaN, total];
  }
  return best;
}

/** The first that has data, from the upper left. */
function nearest(cells: Float64Array): number {
  for (const value of cells) if (value === value) return value;
  return Number.NaN;
}

import type { Cell } from '../warp-cells.ts';
import type { Profile } from './profile.ts';
import type { Canvas, Sheet } from './sheet.ts';

/** A profile at every 1/STEPS of a sample, so that inner loops look weights up; between two entries linear. */
export interface Table {
  readonly radius: number;
  readonly weight: Float64Array;
}

const STEPS = 1024;
/** See gather.ts. */
const FIRM = 0.25;
const NOTHING = 1e-6;
/** Centres this close before a sample's edge are on it. */
const SLIVER = 1e-6;

/** Tabulates a profile. */
export function tabulate({ radius, weight }: Profile): Table {
  return { radius, weight: Float64Array.from({ length: radius * STEPS + 2 }, (_, i) => weight(i / STEPS)) };
}

/** Weights of one axis: of sample first + k for k < count; taken over from pixel to pixel. */
interface Weights {
  readonly of: Float64Array;
  readonly stretch: number;
  readonly radius: number;
  first: number;
  count: number;
}

/**
 * One cell of a general warp. The profiles lie along the samples' own axes, each stretched by the extent of the
 * pixel's footprint on that axis, at least one sample.
 */
export function convolveCell(sheet: Sheet, cell: Cell, table: Table, out: Canvas): void {
  const across = weightsOf(table, Math.hypot(cell.xi, cell.xj));
  const down = weightsOf(table, Math.hypot(cell.yi, cell.yj));
  const { data, width, height } = sheet;
  for (let j = 0; j < cell.height; j += 1) {
    const to = (cell.row + j) * out.width + cell.column;
    for (let i = 0; i < cell.width; i += 1) {
      const x = cell.x + i * cell.xi + j * cell.xj + i * j * cell.xij;
      const y = cell.y + i * cell.yi + j * cell.yj + i * j * cell.yij;
      const [column, row] = [Math.floor(x + SLIVER), Math.floor(y + SLIVER)];
      if (!(column >= 0 && row >= 0 && column < width && row < height)) continue;
      const under = data[row * width + column] ?? 0;
      if (under !== under) continue;
      weigh(across, x, width, table.weight);
      weigh(down, y, height, table.weight);
      const value = convolveAt(sheet, across, down);
      out.data[to + i] = value === value ? value : gatherAt(sheet, across, down);
    }
  }
}

function weightsOf({ radius }: Table, step: number): Weights {
  const stretch = Math.max(1, step);
  return { of: new Float64Array(Math.ceil(2 * radius * stretch) + 1), stretch, radius: radius * stretch, first: 0, count: 0 };
}

/** The weights around a centre, of samples inside [0, length) only; they add up to 1. */
function weigh(weights: Weights, centre: number, length: number, table: Float64Array): void {
  const { of, stretch, radius } = weights;
  const first = Math.max(0, Math.ceil(centre - 0.5 - radius));
  const end = Math.min(length, Math.floor(centre - 0.5 + radius) + 1);
  const scale = STEPS / stretch;
  const last = table.length - 2;
  let total = 0;
  for (let k = first; k < end; k += 1) {
    const at = Math.min(last, Math.abs(k + 0.5 - centre) * scale);
    const low = Math.floor(at);
    const below = table[low] ?? 0;
    const share = below + (at - low) * ((table[low + 1] ?? 0) - below);
    of[k - first] = share;
    total += share;
  }
  for (let k = 0; k < end - first; k += 1) of[k] = (of[k] ?? 0) / total;
  weights.first = first;
  weights.count = end - first;
}

function convolveAt({ data, width }: Sheet, x: Weights, y: Weights): number {
  let sum = 0;
  for (let l = 0; l < y.count; l += 1) {
    const p = (y.first + l) * width + x.first;
    let line = 0;
    for (let k = 0; k < x.count; k += 1) line += (x.of[k] ?? 0) * (data[p + k] ?? 0);
    sum += (y.of[l] ?? 0) * line;
  }
  return sum;
}

function gatherAt({ data, width }: Sheet, x: Weights, y: Weights): number {
  let [sum, total, solidSum, solid] = [0, 0, 0, 0];
  for (let l = 0; l < y.count; l += 1) {
    const p = (y.first + l) * width + x.first;
    for (let k = 0; k < x.count; k += 1) {
      const share = (x.of[k] ?? 0) * (y.of[l] ?? 0);
      const value = data[p + k] ?? 0;
      if (value !== value || share === 0) continue;
      sum += share * value;
      total += share;
      if (share < 0) continue;
      solidSum += share * value;
      solid += share;
    }
  }
  if (solid < NOTHING) return Number.NaN;
  return total < FIRM ? solidSum / solid : sum / total;
}

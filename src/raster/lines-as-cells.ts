import type { Line } from './taps.ts';
import { COARSE, type Cell } from './warp-cells.ts';

/** Part of a pixel's footprint by which a straight run of positions may be off. */
const SLACK = 0.01;

/** Separable positions as cells in which they are straight, for grids that are turned against the picture. */
export function linesAsCells(x: Line, y: Line): readonly Cell[] {
  const columns = runs(x);
  return runs(y).flatMap((down) =>
    columns.map((across) => ({
      column: across.start,
      row: down.start,
      width: across.length,
      height: down.length,
      x: across.position,
      xi: across.step,
      xj: 0,
      xij: 0,
      y: down.position,
      yi: 0,
      yj: down.step,
      yij: 0,
    })),
  );
}

interface Run {
  readonly start: number;
  readonly length: number;
  readonly position: number;
  readonly step: number;
}

/** Anchored like coarse cells, so that neighbouring windows cut alike. */
function runs({ centres, beyond }: Line): readonly Run[] {
  const found: Run[] = [];
  const line = Float64Array.of(...centres, beyond?.[1] ?? Number.NaN);
  for (let start = 0; start < centres.length; start += found.at(-1)?.length ?? 1) {
    let length = Math.min(COARSE - (start % COARSE), centres.length - start);
    while (length > 1 && !isStraight(line, runOf(line, start, length))) length = Math.ceil(length / 2);
    found.push(runOf(line, start, length));
  }
  return found;
}

/** The run from `start` to the position after its last, or to its last where that is not known. */
function runOf(line: Float64Array, start: number, length: number): Run {
  const ahead = Number.isNaN(line[start + length] ?? Number.NaN) ? start + length - 1 : start + length;
  const from = ahead > start ? start : Math.max(0, start - 1);
  const step = ahead > from ? ((line[ahead] ?? 0) - (line[from] ?? 0)) / (ahead - from) : 0;
  return { start, length, position: line[start] ?? Number.NaN, step };
}

function isStraight(line: Float64Array, { start, length, position, step }: Run): boolean {
  for (let k = 1; k < length; k += 1) if (!(Math.abs((line[start + k] ?? 0) - position - k * step) <= Math.abs(step) * SLACK)) return false;
  return true;
}

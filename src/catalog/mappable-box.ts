import type { Bbox } from '../base/bbox.ts';
import type { Transform } from '../crs/transform.ts';

/** Cells along each side: what is lost at the edge of a projection's area is less than one of them. */
const CELLS = 48;

/**
 * The largest box within a box (of the transformation's source, west ≤ east) all of whose corners and cells can be
 * mapped, by number of cells of a regular grid; undefined when no cell can.
 */
export function mappableBox(bbox: Bbox, transform: Transform): Bbox | undefined {
  const [west, south, east, north] = bbox;
  if (!(west < east && south < north)) return undefined;
  const x = (i: number): number => (i === CELLS ? east : west + ((east - west) * i) / CELLS);
  const y = (i: number): number => (i === CELLS ? north : south + ((north - south) * i) / CELLS);
  const found = largestRectangle(mappableCells(x, y, transform));
  return found === undefined ? undefined : [x(found.left), y(found.bottom), x(found.right), y(found.top)];
}

type Position = (i: number) => number;

/** Cells of which all four corners can be mapped, rows from south to north. */
function mappableCells(x: Position, y: Position, transform: Transform): readonly (readonly boolean[])[] {
  const side = Array.from({ length: CELLS + 1 }, (_, i) => i);
  const xy = Float64Array.from(side.flatMap((row) => side.flatMap((col) => [x(col), y(row)])));
  transform(xy);
  const isMapped = (row: number, col: number): boolean => {
    const i = 2 * (row * (CELLS + 1) + col);
    return Number.isFinite(xy[i]) && Number.isFinite(xy[i + 1]);
  };
  return side.slice(1).map((row) => side.slice(1).map((col) => [row - 1, row].every((r) => isMapped(r, col - 1) && isMapped(r, col))));
}

interface Rectangle {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** The rectangle of most true cells, half-open in cell numbers. */
function largestRectangle(cells: readonly (readonly boolean[])[]): Rectangle | undefined {
  let best: Rectangle | undefined;
  let most = 0;
  for (const bottom of cells.keys()) {
    let open: readonly boolean[] = Array.from({ length: CELLS }, () => true);
    for (const [row, line] of cells.entries()) {
      if (row < bottom) continue;
      open = open.map((isOpen, col) => isOpen && line[col] === true);
      const [left, right] = longestRun(open);
      const count = (right - left) * (row + 1 - bottom);
      if (count > most) [most, best] = [count, { left, bottom, right, top: row + 1 }];
    }
  }
  return best;
}

function longestRun(line: readonly boolean[]): readonly [from: number, to: number] {
  let [from, to, start] = [0, 0, 0];
  for (const [i, value] of line.entries()) {
    if (!value) start = i + 1;
    else if (i + 1 - start > to - from) [from, to] = [start, i + 1];
  }
  return [from, to];
}

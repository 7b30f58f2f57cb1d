/** A ring of positions in pixels, x and y in turn; integers are the corners of pixels. Closed or not. */
type Ring = Float64Array;

/** Where the edges of rings cross the middle lines of rows: those of row r stand at starts[r] … starts[r + 1], ascending. */
export interface Crossings {
  readonly starts: Uint32Array;
  /** In pixels; between the first and the second of a row lies the inside by the even-odd rule, and so on. */
  readonly columns: Float64Array;
}

/**
 * The crossings of rings with the rows 0 … height - 1. An edge counts its upper end, not its lower one, so that a corner
 * on a line is crossed once or twice as it should be. Each edge is looked at twice, whatever the number of rows.
 */
export function crossRows(rings: readonly Ring[], height: number): Crossings {
  const starts = new Uint32Array(height + 1);
  eachEdge(rings, (y0, y1) => {
    const end = lastRow(y0, y1, height);
    for (let row = firstRow(y0, y1); row < end; row += 1) starts[row + 1] = (starts[row + 1] ?? 0) + 1;
  });
  for (let row = 0; row < height; row += 1) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  const columns = new Float64Array(starts[height] ?? 0);
  const next = starts.slice(0, height);
  eachEdge(rings, (y0, y1, x0, x1) => {
    const end = lastRow(y0, y1, height);
    for (let row = firstRow(y0, y1); row < end; row += 1) {
      const at = next[row] ?? 0;
      next[row] = at + 1;
      columns[at] = x0 + ((row + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
    }
  });
  for (let row = 0; row < height; row += 1) columns.subarray(starts[row], starts[row + 1]).sort();
  return { starts, columns };
}

/** Calls `visit` for each run of pixels of a row whose centres lie inside, columns [from, to) within 0 … width. */
export function eachInside({ starts, columns }: Crossings, row: number, width: number, visit: (from: number, to: number) => void): void {
  const end = starts[row + 1] ?? 0;
  for (let n = starts[row] ?? 0; n + 1 < end; n += 2) {
    const from = Math.max(0, Math.ceil((columns[n] ?? 0) - 0.5));
    const to = Math.min(width, Math.ceil((columns[n + 1] ?? 0) - 0.5));
    if (from < to) visit(from, to);
  }
}

function eachEdge(rings: readonly Ring[], visit: (y0: number, y1: number, x0: number, x1: number) => void): void {
  for (const ring of rings) {
    const last = ring.length - 2;
    for (let i = 0; i <= last; i += 2) {
      const j = i < last ? i + 2 : 0;
      visit(ring[i + 1] ?? 0, ring[j + 1] ?? 0, ring[i] ?? 0, ring[j] ?? 0);
    }
  }
}

/** The first row whose middle line lies at or below the upper end of an edge. */
function firstRow(y0: number, y1: number): number {
  return Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
}

/** The first row whose middle line lies at or below its lower end. */
function lastRow(y0: number, y1: number, height: number): number {
  return Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5));
}

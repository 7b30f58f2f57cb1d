/**
 * How much of each sample a polygon covers, exactly. Samples are unit squares: (i, j) of the window is [i, i + 1) ×
 * [j, j + 1). Every edge adds, to the samples of each row it passes, what lies to its right, signed by its direction;
 * summing along the row leaves the area inside, negative for polygons that turn the other way (the accumulation
 * buffer of font rasterisers).
 */
export interface Coverage {
  /** Differences along each row, width + 1 a row. */
  cells: Float64Array;
  width: number;
  height: number;
  /** Between which abscissas the piece of edge at hand runs. */
  left: number;
  right: number;
}

/** Room for nothing yet. */
export function createCoverage(): Coverage {
  return { cells: new Float64Array(256), width: 0, height: 0, left: 0, right: 0 };
}

/** Begins a polygon in a window of so many samples. */
export function clearCoverage(coverage: Coverage, width: number, height: number): void {
  coverage.width = width;
  coverage.height = height;
  const size = (width + 1) * height;
  if (coverage.cells.length < size) coverage.cells = new Float64Array(2 * size);
  else coverage.cells.fill(0, 0, size);
}

/** Adds the edge from corner k of [x0, y0, x1, y1, …] to the next, after the last the first; all lie in the window. */
export function addEdge(coverage: Coverage, corners: Float64Array, k: number): void {
  const next = (k + 1) % (corners.length / 2);
  const forth = (corners[2 * k + 1] ?? 0) < (corners[2 * next + 1] ?? 0);
  const upper = forth ? k : next;
  const lower = forth ? next : k;
  const x0 = corners[2 * upper] ?? 0;
  const y0 = corners[2 * upper + 1] ?? 0;
  const y1 = corners[2 * lower + 1] ?? 0;
  if (!(y0 < y1)) return;
  const slope = ((corners[2 * lower] ?? 0) - x0) / (y1 - y0);
  let y = y0;
  let x = x0;
  for (let row = Math.floor(y0); row < y1; row += 1) {
    const below = Math.min(y1, row + 1);
    const to = x0 + (below - y0) * slope;
    coverage.left = Math.min(x, to);
    coverage.right = Math.max(x, to);
    addPiece(coverage, row, forth ? below - y : y - below);
    y = below;
    x = to;
  }
}

/** A piece of edge within one row, `tall` high; its sign is its direction. */
function addPiece({ cells, width, left, right }: Coverage, row: number, tall: number): void {
  const from = row * (width + 1);
  let column = Math.floor(left);
  let [area, covered] = [0, 0];
  do {
    // The area to the right of the piece and to the left of the column's end.
    const end = column + 1;
    const within = end >= right ? end - (left + right) / 2 : ((end - left) * (end - left)) / (2 * (right - left));
    cells[from + column] = (cells[from + column] ?? 0) + tall * (within - area - covered);
    covered = within - area;
    area = within;
    column = end;
  } while (column < right + 1 && column <= width);
}

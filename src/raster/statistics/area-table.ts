/** Areas of the cells of a raster on the ground, as plain data: those of some cells; between them they change linearly. */
export interface AreaTable {
  /** Columns and rows of the cells whose areas are known, ascending. */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  /** Square metres, row by row; 0 where cells have no place on the ground. */
  readonly areas: Float64Array;
}

/** A part of a raster. */
export interface Place {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** Square metres of each cell of a part, times its weight where weights are given. */
export function groundOf({ column, row, width, height }: Place, table: AreaTable, weights?: Float32Array): Float32Array {
  const ground = new Float32Array(width * height);
  const across = Array.from({ length: width }, (_, i) => between(table.columns, column + i));
  const nodes = Int32Array.from(across, ([node]) => node);
  const shares = Float64Array.from(across, ([, share]) => share);
  const line = new Float64Array(table.columns.length + 1);
  for (let j = 0; j < height; j += 1) {
    blendRows(table, row + j, line);
    for (let i = 0, at = j * width; i < width; i += 1, at += 1) {
      const [node, share] = [nodes[i] ?? 0, shares[i] ?? 0];
      const area = (line[node] ?? 0) * (1 - share) + (line[node + 1] ?? 0) * share;
      ground[at] = weights === undefined ? area : (weights[at] ?? 0) * area;
    }
  }
  return ground;
}

/** Areas of the known columns at a row, the last one twice. */
function blendRows({ columns, rows, areas }: AreaTable, row: number, line: Float64Array): void {
  const [node, share] = between(rows, row);
  const below = Math.min(rows.length - 1, node + 1);
  for (let i = 0; i <= columns.length; i += 1) {
    const column = Math.min(i, columns.length - 1);
    line[i] = (areas[node * columns.length + column] ?? 0) * (1 - share) + (areas[below * columns.length + column] ?? 0) * share;
  }
}

/** The node at or before a cell, and how far the cell is on its way to the next. */
function between(cells: readonly number[], cell: number): readonly [node: number, share: number] {
  const step = ((cells.at(-1) ?? 0) - (cells[0] ?? 0)) / Math.max(1, cells.length - 1);
  let node = Math.max(0, Math.min(cells.length - 2, Math.floor(cell / Math.max(step, 1))));
  while (node > 0 && (cells[node] ?? 0) > cell) node -= 1;
  while (node < cells.length - 2 && (cells[node + 1] ?? 0) <= cell) node += 1;
  const [before, after] = [cells[node] ?? 0, cells[node + 1] ?? cells[node] ?? 0];
  return [node, after > before ? (cell - before) / (after - before) : 0];
}

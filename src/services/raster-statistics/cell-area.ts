import { groundArea } from '../../crs/equal-area.ts';
import type { RunContext } from '../../db/database.ts';
import type { Grid } from '../../raster/grid.ts';
import type { AreaTable } from '../../raster/statistics/area-table.ts';
import type { Mapping } from '../rasters/mapping.ts';

/** A raster's grid and size. */
export interface Cells {
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
}

/** Nodes down and across: linear between 129 parallels, areas of cells are right to 1 in 10,000 on a whole globe. */
const [DOWN, ACROSS] = [129, 9];

/**
 * Areas of cells, from those at nodes spread over the raster: their corners are mapped to longitude and latitude, and
 * between nodes areas change linearly. Cells that cannot be mapped have no area.
 */
export async function cellAreas({ grid, width, height }: Cells, toLonLat: Mapping, context: RunContext): Promise<AreaTable> {
  const columns = nodes(width, ACROSS);
  const rows = nodes(height, DOWN);
  const corners = new Float64Array(columns.length * rows.length * 8);
  rows.forEach((row, j) =>
    columns.forEach((column, i) => {
      [0, 1, 1, 0].forEach((right, k) => {
        const [c, r] = [column + right, row + (k > 1 ? 1 : 0)];
        const at = ((j * columns.length + i) * 4 + k) * 2;
        corners[at] = grid.originX + c * grid.scaleX + r * grid.skewX;
        corners[at + 1] = grid.originY + c * grid.skewY + r * grid.scaleY;
      });
    }),
  );
  await toLonLat.run(corners, context);
  const areas = Float64Array.from({ length: columns.length * rows.length }, (_, n) => {
    const area = groundArea(corners.subarray(n * 8, n * 8 + 8));
    return Number.isFinite(area) ? area : 0;
  });
  return { columns, rows, areas };
}

/** At most `most` cells from the first to the last. */
function nodes(length: number, most: number): readonly number[] {
  const count = Math.min(length, most);
  return Array.from({ length: count }, (_, n) => (count > 1 ? Math.round((n * (length - 1)) / (count - 1)) : 0));
}

import { describe, expect, it } from 'vitest';
import { groundOf } from '../../../../src/raster/statistics/area-table.ts';

describe('the ground under cells', () => {
  // Areas that change linearly both ways: what is between the known cells is as exact as they are.
  const area = (column: number, row: number): number => 100 + 3 * column + 7 * row + 0.5 * column * row;
  const [columns, rows] = [
    [0, 4, 9],
    [0, 3, 6],
  ];
  const table = { columns, rows, areas: Float64Array.from(rows.flatMap((row) => columns.map((column) => area(column, row)))) };

  it('is known at some and linear between them', () => {
    const place = { column: 2, row: 1, width: 6, height: 5 };
    const ground = groundOf(place, table);
    for (let j = 0; j < place.height; j += 1)
      for (let i = 0; i < place.width; i += 1) expect(ground[j * place.width + i]).toBeCloseTo(area(place.column + i, place.row + j), 4);
  });

  it('counts by the share of cells, up to the last one', () => {
    const shares = Float32Array.of(0, 0.5, 1);
    const ground = groundOf({ column: 7, row: 6, width: 3, height: 1 }, table, shares);
    expect([...ground]).toEqual([0, area(8, 6) / 2, area(9, 6)]);
  });

  it('of a raster of one cell is that of the cell', () => {
    expect([...groundOf({ column: 0, row: 0, width: 1, height: 1 }, { columns: [0], rows: [0], areas: Float64Array.of(42) })]).toEqual([
      42,
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import type { Block } from '../../../../src/raster/wkb.ts';
import { inOrder, type RankedBlock } from '../../../../src/services/rasters/row-order.ts';

/** A row by its time, key and place; the block's width tells which it was. */
function row(id: number, { time, key, place }: { time?: number; key?: string; place?: string }): RankedBlock {
  const grid = { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };
  const block: Block = { grid, srid: 4326, width: id, height: 1, bands: [], time };
  return { block, key, place };
}

const order = (rows: readonly RankedBlock[]): readonly number[] => inOrder(rows).map(({ width }) => width);

describe('which row lies on top', () => {
  test('the newest; rows without a time lie lowest', () => {
    expect(order([row(1, { time: 5 }), row(2, {}), row(3, { time: 9 }), row(4, { time: -3 })])).toEqual([3, 1, 4, 2]);
  });

  test('of one time the smallest key, numbers as numbers', () => {
    expect(order([row(1, { key: '10' }), row(2, { key: '9' }), row(3, { key: '-1' })])).toEqual([3, 2, 1]);
    expect(order([row(1, { key: 'b' }), row(2, { key: 'a' }), row(3, { key: 'Z' })])).toEqual([3, 2, 1]);
    expect(order([row(1, { time: 1, key: '1' }), row(2, { time: 2, key: '2' })])).toEqual([2, 1]);
  });

  test('without a key the first of the table as it is stored', () => {
    const places = ['16402(10,1)771', '16402(9,12)771', '16402(9,2)771'];
    expect(order(places.map((place, i) => row(i + 1, { place })))).toEqual([3, 2, 1]);
  });

  test('of a view without a key as they come', () => {
    expect(order([row(2, {}), row(1, {}), row(3, {})])).toEqual([2, 1, 3]);
  });
});

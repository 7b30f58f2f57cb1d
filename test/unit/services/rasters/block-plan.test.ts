import { describe, expect, test } from 'vitest';
import type { RasterCollection, RasterLevel } from '../../../../src/catalog/collection.ts';
import { holdableLevel, thinningOf } from '../../../../src/services/rasters/block-plan.ts';

// The world in cells of 0.01°: 648 million.

const relation = { schema: 'public', name: 'world', oid: 1, kind: 'table' } as const;
const WORLD = [-180, -90, 180, 90] as const;

function levelOf(factor: number): RasterLevel {
  return { relation, column: 'rast', factor, pixelWidth: 0.01 * factor, pixelHeight: 0.01 * factor, indexed: true };
}

function world(factors: readonly number[]): RasterCollection {
  return {
    id: 'world',
    title: 'World',
    description: undefined,
    keywords: [],
    attribution: undefined,
    relation,
    predicate: undefined,
    estimatedRows: undefined,
    version: '1',
    kind: 'raster',
    column: 'rast',
    srid: 4326,
    bands: [
      { name: 'b1', title: undefined, unit: undefined, pixelType: '8BUI', nodata: 0, scale: 1, offset: 0, color: 'gray', classes: [] },
    ],
    levels: factors.map(levelOf),
    nativeBbox: WORLD,
    blockWidth: 256,
    blockHeight: 256,
    regularBlocking: true,
  };
}

describe('blocks under pixels that are drawn out', () => {
  const level = levelOf(1);

  test('are those of the finest level that can be held', () => {
    expect(holdableLevel({ collection: world([1, 4, 16]), level, bounds: WORLD }).factor).toBe(4);
    expect(holdableLevel({ collection: world([1, 2]), level, bounds: WORLD }).factor).toBe(2);
    expect(holdableLevel({ collection: world([1, 4, 16]), level, bounds: [0, 0, 60, 60] }).factor).toBe(1);
  });

  test('are thinned where no level can be held', () => {
    const footprint = { collection: world([1]), level, geographic: true, size: 0.015, margin: 0 };
    expect(thinningOf({ ...footprint, bounds: WORLD })).toBe(4);
    expect(thinningOf({ ...footprint, bounds: [0, 0, 60, 60] })).toBe(1);
  });

  test('are none where nothing lies', () => {
    const beyond = [200, 100, 600, 400] as const;
    expect(holdableLevel({ collection: world([1, 4]), level, bounds: beyond }).factor).toBe(1);
    expect(thinningOf({ collection: world([1]), level, bounds: beyond, geographic: false, size: 0.01, margin: 0 })).toBe(1);
  });
});

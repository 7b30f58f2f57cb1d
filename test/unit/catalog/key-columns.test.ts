import { describe, expect, test } from 'vitest';
import { hasRasterIndex, hasSpatialIndex, keyColumns } from '../../../src/catalog/key-columns.ts';
import type { ColumnRow, IndexRow } from '../../../src/catalog/schema-rows.ts';

function column(number: number, name: string, notNull = true): ColumnRow {
  return { number, name, typeOid: 23, typmod: -1, notNull, selectable: true, comment: undefined };
}

function index(more: Partial<IndexRow>): IndexRow {
  return {
    method: 'btree',
    unique: true,
    primary: false,
    partial: false,
    hasExpressions: false,
    keyCount: more.columns?.length ?? 0,
    columns: [],
    expressions: undefined,
    operatorClasses: [],
    ...more,
  };
}

describe('keyColumns', () => {
  const columns = [column(1, 'a'), column(2, 'b'), column(3, 'c', false)];
  const names = (...indexes: IndexRow[]): readonly string[] | undefined => keyColumns(columns, indexes)?.map(({ name }) => name);

  test('none without an index', () => expect(names()).toBeUndefined());
  test('in key order', () => expect(names(index({ columns: [2, 1], primary: true }))).toEqual(['b', 'a']));
  test('without included columns', () => expect(names(index({ columns: [1, 2], keyCount: 1 }))).toEqual(['a']));
  test('not nullable ones', () => expect(names(index({ columns: [3] }))).toBeUndefined());
  test('not partial ones', () => expect(names(index({ columns: [1], partial: true }))).toBeUndefined());
  test('not expressions', () => expect(names(index({ columns: [0], hasExpressions: true }))).toBeUndefined());
  test('not those that are only an index', () => expect(names(index({ columns: [1], unique: false }))).toBeUndefined());
  test('not with a column that may not be read', () => expect(names(index({ columns: [1, 9], primary: true }))).toBeUndefined());
});

describe('hasSpatialIndex', () => {
  const geom = column(5, 'geom', false);
  const gist = (more: Partial<IndexRow>): IndexRow =>
    index({ method: 'gist', unique: false, columns: [5], operatorClasses: ['gist_geometry_ops_2d'], ...more });

  test('GiST, SP-GiST and BRIN count', () => {
    expect(hasSpatialIndex(geom, [gist({})])).toBe(true);
    expect(hasSpatialIndex(geom, [gist({ method: 'spgist', operatorClasses: ['spgist_geometry_ops_2d'] })])).toBe(true);
    expect(hasSpatialIndex(geom, [gist({ method: 'brin', operatorClasses: ['brin_geometry_inclusion_ops_2d'] })])).toBe(true);
    expect(hasSpatialIndex(geom, [gist({ operatorClasses: ['gist_geography_ops'] })])).toBe(true);
  });
  test('any column of a multicolumn one', () =>
    expect(hasSpatialIndex(geom, [gist({ columns: [2, 5], operatorClasses: ['gist_int4_ops', 'gist_geometry_ops_2d'] })])).toBe(true));
  test('n-dimensional ones do not know &&', () =>
    expect(hasSpatialIndex(geom, [gist({ operatorClasses: ['gist_geometry_ops_nd'] })])).toBe(false));
  test('partial ones, B-trees and other columns do not', () => {
    expect(hasSpatialIndex(geom, [gist({ partial: true })])).toBe(false);
    expect(hasSpatialIndex(geom, [gist({ method: 'btree' })])).toBe(false);
    expect(hasSpatialIndex(column(6, 'other'), [gist({})])).toBe(false);
  });
});

describe('hasRasterIndex', () => {
  const over = (expressions: string): IndexRow => index({ method: 'gist', unique: false, columns: [0], hasExpressions: true, expressions });
  test.each([
    ['st_convexhull(rast)', 'rast', true],
    ['gis.st_convexhull(rast)', 'rast', true],
    ['st_convexhull("My rast")', 'My rast', true],
    ['(rast)::geometry', 'rast', true],
    ['st_convexhull(rast)', 'other', false],
    ['st_convexhull(rast2)', 'rast', false],
    ['st_envelope(rast)', 'rast', false],
  ])('%s on %s: %s', (expression, name, counts) => {
    expect(hasRasterIndex(column(1, name), [over(expression)])).toBe(counts);
  });
});

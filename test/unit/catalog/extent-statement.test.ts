import { expect, test } from 'vitest';
import { compile } from '../../../src/base/sql.ts';
import { geometrySampleStatement } from '../../../src/catalog/geometry-sample.ts';
import { gridStatement, intervalStatement } from '../../../src/catalog/extent-statement.ts';
import type { VectorCollection } from '../../../src/catalog/collection.ts';

const COLLECTION: VectorCollection = {
  kind: 'vector',
  id: 's.t',
  title: 't',
  description: undefined,
  keywords: [],
  attribution: undefined,
  relation: { oid: 1, schema: 's', name: 'a"b', kind: 'table' },
  predicate: undefined,
  estimatedRows: undefined,
  version: '',
  geometry: undefined,
  key: [],
  properties: [],
  temporal: undefined,
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

test('names are quoted, PostGIS functions carry their schema, and no more rows are read than the limit', () => {
  const { text, values } = compile(geometrySampleStatement('My GIS', [{ schema: 's', table: 'a"b', column: 'g.1' }]));
  expect(oneLine(text)).toContain('select "g.1"::"My GIS"."geometry" as geom from "s"."a""b" limit 1000');
  expect(text).toContain('"My GIS"."st_srid"');
  expect(values).toEqual([]);
});

test('several columns are one statement', () => {
  const target = { schema: 's', table: 't', column: 'g' };
  expect(compile(geometrySampleStatement('public', [target, target, target])).text.match(/union all/g)).toHaveLength(2);
});

test('the box that is transformed is bound, not written', () => {
  expect(compile(gridStatement('public', [1, 2, 3, 4], 25832)).values).toEqual([1, 3, 1, 2, 4, 2, 25832]);
});

test('timestamps without zone are UTC already', () => {
  const statement = (type: 'timestamp' | 'timestamptz'): string =>
    compile(intervalStatement(COLLECTION, { start: 'a', end: 'b', type })).text;
  expect(statement('timestamptz')).toContain("at time zone 'UTC'");
  expect(statement('timestamp')).not.toContain('at time zone');
});

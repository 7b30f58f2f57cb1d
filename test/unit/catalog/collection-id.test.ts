import { expect, test } from 'vitest';
import { columnId, qualifiedName, quotePart, relationId, titleOf } from '../../../src/catalog/collection-id.ts';

test.each([
  ['public', 'roads', 'roads'],
  ['osm', 'roads', 'osm.roads'],
  ['public', 'a.b', '"a.b"'],
  ['s', 'a.b', 's."a.b"'],
  ['x.y', 'z', '"x.y".z'],
  ['s', 'q"q', 's."q""q"'],
  ['Other', 'With space/slash', 'Other.With space/slash'],
  ['public', '', ''],
])('relation %s.%s has the id %s', (schema, name, id) => {
  expect(relationId({ schema, name })).toBe(id);
});

test('two relations never share an id', () => {
  const names = ['a', 'b', 'a.b', '"a"', 'a"b', '.', '"', 'public', 'public.a'];
  const ids = names.flatMap((schema) => names.map((name) => relationId({ schema, name })));
  const bare = names.map((name) => relationId({ schema: 'public', name }));
  expect(new Set([...ids, ...bare]).size).toBe(names.length ** 2);
});

test('columns are quoted like names', () => {
  expect(columnId({ schema: 'public', name: 't' }, 'geom.2')).toBe('t."geom.2"');
  expect(columnId({ schema: 's', name: 't' }, 'geom')).toBe('s.t.geom');
});

test('the qualified name always has its schema', () => {
  expect(qualifiedName({ schema: 'public', name: 'a.b' })).toBe('public."a.b"');
});

test('quotes stand only where they are needed', () => {
  expect(quotePart('Straße 日本')).toBe('Straße 日本');
});

test.each([
  ['osm_roads', 'Osm roads'],
  ['ne_10m_lakes', 'Ne 10m lakes'],
  ['roads', 'Roads'],
  ['CamelCase', 'CamelCase'],
  ['_hidden', '_hidden'],
  ['Straße', 'Straße'],
  ['a__b', 'A b'],
])('the title of %s is %s', (name, title) => {
  expect(titleOf(name)).toBe(title);
});

import { expect, test } from 'vitest';
import { relationMatcher } from '../../../src/catalog/glob.ts';

test.each([
  [['osm'], 'osm', 'roads', true],
  [['osm'], 'osm2', 'roads', false],
  [['osm*'], 'osm2', 'roads', true],
  [['osm.roads'], 'osm', 'roads', true],
  [['osm.r*'], 'osm', 'rivers', true],
  [['osm.r*'], 'osm', 'lakes', false],
  [['*.roads'], 'any', 'roads', true],
  [['public.?'], 'public', 'a', true],
  [['public.?'], 'public', 'ab', false],
  [['public.a+b(c)'], 'public', 'a+b(c)', true],
  [['public.a.b'], 'public', 'a.b', true],
  [['a', 'b.c'], 'b', 'c', true],
  [[' osm '], 'osm', 'x', true],
  [[''], 'osm', 'x', false],
  [[], 'osm', 'x', false],
  [['*'], 'new\nline', 'x', true],
])('%j and %s.%s: %s', (globs, schema, name, matches) => {
  expect(relationMatcher(globs)(schema, name)).toBe(matches);
});

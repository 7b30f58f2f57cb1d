import { expect, test } from 'vitest';
import { diffCatalogs, isEmptyDiff } from '../../../src/catalog/diff.ts';
import type { Collection, VectorCollection } from '../../../src/catalog/collection.ts';

function collection(id: string, version: string): VectorCollection {
  return {
    kind: 'vector',
    id,
    title: id,
    description: undefined,
    keywords: [],
    attribution: undefined,
    relation: { oid: 1, schema: 'public', name: id, kind: 'table' },
    predicate: undefined,
    estimatedRows: undefined,
    version,
    geometry: undefined,
    key: [],
    properties: [],
    temporal: undefined,
  };
}

function catalog(...versions: readonly (readonly [string, string])[]): { readonly collections: ReadonlyMap<string, Collection> } {
  return { collections: new Map(versions.map(([id, version]) => [id, collection(id, version)])) };
}

test('added, changed and removed collections', () => {
  const diff = diffCatalogs(catalog(['a', '1'], ['b', '1'], ['c', '1']), catalog(['b', '1'], ['c', '2'], ['d', '1']));
  expect(diff).toEqual({ added: ['d'], changed: ['c'], removed: ['a'] });
  expect(isEmptyDiff(diff)).toBe(false);
});

test('nothing differs', () => {
  expect(isEmptyDiff(diffCatalogs(catalog(['a', '1']), catalog(['a', '1'])))).toBe(true);
  expect(isEmptyDiff(diffCatalogs(catalog(), catalog()))).toBe(true);
});

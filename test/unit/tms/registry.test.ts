import { expect, test } from 'vitest';
import { validate } from '../../../src/model/validate.ts';
import { findMatrix, register, registry } from '../../../src/tms/registry.ts';
import { tileMatrixSetDocument } from '../../../src/tms/tile-matrix-set-document.ts';
import type { TileMatrixSet } from '../../../src/tms/tile-matrix-set.ts';

const NEEDED = { crs: 'http://www.opengis.net/def/crs/EPSG/0/2056', id: 'Swiss' };
const MATRIX = { id: '0', scaleDenominator: 1e6, cellSize: 280, tileWidth: 256, tileHeight: 256, matrixWidth: 4, matrixHeight: 3 };

function get(id: string): TileMatrixSet {
  const tms = registry.get(id);
  if (tms === undefined) throw new Error(`${id} is missing`);
  return tms;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : expect.fail('no list');
}

test('the program brings 72 tile matrix sets', () => {
  expect(registry.ids).toHaveLength(72);
  expect(registry.ids[0]).toBe('WebMercatorQuad');
});

test.each(registry.ids)('%s has a valid document with the members of both versions', (id) => {
  const document = tileMatrixSetDocument(get(id));
  expect(validate('tileMatrixSet', document)).toEqual([]);
  expect(document.identifier).toBe(id);
  expect(document.tileMatrix).toHaveLength(document.tileMatrices.length);
});

test.each(registry.ids)('%s writes its numbers as registered', (id) => {
  const tms = get(id);
  const document: Readonly<Record<string, unknown>> = { ...tileMatrixSetDocument(tms) };
  for (const key of ['id', 'title', 'uri', 'crs', 'orderedAxes', 'wellKnownScaleSet']) {
    expect(document[key]).toEqual(tms.document[key]);
  }
  expect(tileMatrixSetDocument(tms).tileMatrices).toMatchObject(listOf(tms.document.tileMatrices));
});

test.each(registry.ids)('%s: the order of its axes is that of its CRS', (id) => {
  const { document } = get(id);
  const withoutAxes = { ...document, orderedAxes: undefined };
  const again = register(registry, [{ source: 'test', document: withoutAxes }]).get(id);
  expect(again?.northingFirst).toBe(get(id).northingFirst);
});

test('an unknown id is undefined, not an error', () => {
  expect(registry.get('webmercatorquad')).toBeUndefined();
  expect(registry.get('../config/x')).toBeUndefined();
  expect(findMatrix(get('WebMercatorQuad'), '25')).toBeUndefined();
  expect(findMatrix(get('CDB1GlobalGrid'), '-10')?.matrixWidth).toBe(360);
});

test('a northing-first origin is kept in traditional order and written back', () => {
  const tms = get('EuropeanETRS89_LAEAQuad');
  expect(tms.matrices[0]).toMatchObject({ originX: 2000000, originY: 5500000 });
  expect(tileMatrixSetDocument(tms).tileMatrices[0]?.pointOfOrigin).toEqual([5500000, 2000000]);
});

test('register returns a new registry and leaves the old one alone', () => {
  const document = { ...NEEDED, tileMatrices: [{ ...MATRIX, pointOfOrigin: [2420000, 1350000] }] };
  const more = register(registry, [{ source: 'swiss.json', document }]);
  expect(more.get('Swiss')?.srid).toBe(2056);
  expect(more.ids).toHaveLength(73);
  expect(registry.get('Swiss')).toBeUndefined();
});

test.each([
  [[], 'document: expected a JSON object, got []'],
  [{ crs: NEEDED.crs }, 'id: expected text, got nothing'],
  [{ ...NEEDED, id: 'a/b' }, 'id: expected letters, digits, ".", "_" or "-", got "a/b"'],
  [{ ...NEEDED, crs: 'EPSG' }, 'crs: expected the URI of an EPSG or OGC coordinate reference system, got "EPSG"'],
  [NEEDED, 'tileMatrices: expected a list, got nothing'],
  [{ ...NEEDED, tileMatrices: [] }, 'tileMatrices: expected at least one tile matrix, got []'],
  [{ ...NEEDED, tileMatrices: [{ ...MATRIX, pointOfOrigin: [1] }] }, 'tileMatrices[0].pointOfOrigin: expected two numbers, got [1]'],
  [
    { ...NEEDED, tileMatrices: [{ ...MATRIX, pointOfOrigin: [0, 0], tileWidth: 0 }] },
    'tileMatrices[0].tileWidth: expected a whole number of at least 1, got 0',
  ],
  [
    { ...NEEDED, tileMatrices: [{ ...MATRIX, pointOfOrigin: [0, 0], cellSize: -1 }] },
    'tileMatrices[0].cellSize: expected a number above 0, got -1',
  ],
])('a bad document says file, place, what was wanted and what was found: %j', (document, message) => {
  expect(() => register(registry, [{ source: 'mine.json', document }])).toThrow(message);
  expect(() => register(registry, [{ source: 'mine.json', document }])).toThrow('mine.json');
});

import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { schemas } from '../../../src/model/schemas.ts';
import { validate } from '../../../src/model/validate.ts';

const link = { href: 'https://example.org/', rel: 'self', type: 'application/json' };

test('a landing page without links names the missing member', () => {
  expect(validate('landingPage', { title: 'T', description: 'D' })).toEqual([{ path: '', message: "must have required property 'links'" }]);
});

test('every violation of a document is reported with its JSON pointer', () => {
  const violations = validate('collections', { links: [{ rel: 'self' }], collections: [{ id: 7, title: 'x', links: [] }] });
  expect(violations.map((v) => v.path).sort()).toEqual(['/collections/0/id', '/links/0']);
});

test('a collection crossing the antimeridian with an open interval is valid', () => {
  const extent = {
    spatial: { bbox: [[170, -50, -170, -30]], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
    temporal: { interval: [['2020-01-01T00:00:00Z', null]] },
  };
  expect(validate('collection', { id: 'a b', title: 'A', extent, links: [link] })).toEqual([]);
});

test('a box of six numbers is refused: GDAL cannot read it', () => {
  const collection = { id: 'a', title: 'A', extent: { spatial: { bbox: [[0, 0, 0, 1, 1, 1]] } }, links: [link] };
  expect(validate('collection', collection).map((v) => v.path)).toEqual(['/extent/spatial/bbox/0']);
});

test.each([
  ['2024-02-29T12:00:00Z', true],
  ['2024-02-29T12:00:00.123456+01:00', true],
  ['2024-02-29', false],
  ['2024-13-01T00:00:00Z', false],
  ['2024-01-01T25:00:00Z', false],
])('date-time %s is valid: %s', (timeStamp, valid) => {
  const page = { type: 'FeatureCollection', features: [], links: [], numberReturned: 0, timeStamp };
  expect(validate('featureCollectionGeoJSON', page).length === 0).toBe(valid);
});

test('geometries nest in collections and may be null', () => {
  const point = { type: 'Point', coordinates: [1, 2] };
  const feature = { type: 'Feature', properties: null };
  const nested = { type: 'GeometryCollection', geometries: [point, { type: 'GeometryCollection', geometries: [point] }] };
  expect(validate('featureGeoJSON', { ...feature, geometry: nested })).toEqual([]);
  expect(validate('featureGeoJSON', { ...feature, geometry: null })).toEqual([]);
  expect(validate('featureGeoJSON', { ...feature, geometry: { type: 'Point', coordinates: [[1, 2]] } })).not.toEqual([]);
});

test('every schema is self-contained within the components that it refers to', () => {
  const names = new Set(Object.keys(schemas));
  const references = JSON.stringify(schemas).matchAll(/"\$ref":"([^"]+)"/g);
  for (const [, reference = ''] of references) {
    expect(reference).toMatch(/^#\/components\/schemas\//);
    expect(names).toContain(reference.replace('#/components/schemas/', ''));
  }
});

test('the schemas are valid components of an OpenAPI 3.0 document', async () => {
  const document = { openapi: '3.0.3', info: { title: 'T', version: '1' }, paths: {}, components: { schemas } };
  expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
});

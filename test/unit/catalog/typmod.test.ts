import { expect, test } from 'vitest';
import { decodeSpatialTypmod, spatialTypeOfConstraints } from '../../../src/catalog/typmod.ts';

// Values as PostGIS 3.3 stores them for the types named.
test.each([
  [-1, undefined],
  [1107460, { geometryType: 'POINT', srid: 4326, hasZ: false, hasM: false }],
  [1107462, { geometryType: 'POINT', srid: 4326, hasZ: true, hasM: false }],
  [1107465, { geometryType: 'LINESTRING', srid: 4326, hasZ: false, hasM: true }],
  [1107471, { geometryType: 'POLYGON', srid: 4326, hasZ: true, hasM: true }],
  [1107456, { geometryType: 'GEOMETRY', srid: 4326, hasZ: false, hasM: false }],
  [4, { geometryType: 'POINT', srid: undefined, hasZ: false, hasM: false }],
  [(999_999 << 8) | 24, { geometryType: 'MULTIPOLYGON', srid: 999_999, hasZ: false, hasM: false }],
  [(4326 << 8) | (15 << 2), { geometryType: 'TIN', srid: 4326, hasZ: false, hasM: false }],
])('typmod %i is %o', (typmod, type) => {
  expect(decodeSpatialTypmod(typmod)).toEqual(type);
});

test('constraints of PostGIS 1 tell what the modifier does not', () => {
  const definitions = [
    'CHECK ((st_srid(the_geom) = 31467))',
    'CHECK ((st_ndims(the_geom) = 3))',
    "CHECK (((geometrytype(the_geom) = 'MULTIPOLYGON'::text) OR (the_geom IS NULL)))",
  ];
  expect(spatialTypeOfConstraints('the_geom', definitions)).toEqual({ geometryType: 'MULTIPOLYGON', srid: 31467, hasZ: true, hasM: false });
  expect(spatialTypeOfConstraints('geom', definitions)).toBeUndefined();
  expect(
    spatialTypeOfConstraints('g', [
      'CHECK ((st_srid(g) = 4326))',
      "CHECK ((geometrytype(g) = 'POINTM'::text))",
      'CHECK ((st_ndims(g) = 3))',
    ]),
  ).toEqual({
    geometryType: 'POINT',
    srid: 4326,
    hasZ: false,
    hasM: true,
  });
  expect(spatialTypeOfConstraints('g', ['CHECK ((st_srid(g) = (- 1)))'])).toBeUndefined();
});

import { expect, test } from 'vitest';
import { hasDatumShift, isGeographic, proj4Parameter } from '../../../src/crs/crs-definition.ts';
import { definition } from './definitions.ts';

test('parameters are found whole: k is not k_0, and a bare flag is an empty text', () => {
  const crs = { srid: 1, proj4text: '+proj=tmerc +k_0=0.9 +lat_0=-3 +no_defs' };
  expect(proj4Parameter(crs, 'k')).toBeUndefined();
  expect(proj4Parameter(crs, 'k_0')).toBe('0.9');
  expect(proj4Parameter(crs, 'lat_0')).toBe('-3');
  expect(proj4Parameter(crs, 'no_defs')).toBe('');
  expect(proj4Parameter({ srid: 1, proj4text: '' }, 'proj')).toBeUndefined();
});

test.each([
  [4326, true],
  [4269, true],
  [3857, false],
  [2056, false],
])('%i is in degrees: %s', (srid, wanted) => {
  expect(isGeographic(definition(srid))).toBe(wanted);
});

test.each([
  [4326, false],
  [4269, false],
  [3035, false],
  [2056, true],
  [27700, true],
  [4267, true],
])('%i has a datum shift: %s', (srid, wanted) => {
  expect(hasDatumShift(definition(srid))).toBe(wanted);
});

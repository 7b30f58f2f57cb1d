import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CRS84, parseCrs, storageCrsUri } from '../../../src/crs/crs-uri.ts';

const CRS84H = 'http://www.opengis.net/def/crs/OGC/0/CRS84h';

describe('spellings', () => {
  test.each([
    ['http://www.opengis.net/def/crs/EPSG/0/3857', 3857, 'uri'],
    ['https://www.opengis.net/def/crs/EPSG/0/3857', 3857, 'uri'],
    ['http://www.opengis.net/def/crs/EPSG/9.9.1/3857', 3857, 'uri'],
    ['urn:ogc:def:crs:EPSG::3857', 3857, 'urn'],
    ['urn:ogc:def:crs:EPSG:6.18:3857', 3857, 'urn'],
    ['[EPSG:3857]', 3857, 'safe-curie'],
    ['EPSG:3857', 3857, 'curie'],
    ['epsg:3857', 3857, 'curie'],
  ])('%s is EPSG 3857', (text, srid, form) => {
    expect(parseCrs(text)).toMatchObject({ srid, form, authority: 'EPSG', uri: 'http://www.opengis.net/def/crs/EPSG/0/3857' });
  });

  test.each([
    ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', CRS84],
    ['https://www.opengis.net/def/crs/OGC/0/CRS84', CRS84],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', CRS84],
    ['[OGC:CRS84]', CRS84],
    ['CRS:84', CRS84],
    ['http://www.opengis.net/def/crs/OGC/0/CRS84h', CRS84H],
    ['[OGC:CRS84h]', CRS84H],
  ])('%s is longitude before latitude', (text, uri) => {
    expect(parseCrs(text)).toMatchObject({ uri, srid: 4326, northingFirst: false });
  });

  test.each([
    '',
    'EPSG',
    '3857',
    'EPSG:',
    'EPSG:03857',
    'EPSG:0',
    'EPSG:-1',
    'EPSG:1e3',
    'EPSG:9999999',
    '[EPSG:3857',
    'OGC:CRS85',
    'http://www.opengis.net/def/crs/EPSG/0/3857/',
    'http://example.org/def/crs/EPSG/0/3857',
    ' EPSG:3857',
    'EPSG:3857\n',
  ])('%j is no name of a CRS', (text) => {
    expect(parseCrs(text)).toBeUndefined();
  });

  test('other authorities keep their URI; ESRI’s codes are SRIDs', () => {
    expect(parseCrs('ESRI:54009')).toMatchObject({ uri: 'http://www.opengis.net/def/crs/ESRI/0/54009', srid: 54009 });
    expect(parseCrs('IAU:30100')).toMatchObject({ srid: undefined });
  });
});

test.each([
  ['http://www.opengis.net/def/crs/EPSG/0/4326', true],
  ['http://www.opengis.net/def/crs/EPSG/0/4979', true],
  ['http://www.opengis.net/def/crs/EPSG/0/4258', true],
  ['http://www.opengis.net/def/crs/EPSG/0/3035', true],
  ['http://www.opengis.net/def/crs/EPSG/0/2193', true],
  ['http://www.opengis.net/def/crs/EPSG/0/31467', true],
  ['http://www.opengis.net/def/crs/EPSG/0/2180', true],
  ['http://www.opengis.net/def/crs/EPSG/0/5482', true],
  ['http://www.opengis.net/def/crs/EPSG/0/32661', true],
  ['http://www.opengis.net/def/crs/EPSG/0/5041', false],
  ['http://www.opengis.net/def/crs/EPSG/0/3857', false],
  ['http://www.opengis.net/def/crs/EPSG/0/25832', false],
  ['http://www.opengis.net/def/crs/EPSG/0/27700', false],
  ['http://www.opengis.net/def/crs/EPSG/0/2056', false],
  ['http://www.opengis.net/def/crs/EPSG/0/3031', false],
  [CRS84, false],
])('%s puts latitude or northing first: %s', (crs, northingFirst) => {
  expect(parseCrs(crs)?.northingFirst).toBe(northingFirst);
});

test('every SRID returns from its URI', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 998999 }), (srid) => parseCrs(storageCrsUri(srid))?.srid === srid));
});

test('data in 4326 are stored in longitude before latitude', () => {
  expect(storageCrsUri(4326)).toBe(CRS84);
  expect(storageCrsUri(3035)).toBe('http://www.opengis.net/def/crs/EPSG/0/3035');
});

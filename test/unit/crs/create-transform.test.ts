import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTransform } from '../../../src/crs/create-transform.ts';
import { isGeographic, WEB_MERCATOR, WGS84 } from '../../../src/crs/crs-definition.ts';
import { roundTripChecked } from '../../../src/crs/round-trip.ts';
import type { Transform } from '../../../src/crs/transform.ts';
import { definition } from './definitions.ts';

function transformOf(from: number, to: number): Transform {
  const transform = createTransform(definition(from), definition(to));
  if (transform === undefined) throw new Error(`No transformation from ${from} to ${to}`);
  return transform;
}

function map(transform: Transform, ...xy: readonly number[]): readonly number[] {
  const positions = Float64Array.from(xy);
  transform(positions);
  return [...positions];
}

// From, to, x, y, and where PostGIS 3.3 (PROJ 9.1) puts it.
const CASES: readonly (readonly [number, number, number, number, number, number])[] = [
  [4326, 3857, 12.5, 41.9, 1391493.6349159195, 5146011.679282786],
  [4326, 3857, -179.999, -85, -20037397.023298446, -19971868.880408566],
  [4326, 3857, 0, 0, 0, 0],
  [4326, 3857, 180, 66, 20037508.342789244, 9876845.895794798],
  [4326, 3857, 190, 10, -18924313.434856508, 1118889.9748579594],
  [4326, 3035, 12.5, 41.9, 4529175.92533138, 2091977.3309255324],
  [4326, 2193, 174.8, -41.3, 1750697.5213341913, 5426376.623168275],
  [4326, 3031, 45, -75, 1158794.7407726075, 1158794.7407726077],
  [4326, 3413, -45, 80, 0, -1085920.2973930992],
  [4326, 32760, 179.9, -40, 747561.6931816073, 5568213.761423914],
  [4326, 32760, -179.9, -40, 764637.7391290986, 5567638.515084353],
  [4326, 2056, 8.5, 47.4, 2680120.1817609807, 1250450.279328116],
  [4326, 27700, -1.5, 52.4, 434116.37703104806, 278115.9235108719],
  [4326, 2154, 2.3, 48.8, 648583.2621252285, 6855774.715696832],
  [4326, 3978, -100, 60, -270911.9364749804, 1214944.4129108076],
  [4326, 5041, 30, 85, 2277728.6956913387, 1518959.7883427655],
  [4326, 5482, 170, -78, 4767835.788750351, 2316668.6704260204],
  [4326, 28992, 5.4, 52.1, 155876.81394940955, 456861.6182695369],
  [2193, 3857, 1750000, 5430000, 19457620.62834326, -5051879.362490124],
  [21781, 2056, 600000, 200000, 2600000, 1199999.9999999993],
];

test.each(CASES)('%i to %i maps %d %d as PostGIS does', (from, to, x, y, wantedX, wantedY) => {
  const [gotX = Number.NaN, gotY = Number.NaN] = map(transformOf(from, to), x, y);
  expect(Math.hypot(gotX - wantedX, gotY - wantedY)).toBeLessThan(0.02);
});

test.each(CASES)('%i to %i and back returns to %d %d', (from, to, x, y) => {
  const [backX = Number.NaN, backY = Number.NaN] = map(transformOf(to, from), ...map(transformOf(from, to), x, y));
  const turn = isGeographic(definition(from)) ? 360 * Math.round((backX - x) / 360) : 0;
  expect(Math.hypot(backX - turn - x, backY - y)).toBeLessThan(isGeographic(definition(from)) ? 2e-7 : 0.02);
});

describe('what the database does better is left to it', () => {
  test.each([
    [4326, 4267, 'NAD27 needs grids'],
    [4326, 5514, 'PROJ takes another shift than the definition for S-JTSK'],
    [4326, 27200, 'NZGD49 is defined by a grid'],
    [4326, 2046, 'axes point west and south'],
    [4326, 900913, 'PROJ reads it as an ellipsoid'],
    [4326, 26957, 'nothing'],
  ])('%i to %i: %s', (from, to, why) => {
    const transform = createTransform(definition(from), definition(to));
    if (why === 'nothing') expect(transform).toBeTypeOf('function');
    else expect(transform).toBeUndefined();
  });

  test('an unknown projection', () => {
    expect(createTransform(WGS84, { srid: 990001, proj4text: '+proj=isea +datum=WGS84' })).toBeUndefined();
    expect(createTransform(WGS84, { srid: 990001, proj4text: '' })).toBeUndefined();
  });

  test('another authority’s datum that its definition does not tell', () => {
    const esri = (proj4text: string): Transform | undefined => createTransform(WGS84, { srid: 102191, proj4text });
    expect(esri('+proj=lcc +lat_1=33 +lat_0=33 +lon_0=-5 +ellps=clrk80 +units=m')).toBeUndefined();
    expect(esri('+proj=lcc +lat_1=33 +lat_0=33 +lon_0=-5 +datum=WGS84 +units=m')).toBeTypeOf('function');
  });

  test('but two systems with one and the same shift need none between them', () => {
    const nad27 = '+proj=utm +zone=11 +datum=NAD27 +units=m';
    const transform = createTransform(definition(4267), { srid: 26711, proj4text: nad27 }) ?? expect.fail('no transformation');
    const [x = Number.NaN, y = Number.NaN] = map(transform, -117, 40);
    // PostGIS: ST_Transform('SRID=4267;POINT(-117 40)', 26711)
    expect([x, y]).toEqual([expect.closeTo(500000, 6), expect.closeTo(4427547.180373445, 2)]);
  });

  test('a definition of the user’s own without a datum shift is computed here', () => {
    const own = { srid: 990002, proj4text: '+proj=laea +lat_0=10 +lon_0=20 +datum=WGS84 +units=m' };
    const [x = Number.NaN, y = Number.NaN] = map(createTransform(WGS84, own) ?? expect.fail(), 20, 10);
    expect([x, y]).toEqual([expect.closeTo(0, 6), expect.closeTo(0, 6)]);
  });
});

test('the same system is the identity, to the last bit', () => {
  expect(map(transformOf(2056, 2056), 2600000.123, 1200000.456)).toEqual([2600000.123, 1200000.456]);
});

test.each([4326, 3857, 3035, 3413])('positions that are none become NaN in both members: from 4326 to %i', (to) => {
  if (to === 4326) return;
  const bad = map(transformOf(4326, to), Number.NaN, 0, 0, Number.NaN, Number.POSITIVE_INFINITY, 0, 0, 91);
  expect(bad).toEqual(Array.from({ length: 8 }, () => Number.NaN));
});

test('poles in Web Mercator are far but finite, as in PROJ', () => {
  expect(map(transformOf(4326, 3857), 0, 90, 0, -90)).toEqual([0, 242528680.94374272, 0, -242528680.94374272]);
});

test('the registered corners of WebMercatorQuad stay on their side of the antimeridian', () => {
  const [west, , east] = map(transformOf(3857, 4326), -20037508.3427892, 0, 20037508.3427892, 0, 20037508.342789244, 0);
  expect([west, east]).toEqual([-180, 180]);
  expect(map(transformOf(3857, 4326), 21037508, 0)[0]).toBeCloseTo(-171.01685023813292, 9);
});

test('every position of Web Mercator returns within 1e-9 degrees', () => {
  const [forward, inverse] = [createTransform(WGS84, WEB_MERCATOR), createTransform(WEB_MERCATOR, WGS84)];
  if (forward === undefined || inverse === undefined) throw new Error('missing');
  const lon = fc.double({ min: -180, max: 180, noNaN: true });
  const lat = fc.double({ min: -89, max: 89, noNaN: true });
  fc.assert(
    fc.property(lon, lat, (x, y) => {
      const [backX = Number.NaN, backY = Number.NaN] = map(inverse, ...map(forward, x, y));
      return Math.abs(backX - x) < 1e-9 && Math.abs(backY - y) < 1e-9;
    }),
  );
});

test('a UTM zone maps its surroundings and refuses the other side of the globe', () => {
  const [forward, inverse] = [transformOf(4326, 32760), transformOf(32760, 4326)];
  const checked = roundTripChecked(forward, inverse, { tolerance: 1e-6, fromGeographic: true });
  const [near, , far, , pole] = map(checked, -179, -40, 88, 1, 177, -90);
  expect(near).toBeGreaterThan(800000);
  expect(far).toBeNaN();
  expect(pole).toBeCloseTo(500000, 3);
});

test('a tile far outside a projection’s area maps to nothing instead of somewhere', () => {
  const checked = roundTripChecked(transformOf(2056, 4326), transformOf(4326, 2056), { tolerance: 1, fromGeographic: false });
  expect(map(checked, 2600000, 1200000)[0]).toBeCloseTo(7.4386, 3);
  expect(map(checked, 9e7, 9e7)).toEqual([Number.NaN, Number.NaN]);
});

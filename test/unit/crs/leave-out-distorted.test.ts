import { expect, test } from 'vitest';
import { createTransform } from '../../../src/crs/create-transform.ts';
import { WGS84 } from '../../../src/crs/crs-definition.ts';
import { leaveOutDistorted } from '../../../src/crs/leave-out-distorted.ts';

/** Every 5° of longitude and 2.5° of latitude. */
const SIDE = 73;

/** How far what is left of the world reaches, in units of 1000 km: west, south, east, north. */
function leftOf(proj4text: string, most: number): readonly number[] {
  const degrees = Float64Array.from({ length: SIDE * SIDE * 2 }, (_, k) => {
    const n = Math.floor(k / 2);
    return k % 2 === 0 ? -180 + 5 * (n % SIDE) : -90 + 2.5 * Math.floor(n / SIDE);
  });
  const metres = degrees.slice();
  (createTransform(WGS84, { srid: 900_000, proj4text }) ?? expect.fail('no transformation'))(metres);
  leaveOutDistorted({ degrees, metres, side: SIDE }, most);
  const [x, y] = [0, 1].map((axis) => metres.filter((value, i) => i % 2 === axis && Number.isFinite(value)));
  return [Math.min(...(x ?? [])), Math.min(...(y ?? [])), Math.max(...(x ?? [])), Math.max(...(y ?? []))].map((value) =>
    Math.round(value / 1e6),
  );
}

test('a polar stereographic map ends about the equator, twice too large, or further on where more is allowed', () => {
  expect(leftOf('+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +datum=WGS84', 2)).toEqual([-13, -13, 13, 13]);
  expect(leftOf('+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +datum=WGS84', 2)).toEqual([-13, -13, 13, 13]);
  // ρ = 2 a tan(c / 2), k = 1 / cos²(c / 2): 3 a at k = 10, on the sphere and to the next sample.
  const [, , east = 0] = leftOf('+proj=stere +lat_0=90 +lat_ts=90 +lon_0=0 +datum=WGS84', 10);
  expect(east).toBeGreaterThan(34);
  expect(east).toBeLessThan(38.3);
});

test('Mercator ends at 60° where it is twice too large', () => {
  // 6,378 km · ln tan(45° + φ / 2).
  expect(leftOf('+proj=merc +lon_0=0 +datum=WGS84', 2)).toEqual([-20, -8, 20, 8]);
});

test('a transverse Mercator map keeps what lies along its meridian on both sides of the globe', () => {
  const [west = 0, south = 0, east = 0, north = 0] = leftOf('+proj=tmerc +lat_0=0 +lon_0=0 +k=1 +datum=WGS84', 2);
  // cosh(x / a) = 2 at 8,400 km, found in steps of 5°.
  expect([west, east]).toEqual([-east, -west]);
  expect(east).toBeLessThan(10);
  expect(north - south).toBeGreaterThan(35);
});

test('what stretches in one direction only stays: equal areas, meridians true to scale, poles that are lines', () => {
  expect(leftOf('+proj=eqc +lon_0=0 +datum=WGS84', 2)).toEqual([-20, -10, 20, 10]);
  expect(leftOf('+proj=cea +lat_ts=30 +lon_0=0 +datum=WGS84', 2)).toEqual([-17, -7, 17, 7]);
  expect(leftOf('+proj=wintri +lon_0=0 +lat_1=50.467 +datum=WGS84', 2)).toEqual([-16, -10, 16, 10]);
  expect(leftOf('+proj=laea +lat_0=90 +lon_0=0 +datum=WGS84', 2)).toEqual([-13, -13, 13, 13]);
});

test('where everything is too large, everything stays', () => {
  const degrees = Float64Array.of(-60, -80, -50, -80, -60, -75, -50, -75);
  const metres = degrees.slice();
  createTransform(WGS84, { srid: 900_000, proj4text: '+proj=stere +lat_0=90 +lat_ts=90 +lon_0=0 +datum=WGS84' })?.(metres);
  const before = metres.slice();
  leaveOutDistorted({ degrees, metres, side: 2 }, 2);
  expect(metres).toEqual(before);
});

import { describe, expect, test } from 'vitest';
import { createTransform } from '../../../../src/crs/create-transform.ts';
import type { Transform } from '../../../../src/crs/transform.ts';
import { createGround } from '../../../../src/raster/algorithms/ground.ts';
import { runAlgorithm } from '../../../../src/raster/algorithms/registry.ts';
import type { Grid } from '../../../../src/raster/grid.ts';
import { allocatePlane } from '../../../../src/raster/image.ts';

const WORLD = 20037508.342789244;
const WGS84 = { srid: 4326, proj4text: '+proj=longlat +datum=WGS84 +no_defs' };
const MERCATOR = { srid: 3857, proj4text: '+proj=merc +a=6378137 +b=6378137 +nadgrids=@null +no_defs' };
const UTM = { srid: 32610, proj4text: '+proj=utm +zone=10 +datum=WGS84 +units=m +no_defs' };
const POLAR = { srid: 3995, proj4text: '+proj=stere +lat_0=90 +lat_ts=71 +lon_0=0 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs' };
const FEET = { srid: 2285, proj4text: '+proj=utm +zone=10 +datum=WGS84 +units=us-ft +no_defs' };

/** Metres of one degree of latitude and of longitude on WGS 84, by the series of the geodetic tables (Snyder 1987, p. 25). */
function degreeMetres(lat: number): readonly [lon: number, lat: number] {
  const phi = (lat * Math.PI) / 180;
  return [
    111412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi),
    111132.92 - 559.82 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi) - 0.0023 * Math.cos(6 * phi),
  ];
}

function transformOf(from: typeof WGS84): Transform {
  return createTransform(from, WGS84) ?? expect.fail(`no transformation of ${from.srid}`);
}

/** A window of 5 × 5 pixels of a grid, around a position. */
function windowAround(x: number, y: number, pixel: number): Grid {
  return { originX: x - 2.5 * pixel, originY: y + 2.5 * pixel, scaleX: pixel, scaleY: -pixel, skewX: 0, skewY: 0 };
}

/** Heights of a plane that rises by one metre a metre towards an azimuth, tangential to the ground in the middle of a window. */
function plane45(grid: Grid, toLonLat: Transform, azimuth: number): Float64Array {
  const points = new Float64Array(50);
  for (let k = 0; k < 25; k += 1) {
    points[2 * k] = grid.originX + ((k % 5) + 0.5) * grid.scaleX;
    points[2 * k + 1] = grid.originY + (Math.floor(k / 5) + 0.5) * grid.scaleY;
  }
  toLonLat(points);
  const [lon0, lat0] = [points[24] ?? 0, points[25] ?? 0];
  const [perLon, perLat] = degreeMetres(lat0);
  const heights = new Float64Array(25);
  for (let k = 0; k < 25; k += 1) {
    const turned = (points[2 * k] ?? 0) - lon0;
    const east = (turned - 360 * Math.round(turned / 360)) * perLon;
    const north = ((points[2 * k + 1] ?? 0) - lat0) * perLat;
    heights[k] = east * Math.sin(azimuth) + north * Math.cos(azimuth);
  }
  return heights;
}

function slopeInTheMiddle(grid: Grid, from: typeof WGS84, azimuth: number): number {
  const toLonLat = transformOf(from);
  const request = { planes: [plane45(grid, toLonLat, azimuth)], width: 5, height: 5, grid, toLonLat };
  return runAlgorithm({ name: 'slope', params: {} }, request, allocatePlane)[0]?.[4] ?? Number.NaN;
}

const AZIMUTHS = [0, 30, 90, 200, 315].map((degrees) => (degrees * Math.PI) / 180);

describe('a plane of 45° has a slope of 45°', () => {
  const latitudes = [0, 10, 20, 30, 40, 50, 60, 70, 75, 80];

  test.each(Array.from({ length: 17 }, (_, zoom) => zoom))('in tiles of Web Mercator at zoom %i', (zoom) => {
    for (const lat of latitudes) {
      const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 6378137;
      const grid = windowAround(1234567, y, (2 * WORLD) / 256 / 2 ** zoom);
      for (const azimuth of AZIMUTHS) {
        expect(Math.abs(slopeInTheMiddle(grid, MERCATOR, azimuth) - 45), `${lat}° to ${azimuth}`).toBeLessThan(0.5);
      }
    }
  });

  test.each(Array.from({ length: 17 }, (_, zoom) => zoom))('in tiles of degrees at zoom %i', (zoom) => {
    for (const lat of latitudes) {
      const grid = windowAround(11, lat, 180 / 256 / 2 ** zoom);
      for (const azimuth of AZIMUTHS) {
        expect(Math.abs(slopeInTheMiddle(grid, WGS84, azimuth) - 45), `${lat}° to ${azimuth}`).toBeLessThan(0.5);
      }
    }
  });

  test.each([
    ['UTM', UTM, 500000, 5300000, 30],
    ['UTM at the edge of its zone', UTM, 166000, 5300000, 30],
    ['UTM in feet', FEET, 1640416, 17388000, 100],
    ['polar stereographic', POLAR, 900000, -1500000, 250],
    ['polar stereographic beside the pole', POLAR, 5000, 5000, 1000],
  ])('in %s', (_, crs, x, y, pixel) => {
    for (const up of [0, Math.PI / 2]) {
      const toLonLat = transformOf(crs);
      const grid = windowAround(x, y, pixel);
      const request = { planes: [alongGrid(grid, toLonLat, up === 0)], width: 5, height: 5, grid, toLonLat };
      expect(runAlgorithm({ name: 'slope', params: {} }, request, allocatePlane)[0]?.[4]).toBeCloseTo(45, 1);
    }
  });
});

/** Heights that rise along columns or rows as far as these are long on the ground, by the chord between positions. */
function alongGrid(grid: Grid, toLonLat: Transform, columns: boolean): Float64Array {
  const middle = Float64Array.of(grid.originX + 2.5 * grid.scaleX, grid.originY + 2.5 * grid.scaleY);
  toLonLat(middle);
  return Float64Array.from({ length: 25 }, (_, k) => {
    const step = columns ? (k % 5) - 2 : 2 - Math.floor(k / 5);
    const [i, j] = columns ? [2.5 + step, 2.5] : [2.5, 2.5 - step];
    const there = Float64Array.of(grid.originX + i * grid.scaleX, grid.originY + j * grid.scaleY);
    toLonLat(there);
    return Math.sign(step) * sphereDistance(middle, there);
  });
}

function sphereDistance([lon1 = 0, lat1 = 0]: Float64Array, [lon2 = 0, lat2 = 0]: Float64Array): number {
  const [perLon, perLat] = degreeMetres((lat1 + lat2) / 2);
  const turned = lon2 - lon1;
  return Math.hypot((turned - 360 * Math.round(turned / 360)) * perLon, (lat2 - lat1) * perLat);
}

describe('the ground under pixels', () => {
  test('is a degree of the ellipsoid, on both sides of the antimeridian and up to the pole', () => {
    const grid = { originX: 179.5, originY: 90, scaleX: 0.01, scaleY: -0.01, skewX: 0, skewY: 0 };
    const ground = createGround({ grid, width: 100, height: 4000 }, transformOf(WGS84));
    for (const row of [1, 1000, 3999]) {
      const [perLon, perLat] = degreeMetres(90 - (row + 0.5) / 100);
      expect(ground.widths(row)[50]).toBeCloseTo(perLon / 100, 1);
      expect(ground.heights(row)[50]).toBeCloseTo(perLat / 100, 1);
    }
  });

  test('agrees on the edge between neighbouring tiles where it is interpolated', () => {
    const toLonLat = transformOf(POLAR);
    const grid = { originX: -3e6, originY: 3e6, scaleX: 11718.75, scaleY: -11718.75, skewX: 0, skewY: 0 };
    const left = createGround({ grid, width: 256, height: 256 }, toLonLat);
    const right = createGround({ grid: { ...grid, originX: 0 }, width: 256, height: 256 }, toLonLat);
    for (const row of [0, 100, 255]) {
      const [a, b] = [left.widths(row)[255] ?? 0, right.widths(row)[0] ?? 0];
      expect(Math.abs(a / b - 1)).toBeLessThan(2e-3);
    }
  });
});

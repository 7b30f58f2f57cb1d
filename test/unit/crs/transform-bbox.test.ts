import { expect, test } from 'vitest';
import type { Bbox } from '../../../src/base/bbox.ts';
import { createTransform } from '../../../src/crs/create-transform.ts';
import { isGeographic } from '../../../src/crs/crs-definition.ts';
import { transformBbox } from '../../../src/crs/transform-bbox.ts';
import { definition } from './definitions.ts';

function box(from: number, to: number, bbox: Bbox): Bbox | undefined {
  const [source, target] = [definition(from), definition(to)];
  const transform = createTransform(source, target);
  if (transform === undefined) throw new Error(`No transformation from ${from} to ${to}`);
  return transformBbox(bbox, transform, { fromGeographic: isGeographic(source), toGeographic: isGeographic(target) });
}

// Computed by PostGIS 3.3 from 201 × 201 positions in each box.
const CASES: readonly (readonly [number, number, Bbox, Bbox])[] = [
  [4326, 3857, [-10, 35, 30, 70], [-1113194.9079327357, 4163881.144064293, 3339584.723798207, 11068715.659379493]],
  [4326, 3035, [-10, 35, 30, 70], [2498537.999600948, 1327857.733770672, 6143462.000399052, 5319011.507119936]],
  [4326, 2193, [166, -47, 179, -34], [952959.3751863777, 4771007.005732391, 2154468.7808133774, 6237843.842250131]],
  [4326, 3031, [-180, -90, 180, -60], [-3333134.027630276, -3333134.027630276, 3333134.027630276, 3333134.027630276]],
  [4326, 3413, [-180, 60, 180, 90], [-3323160.2706410023, -3323160.2706410023, 3323160.2706410023, 3323160.2706410023]],
  [4326, 32760, [174, -45, -176, -30], [210590.34676353616, 4993159.033142226, 1175979.2740884968, 6681214.647418793]],
  [4326, 2056, [6, 46, 10, 48], [2488547.6550144, 1094271.3798667255, 2798403.7303297105, 1319746.5749594825]],
  // East of 1.9° PROJ changes from one transformation to another.
  [4326, 27700, [-6, 50, 1.8, 58], [113459.74646984023, 11092.58714181419, 672404.2727458845, 908200.4381266469]],
  [3857, 4326, [-1113194, 4163881, 3339584, 11068715], [-9.999991843901464, 34.999998939893096, 29.999993498010078, 69.99999797410968]],
  [3035, 4326, [2500000, 1500000, 6500000, 5500000], [-35.11678656253756, 33.52119241777051, 61.0886988287346, 72.66440807390646]],
  [2193, 4326, [1000000, 4700000, 2100000, 6200000], [165.01957224951127, -47.85334175215445, 179.66053672219442, -34.16834592556646]],
  [3413, 4326, [1000000, 1000000, 2000000, 2000000], [71.56505117707799, 64.31174192653533, 108.43494882292201, 76.99881553168267]],
  [2056, 4326, [2480000, 1070000, 2840000, 1300000], [5.835645202454821, 45.73922940888121, 10.643212988274877, 47.85049212181782]],
  [27700, 4326, [100000, 0, 650000, 1200000], [-7.479057746254506, 49.825069455871066, 2.5662732725300144, 60.68321349823497]],
  [32633, 3035, [300000, 5000000, 700000, 6000000], [4447919.301492041, 2449103.795128626, 4914293.916369013, 3474045.610477012]],
  [32760, 4326, [300000, 6000000, 900000, 7000000], [174.7776086145634, -36.144717582983425, -178.55972393236, -27.064591303926967]],
];

test.each(CASES)('%i to %i: %j is PostGIS’ box', (from, to, bbox, wanted) => {
  const got = box(from, to, bbox);
  const tolerance = Math.max(1e-7, (wanted[3] - wanted[1]) * 5e-5);
  wanted.forEach((value, i) => expect(Math.abs((got?.[i] ?? Number.NaN) - value), `member ${i}`).toBeLessThan(tolerance));
});

test('a box around the north pole has all longitudes and ends at 90°', () => {
  const [west, south, east, north] = box(3413, 4326, [-1000000, -1000000, 1000000, 2000000]) ?? [];
  expect([west, east, north]).toEqual([-180, 180, 90]);
  expect(south).toBeCloseTo(69.8, 0);
});

test('a box around the south pole has all longitudes and begins at -90°', () => {
  const [west, south, east, north] = box(3031, 4326, [-3333134, -3333134, 3333134, 3333134]) ?? [];
  expect([west, south, east]).toEqual([-180, -90, 180]);
  expect(north).toBeLessThan(-45);
});

test('the whole world keeps its width in both directions', () => {
  const [west, , east, north] = box(4326, 3857, [-180, -90, 180, 90]) ?? [];
  expect(west).toBeCloseTo(-20037508.342789244, 6);
  expect(east).toBeCloseTo(20037508.342789244, 6);
  expect(north).toBeGreaterThan(20037508.35);
  expect(box(3857, 4326, [-20037508.3427892, -20037508.3427892, 20037508.3427892, 20037508.3427892])).toEqual([
    -180,
    expect.closeTo(-85.0511287798, 9),
    180,
    expect.closeTo(85.0511287798, 9),
  ]);
});

test('one position is a box without size', () => {
  expect(box(4326, 3857, [0, 0, 0, 0])).toEqual([0, 0, 0, 0]);
});

test('a box of which nothing can be mapped is undefined', () => {
  expect(box(4326, 3857, [0, 91, 10, 95])).toBeUndefined();
});

test('a tile with a margin beyond the antimeridian has west > east', () => {
  const [west, south, east, north] = box(3857, 4326, [-20137508, -100000, -19037508, 100000]) ?? [];
  expect([west, east]).toEqual([expect.closeTo(179.1, 1), expect.closeTo(-171.0, 1)]);
  expect(north).toBeCloseTo(-(south ?? 0), 9);
});

test('a picture wider than the world is the world', () => {
  const [west, , east] = box(3857, 4326, [-21000000, -100000, 21000000, 100000]) ?? [];
  expect([west, east]).toEqual([-180, 180]);
});

test('where corners lie off the globe, the rest tells the longitudes', () => {
  const disc = { srid: 990003, proj4text: '+proj=ortho +lat_0=0 +lon_0=170 +x_0=0 +y_0=0 +a=6371000 +b=6371000 +units=m' };
  const transform = createTransform(disc, definition(4326)) ?? expect.fail('no transformation');
  const around = transformBbox([-6371000, -6371000, 6371000, 6371000], transform, { fromGeographic: false, toGeographic: true });
  const [west, south, east, north] = around ?? expect.fail('no box');
  expect(west).toBeGreaterThan(80 - 1e-6);
  expect(west).toBeLessThan(100);
  expect(east).toBeLessThan(-100 + 1e-6);
  expect(east).toBeGreaterThan(-120);
  expect(north).toBeGreaterThan(60);
  expect(south).toBeLessThan(-60);
});

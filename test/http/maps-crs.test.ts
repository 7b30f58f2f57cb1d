import { describe, expect, test } from 'vitest';
import { pixelsOf, serveTables } from '../support/served-tables.ts';
import type { WireAnswer } from './bad-inputs/wire.ts';

// Maps of the whole world in systems that end it somewhere: cells of 1° in three bands, none black.

const server = serveTables(
  `create table world (rid int primary key, rast raster);
     insert into world select 1, st_addband(st_makeemptyraster(360, 180, -180, 90, 1, -1, 0, 0, 4326), array[
       row(1, '8BUI', 200, null), row(2, '8BUI', 120, null), row(3, '8BUI', 40, null)]::addbandarg[]);
     select addrasterconstraints('world', 'rast'::name)`,
);
const { get } = server;

const bboxOf = (answer: WireAnswer): readonly number[] => String(answer.headers['content-bbox']).split(',').map(Number);

/** The share of a map's pixels that are drawn, and whether its corners and its middle are. */
async function drawn(answer: WireAnswer): Promise<{ readonly share: number; readonly corners: number; readonly middle: boolean }> {
  const { at, width, height } = await pixelsOf(answer);
  const isDrawn = (column: number, row: number): boolean => (at(column, row)[3] ?? 0) > 0;
  let count = 0;
  for (let row = 0; row < height; row += 1) for (let column = 0; column < width; column += 1) if (isDrawn(column, row)) count += 1;
  const ends = [0, width - 1].flatMap((column) => [0, height - 1].map((row) => isDrawn(column, row)));
  return {
    share: count / (width * height),
    corners: ends.filter(Boolean).length,
    middle: isDrawn(Math.floor(width / 2), Math.floor(height / 2)),
  };
}

describe('the whole world without a bbox', () => {
  // The share of its box that a world takes, by area or by eye; what tears at the edge of the map would lower it.
  test.each([
    ['[ESRI:54030]', 'World Robinson', 0.85, [-17_005_833, -8_625_155, 17_005_833, 8_625_155]],
    ['[ESRI:54009]', 'Mollweide', Math.PI / 4, [-18_040_096, -9_020_048, 18_040_096, 9_020_048]],
    ['[ESRI:54042]', 'Winkel Tripel', 0.82, [-16_395_917, -10_018_754, 16_395_917, 10_018_754]],
    ['[ESRI:54012]', 'Eckert IV', 0.9, [-16_921_203, -8_460_601, 16_921_203, 8_460_601]],
    ['[EPSG:8857]', 'Equal Earth', 0.88, [-17_243_959, -8_392_928, 17_243_959, 8_392_928]],
    ['[ESRI:54017]', 'Behrmann, which is not defined', undefined, []],
    ['[EPSG:6933]', "EASE-Grid's cylinder", 1, [-17_367_530, -7_342_230, 17_367_530, 7_342_230]],
  ] as const)('%s, %s', async (crs, _, share, bbox) => {
    const answer = await get(`/collections/world/map?crs=${encodeURIComponent(crs)}&width=400&f=png`);
    if (share === undefined) {
      expect(answer.status).toBe(400);
      return;
    }
    bboxOf(answer).forEach((value, i) => expect(Math.abs(value - (bbox[i] ?? Number.NaN))).toBeLessThan(20));
    const found = await drawn(answer);
    expect(found.middle).toBe(true);
    expect(found.corners).toBe(share === 1 ? 4 : 0);
    expect(Math.abs(found.share - share)).toBeLessThan(0.025);
  });

  // Projections that never end: a box that people would draw.
  test.each([
    ['EPSG:3413', 13.1e6],
    ['EPSG:3031', 13.1e6],
    ['EPSG:3995', 13.1e6],
    ['EPSG:5041', 15.1e6],
    ['EPSG:3857', 20_037_508.4],
    ['EPSG:3395', 20_037_508.4],
    ['EPSG:25832', 25e6],
    ['EPSG:2154', 26e6],
    ['EPSG:3035', 18e6],
  ])('%s ends within %f m of its middle', async (crs, most) => {
    const answer = await get(`/collections/world/map?crs=${encodeURIComponent(`[${crs}]`)}&width=200&f=png`);
    const box = bboxOf(answer);
    expect(box).toHaveLength(4);
    for (const value of box) expect(Math.abs(value)).toBeLessThan(most);
    const found = await drawn(answer);
    expect(found.share).toBeGreaterThan(0.5);
    expect(found.middle).toBe(true);
  });
});

test('what PROJ alone can transform is drawn as far as it goes: a satellite above 75° west', async () => {
  const path = `/collections/world/map?crs=${encodeURIComponent('[ESRI:102497]')}&width=160&f=png`;
  const found = await drawn(await get(path));
  expect([found.corners, found.middle]).toEqual([0, true]);
  // A disc in its square.
  expect(Math.abs(found.share - Math.PI / 4)).toBeLessThan(0.04);
});

test('nothing is drawn again beyond the outline, and nothing is missing at its edges', async () => {
  // Twice as wide as the world.
  const box = '-34500000,-8400000,34500000,8400000';
  const found = await drawn(
    await get(`/collections/world/map?crs=[EPSG:8857]&bbox-crs=[EPSG:8857]&bbox=${box}&width=690&height=168&f=png`),
  );
  expect(Math.abs(found.share - 0.44)).toBeLessThan(0.01);
  // The sheet that is nearest to the antimeridian, which lies within this map.
  const middle = await drawn(
    await get(
      `/collections/world/map?crs=[EPSG:8859]&bbox-crs=[EPSG:8859]&bbox=-6000000,-6000000,6000000,6000000&width=300&height=300&f=png`,
    ),
  );
  expect(middle.share).toBe(1);
});

test('a box in degrees is cut where a projection cannot hold it', async () => {
  const answer = await get('/collections/world/map?crs=[EPSG:3413]&bbox=-180,-90,180,90&width=200&f=png');
  const found = await drawn(answer);
  for (const value of bboxOf(answer)) expect(Math.abs(value)).toBeLessThan(40e6);
  expect(found.share).toBeGreaterThan(0.9);
});

test('a map tile of a polar set is drawn around its pole', async () => {
  const tile = await drawn(await get('/collections/world/map/tiles/UPSArcticWGS84Quad/1/1/1?f=png'));
  expect(tile.share).toBeGreaterThan(0.9);
});

test('no document or header of the world has a number without end', async () => {
  const paths = [
    '/collections/world',
    '/collections?f=json',
    '/collections/world/map/tiles/UPSArcticWGS84Quad',
    '/collections/world/map/tiles',
    '/?f=json',
  ];
  const tiles = ['WebMercatorQuad', 'UPSArcticWGS84Quad', 'UPSAntarcticWGS84Quad', 'EuropeanETRS89_LAEAQuad', 'WorldCRS84Quad'];
  const wms = '/wms?service=WMS&request=GetCapabilities&version=1.3.0';
  for (const path of [...paths, wms, ...tiles.map((set) => `/collections/world/map/tiles/${set}?f=json`)]) {
    const answer = await get(path);
    expect(answer.status, path).toBe(200);
    const text = answer.body.toString().replace(/updateSequence="\d+"/g, '');
    expect(text, path).not.toMatch(/Infinity|NaN/);
    // Scale denominators of the first matrices are the largest numbers of sense.
    const numbers = text.match(/(?<![\w/.-])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.-])/gi) ?? [];
    expect(Math.max(...numbers.map((number) => Math.abs(Number(number)))), path).toBeLessThan(1e10);
  }
});

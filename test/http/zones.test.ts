import { describe, expect, test } from 'vitest';
import { serveTables } from '../support/served-tables.ts';
import { isRecord } from './documents/crawl.ts';

// Polygons of every kind over rasters whose cells are of 1°: the numbers inside, or an honest refusal.

const server = serveTables(`create table world (rid int primary key, rast raster);
     insert into world select 1, st_mapalgebra(st_addband(st_makeemptyraster(360, 180, -180, 90, 1, -1, 0, 0, 4326), '16BSI'::text, 0, null), 1, '16BSI', '[rast.x]');
     create table turned (rid int primary key, rast raster);
     insert into turned select 1, st_mapalgebra(st_addband(st_makeemptyraster(360, 180, 0, 90, 1, -1, 0, 0, 4326), '16BSI'::text, 0, null), 1, '16BSI', '[rast.x]');
     create table mercator (rid int primary key, rast raster);
     insert into mercator select 1, st_addband(st_makeemptyraster(100, 100, -1e6, 1e6, 20000, -20000, 0, 0, 3857), '8BUI'::text, 7, null);
     create table broken (rid int primary key, rast raster);
     insert into broken select 1, st_mapalgebra(st_addband(st_makeemptyraster(20, 20, 0, 20, 1, -1, 0, 0, 4326), '64BF'::text, 0, null), 1, '64BF', '[rast.x] + 0.1 * [rast.y]');
     select addrasterconstraints(t, 'rast'::name) from unnest(array['world', 'turned', 'mercator', 'broken']::name[]) t`);

type Position = readonly [number, number];
type Ring = readonly Position[];

const ring = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const polygon = (...coordinates: readonly Ring[]): object => ({ type: 'Polygon', coordinates });
const multi = (...coordinates: readonly (readonly Ring[])[]): object => ({ type: 'MultiPolygon', coordinates });

async function ask(collection: string, query: string, body: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${server.root}/collections/${collection}/${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/geo+json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** The statistics of the only band inside a polygon. */
async function inside(collection: string, body: unknown, query = ''): Promise<Readonly<Record<string, unknown>>> {
  const reply = await ask(collection, `statistics?${query}`, body);
  expect(reply.status, JSON.stringify(reply.body).slice(0, 200)).toBe(200);
  const properties = isRecord(reply.body) ? reply.body['properties'] : undefined;
  const statistics = isRecord(properties) ? properties['statistics'] : undefined;
  const [band] = Object.values(isRecord(statistics) ? statistics : {});
  return isRecord(band) ? band : {};
}

/** Columns of `world`, counted from 1, as its values are. */
const column = (lon: number): number => Math.floor(lon) + 181;

describe.each(['weighted=false', 'weighted=true'])('inside (%s)', (query) => {
  test('a polygon with a hole, whatever the direction of its rings', async () => {
    const [outer, hole] = [ring(0, 0, 4, 4), ring(1, 1, 3, 3)];
    for (const rings of [
      [outer, hole],
      [outer, hole.toReversed()],
      [outer.toReversed(), hole],
    ]) {
      expect(await inside('world', polygon(...rings), query)).toMatchObject({ count: 12, min: column(0), max: column(3) });
    }
  });

  test('parts that lie apart, and parts that overlap, each cell once', async () => {
    const apart = multi([ring(-170, 10, -168, 11)], [ring(168, 10, 170, 11)]);
    expect(await inside('world', apart, query)).toMatchObject({ count: 4, min: column(-170), max: column(169) });
    const over = multi([ring(0, 0, 4, 2)], [ring(2, 0, 6, 2)]);
    expect(await inside('world', over, query)).toMatchObject({ count: 12, min: column(0), max: column(5) });
  });

  test('a ring that crosses itself: both of its lobes', async () => {
    // Two triangles that meet at a corner of four cells.
    const bow: Ring = [
      [0, 0],
      [8, 8],
      [8, 0],
      [0, 8],
      [0, 0],
    ];
    const { count, sum } = await inside('world', polygon(bow), query);
    // Half of the 64 cells by area, evenly on both sides; by centres those on the diagonals fall on one side.
    const off = query === 'weighted=true' ? 1e-5 : 8;
    expect(Math.abs(Number(count) - 32)).toBeLessThanOrEqual(off);
    expect(Math.abs(Number(sum) / Number(count) - (column(4) - 0.5))).toBeLessThanOrEqual(query === 'weighted=true' ? 1e-5 : 0.5);
  });

  test('a ring that goes round twice counts as nothing where it does so, as the even-odd rule has it', async () => {
    const twice: Ring = [...ring(0, 0, 4, 4), ...ring(0, 0, 4, 4).slice(1)];
    expect(await inside('world', polygon(twice), query)).toMatchObject({ count: 0, min: null });
  });

  test('a polygon over the antimeridian, as one beyond 180° and as two at its sides', async () => {
    const expected = { count: 8, min: 1, max: 360, sum: 2 * (359 + 360 + 1 + 2) };
    expect(await inside('world', polygon(ring(178, 0, 182, 2)), query)).toMatchObject(expected);
    expect(await inside('world', polygon(ring(-182, 0, -178, 2)), query)).toMatchObject(expected);
    expect(await inside('world', multi([ring(178, 0, 180, 2)], [ring(-180, 0, -178, 2)]), query)).toMatchObject(expected);
  });

  test('a polygon west of Greenwich on a raster of 0° to 360°', async () => {
    // Column 1 of the turned raster lies at 0°.
    expect(await inside('turned', polygon(ring(-3, 0, 2, 1)), query)).toMatchObject({ count: 5, sum: 358 + 359 + 360 + 1 + 2 });
  });

  test('no cell, where it lies beside the raster or is too thin', async () => {
    const nothing = { count: 0, sum: 0, min: null, max: null, mean: null, valid_pixels: 0, area: 0 };
    expect(await inside('broken', polygon(ring(100, 50, 110, 60)), query)).toMatchObject(nothing);
    expect(await inside('broken', polygon(ring(3, 3, 3, 8)), query)).toMatchObject(nothing);
  });

  test('the part of it that lies on the raster', async () => {
    expect(await inside('broken', polygon(ring(-50, -50, 2, 2)), query)).toMatchObject({ count: 4 });
  });

  test('a polygon up to a pole, where the CRS of the raster does not reach', async () => {
    expect(await inside('mercator', polygon(ring(-10, 80, 10, 90)), query)).toMatchObject({ count: 0, min: null });
  });

  test('another CRS', async () => {
    const { count } = await inside('mercator', polygon(ring(-2e5, -2e5, 2e5, 2e5)), `${query}&coord_crs=EPSG:3857`);
    expect(count).toBe(400);
  });

  test('a hundred thousand positions, as the few that make the same outline', async () => {
    const many = Array.from({ length: 100_000 }, (_, n): Position => [-60 + (120 * n) / 100_000, -30]);
    const outline: Ring = [...many, [60, -30], [60, 30], [-60, 30], [-60, -30]];
    const few = await inside('world', polygon(ring(-60, -30, 60, 30)), query);
    expect(few).toMatchObject({ count: 7200 });
    expect(await inside('world', polygon(outline), query)).toEqual(few);
  });
});

describe('a zone is refused', () => {
  test('with more positions than are read', async () => {
    const many = Array.from({ length: 200_001 }, (_, n): Position => [n / 2000, 0]);
    const reply = await ask('world', 'statistics', polygon([...many, [0, 1], [0, 0]]));
    expect(reply.status).toBe(413);
  });

  test.each([
    ['no ring', { type: 'Polygon', coordinates: [] }],
    ['a ring of three positions', polygon(ring(0, 0, 1, 1).slice(0, 3))],
    [
      'a position that is no number',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 'a'],
            [1, 1],
            [0, 0],
          ],
        ],
      },
    ],
    ['a point', { type: 'Point', coordinates: [0, 0] }],
    ['no geometry', { type: 'Feature', properties: {}, geometry: null }],
  ])('with %s', async (_, body) => {
    expect((await ask('world', 'statistics', body)).status).toBe(400);
  });
});

describe('values in a polygon are counted', () => {
  test('over the antimeridian, each with its ground', async () => {
    const { body } = await ask('world', 'valuecount', polygon(ring(179, 0, 181, 1)));
    const bands = isRecord(body) ? body['bands'] : undefined;
    const [{ area } = {}] = await server.database.query(
      `select st_area('srid=4326;polygon((0 0, 1 0, 1 1, 0 1, 0 0))'::geography) as area`,
    );
    expect(bands).toMatchObject([
      {
        values: [
          { value: 1, count: 1 },
          { value: 360, count: 1 },
        ],
      },
    ]);
    const text = JSON.stringify(bands);
    const areas = [...text.matchAll(/"area":([\d.]+)/g)].map(([, number]) => Number(number));
    for (const found of areas) expect(found / Number(area)).toBeCloseTo(1, 3);
  });
});

describe('a profile', () => {
  test('tells positions and distances without the digits that rounding leaves', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [0.1, 0.1],
        [1.3, 0.7],
        [7.7, 19.1],
      ],
    };
    const { body } = await ask('broken', 'profile?samples=57', line);
    const samples = isRecord(body) && Array.isArray(body['samples']) ? body['samples'] : [];
    expect(samples).toHaveLength(57);
    for (const sample of samples) {
      const { coordinates, distance } = sample;
      for (const coordinate of coordinates) expect(String(coordinate)).toMatch(/^-?\d+(\.\d{1,7})?$/);
      expect(String(distance)).toMatch(/^\d+(\.\d{1,3})?$/);
    }
    expect(samples[0]).toMatchObject({ coordinates: [0.1, 0.1], distance: 0 });
    expect(samples.at(-1)).toMatchObject({ coordinates: [7.7, 19.1] });
  });
});

import { describe, expect, test } from 'vitest';
import { validate } from '../../src/model/validate.ts';
import { serveTables } from '../support/served-tables.ts';
import { send } from './bad-inputs/wire.ts';

// The extent of everything on the landing page, and those of the further dimensions of rasters.

const server = serveTables(`create table scene (
       rid int primary key, taken date, cloud float8, sensor text, pressure int, made timestamptz, story text, "spatial" int, lat int, day_only boolean,
       thumbnail bytea, rast raster);
     insert into scene select n, d::date, c, s, p, m::timestamptz, repeat('x', 300 + n), n, n, n = 1, '\\x00',
         st_addband(st_makeemptyraster(16, 16, 0, 16, 1, -1, 0, 0, 4326), '8BUI'::text, n, null)
       from (values (1, '2026-01-01', 10, 'B', 500, '2020-05-05 12:00+02'), (2, '2026-02-01', 12.5, 'a', 700, '2021-05-05'), (3, '2026-03-01', 70, 'Z', 900, null),
                    (4, '2026-03-01', 'NaN', null, 1100, null)) s (n, d, c, s, p, m);
     create table many (rid int primary key, file text, rast raster);
     insert into many select n, 'tile_' || n, st_addband(st_makeemptyraster(2, 2, 20, 10, 1, -1, 0, 0, 4326), '8BUI'::text, n, null) from generate_series(1, 150) n;
     create table huge (rid int primary key, weight numeric, rast raster);
     insert into huge select 1, 1e400, st_addband(st_makeemptyraster(2, 2, 20, 10, 1, -1, 0, 0, 4326), '8BUI'::text, 1, null);
     create table unbound (rid int primary key, rast raster);
     insert into unbound select 1, st_addband(st_makeemptyraster(4, 4, 500000, 100400, 100, -100, 0, 0, 32632), '8BUI'::text, 1, null);
     select addrasterconstraints(t, 'rast'::name) from unnest(array['scene', 'many']::name[]) t;
     comment on column scene.pressure is '{"unit": "hPa"}';
     create table tour (id int primary key, began timestamptz, geom geometry(Point, 4326));
     insert into tour values (1, '2019-07-01 10:00+00', 'SRID=4326;POINT(-30 -20)'), (2, '2027-01-01', 'SRID=4326;POINT(-29 -21)');
     create table nothing (id int primary key, geom geometry(Point, 4326));
     create table plain (id int primary key, name text)`);

interface Described {
  readonly extent: {
    readonly [member: string]: unknown;
    readonly spatial: { readonly bbox: unknown; readonly crs: string };
    readonly temporal?: unknown;
  };
  readonly crs: readonly string[];
}

async function documentAt(target: string, schema: 'landingPage' | 'collection'): Promise<Described> {
  const document: Described = JSON.parse((await send(server.root, { target })).body.toString());
  expect(validate(schema, document)).toEqual([]);
  return document;
}

const pageAt = async (target: string): Promise<string> =>
  (await send(server.root, { target, headers: { Accept: 'text/html' } })).body.toString();

describe('the landing page', () => {
  test('says where and when everything lies', async () => {
    await expect
      .poll(async () => (await documentAt('/?f=json', 'landingPage')).extent, { timeout: 15_000 })
      .toEqual({
        spatial: { bbox: [[-30, -21, 22, 16]], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
        temporal: {
          interval: [['2019-07-01T10:00:00Z', '2027-01-01T00:00:00Z']],
          trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian',
        },
      });
    const page = await pageAt('/');
    expect(page).toContain('30°W 21°S – 22°E 16°N');
    expect(page).toContain('2019-07-01T10:00:00Z to 2027-01-01');
  });

  test('names CRSs in which everything can be had', async () => {
    const { crs } = await documentAt('/?f=json', 'landingPage');
    expect(crs).toContain('http://www.opengis.net/def/crs/OGC/1.3/CRS84');
    for (const uri of crs) {
      const answer = await send(server.root, { target: `/map?width=16&crs=${encodeURIComponent(uri)}` });
      expect([answer.status, answer.headers['content-crs']]).toEqual([200, uri]);
    }
  });
});

test('the box in the CRS of the data is told too, also of a raster without constraints', async () => {
  await expect
    .poll(async () => (await documentAt('/collections/unbound?f=json', 'collection')).extent.spatial, { timeout: 15_000 })
    .toMatchObject({ storageCrsBbox: [[500000, 100000, 500400, 100400]] });
});

describe('further dimensions of a raster', () => {
  const extentOf = async (id: string) => (await documentAt(`/collections/${id}?f=json`, 'collection')).extent;

  test('are told with reach, positions and what is known of their meaning', async () => {
    await expect.poll(async () => Object.keys(await extentOf('scene')), { timeout: 15_000 }).toContain('cloud');
    const { spatial, temporal, ...dimensions } = await extentOf('scene');
    expect([spatial.bbox, temporal]).toEqual([[[0, 0, 16, 16]], expect.anything()]);
    const definition = 'http://www.opengis.net/def/nil/OGC/0/unknown';
    expect(dimensions).toEqual({
      cloud: { interval: [[10, 70]], definition, grid: { cellsCount: 3, coordinates: [10, 12.5, 70] } },
      sensor: {
        interval: [['B', 'a']],
        definition,
        variableType: 'categoricalNominal',
        grid: { cellsCount: 3, coordinates: ['B', 'Z', 'a'] },
      },
      pressure: {
        interval: [[500, 1100]],
        definition,
        unit: 'hPa',
        grid: { cellsCount: 4, resolution: 200, firstCoordinate: 500 },
      },
      made: {
        interval: [['2020-05-05T10:00:00Z', '2021-05-05T00:00:00Z']],
        trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian',
        grid: { cellsCount: 2, coordinates: ['2020-05-05T10:00:00Z', '2021-05-05T00:00:00Z'] },
      },
      story: { interval: [[null, null]], definition, variableType: 'categoricalNominal' },
      day_only: {
        interval: [['false', 'true']],
        definition,
        variableType: 'categoricalNominal',
        grid: { cellsCount: 2, coordinates: ['false', 'true'] },
      },
    });
    const page = await pageAt('/collections/scene');
    expect(page).toContain('500 to 1100 (hPa): every 200');
  });

  test('of many values only the ends are told', async () => {
    await expect.poll(async () => Object.keys(await extentOf('many')), { timeout: 15_000 }).toContain('file');
    const { file } = await extentOf('many');
    expect(file).toEqual({
      interval: [['tile_1', 'tile_99']],
      definition: 'http://www.opengis.net/def/nil/OGC/0/unknown',
      variableType: 'categoricalNominal',
    });
  });

  test('what cannot be read takes nothing from where the raster lies', async () => {
    await expect.poll(async () => (await extentOf('huge')).spatial?.bbox, { timeout: 15_000 }).toEqual([[20, 8, 22, 10]]);
    expect(Object.keys(await extentOf('huge'))).toEqual(['spatial']);
  });
});

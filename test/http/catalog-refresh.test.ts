import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { eventually } from '../support/eventually.ts';
import { startProcess } from './bad-inputs/server-process.ts';

/** What `NOTIFY` and signals may take: the reading of the catalogue, not a turn of the clock. */
const AT_ONCE_MS = 3000;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await database.query(
    `create table roads (id int primary key, name text, geom geometry(Point, 4326));
     insert into roads select n, 'road ' || n, st_setsrid(st_makepoint(n % 90, n % 45), 4326) from generate_series(1, 3000) n;
     create index on roads using gist (geom); analyze roads`,
  );
});

afterAll(() => database?.close());

const status = async (root: string, path: string): Promise<number> => (await supertest(root).get(path)).status;

describe('the catalogue of a running server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database, env: { GRATICULE_REFRESH: '0' } });
  });
  afterAll(() => server?.close());

  test('has a new table at once on NOTIFY graticule, a changed one with its new column, and a dropped one no more', async () => {
    expect(await status(server.root, '/collections/lakes')).toBe(404);
    await database.query(`create table lakes (id int primary key, geom geometry(Point, 4326)); notify graticule`);
    await eventually('lakes are there', AT_ONCE_MS, async () => (await status(server.root, '/collections/lakes')) === 200);
    expect(await status(server.root, '/collections/lakes/items')).toBe(200);

    await database.query(`alter table lakes add column depth numeric; notify graticule`);
    await eventually('depth is there', AT_ONCE_MS, async () =>
      (await supertest(server.root).get('/collections/lakes/schema')).text.includes('depth'),
    );

    await database.query(`drop table lakes; notify graticule`);
    await eventually('lakes are gone', AT_ONCE_MS, async () => (await status(server.root, '/collections/lakes')) === 404);
  });

  test('a privilege that is taken away takes kept tiles with it', async () => {
    const tile = '/collections/roads/tiles/WebMercatorQuad/0/0/0';
    expect(await status(server.root, tile)).toBe(200);
    expect((await supertest(server.root).get(tile)).headers['cache-status']).toBe('graticule; hit');
    await database.query(`revoke select on roads from graticule_reader; notify graticule`);
    await eventually('the tile is gone', AT_ONCE_MS, async () => (await status(server.root, tile)) === 404);
    expect(await status(server.root, '/xyz/roads/0/0/0.mvt')).toBe(404);
    await database.query(`grant select on roads to graticule_reader; notify graticule`);
    await eventually('the tile is back', AT_ONCE_MS, async () => (await status(server.root, tile)) === 200);
  });

  test('shows the raster that a name means now, though no row was written when another column got the name', async () => {
    const cells = (value: number): string =>
      `ST_AddBand(ST_MakeEmptyRaster(16, 16, 0, 16, 1, -1, 0, 0, 3857), '8BUI'::text, ${value}, null)`;
    await database.query(
      `create table shades (id int primary key, rast raster, mended raster);
       insert into shades values (1, ${cells(40)}, ${cells(200)});
       grant select on shades to graticule_reader; notify graticule`,
    );
    const picture = async (id: string): Promise<string> =>
      (await supertest(server.root).get(`/collections/${id}/map?f=png&rescale=0,255&width=16`)).body.toString('base64');
    await eventually('shades are there', AT_ONCE_MS, async () => (await status(server.root, '/collections/shades/map')) === 200);
    const [old, mended] = [await picture('shades'), await picture('shades.mended')];
    expect(mended).not.toBe(old);
    await database.query('begin; alter table shades drop rast; alter table shades rename mended to rast; commit; notify graticule');
    await eventually('mended shades', AT_ONCE_MS, async () => (await picture('shades')) === mended);
  });

  test('a request in flight keeps the collection that it started with', async () => {
    const answer = await fetch(`${server.root}/collections/roads/items?limit=3000`);
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    await database.query(`comment on table roads is 'Renamed meanwhile'; alter table roads add column added int; notify graticule`);
    await eventually('the new column', AT_ONCE_MS, async () =>
      (await supertest(server.root).get('/collections/roads/schema')).text.includes('added'),
    );
    let text = new TextDecoder().decode(first?.value);
    for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read())
      text += new TextDecoder().decode(piece.value);
    const { features, numberReturned } = JSON.parse(text);
    expect(numberReturned).toBe(3000);
    expect(features).toHaveLength(3000);
    expect(features[2999].properties).not.toHaveProperty('added');
  });
});

test('SIGHUP makes a server look again, and it goes on', { timeout: 30_000 }, async () => {
  const server = await startProcess(database.readerUrl, { GRATICULE_REFRESH: '0' });
  await database.query(`create table harbours (id int primary key, geom geometry(Point, 4326))`);
  expect(await status(server.root, '/collections/harbours')).toBe(404);
  server.child.kill('SIGHUP');
  await eventually('harbours are there', AT_ONCE_MS, async () => (await status(server.root, '/collections/harbours')) === 200);
  expect(await server.stop()).toBe(0);
});

test('the refresh time brings a new table', { timeout: 30_000 }, async () => {
  const server = await startTestServer({ database, env: { GRATICULE_REFRESH: '1' } });
  await database.query(`create table bridges (id int primary key, geom geometry(Point, 4326))`);
  await eventually('bridges are there', 4000, async () => (await status(server.root, '/collections/bridges')) === 200);
  await server.close();
});

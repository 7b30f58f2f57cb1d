import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let database: TestDatabase;
let server: TestServer | undefined;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await database.query(`
    create table shown (id int primary key, size int8, ratio float8, geom geometry(Point, 4326));
    insert into shown values (1, 7, 0.5, 'SRID=4326;POINT(8 47)');
    grant select on shown to graticule_reader;
    create view broken as select id, 1 / (id - 1) as inverse, geom from shown;
    grant select on broken to graticule_reader`);
  server = await startTestServer({ database, env: { GRATICULE_REFRESH: '0' }, expectedErrors: /division by zero|broken\/items 500/ });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

const get = (path: string): Promise<Response> => fetch(`${server?.root}${path}`);

test('a view that cannot be read is a failure of ours, not of the request', async () => {
  const response = await get('/collections/broken/items');
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ title: 'Internal error', detail: 'The statement could not be run' });
});

test('a column that has become text since the catalogue was read never makes JSON that is none', async () => {
  await database.query(`alter table shown alter column size type text using 'seven', alter column ratio type text using 'half'`);
  const response = await get('/collections/shown/items');
  expect(await response.json()).toBeTypeOf('object');
});

test('a privilege that was taken away hides the collection and its kept tiles at the first request that needs it', async () => {
  const tile = '/collections/shown/tiles/WebMercatorQuad/0/0/0';
  await database.query(`drop view broken; notify graticule`);
  await expect.poll(async () => (await get('/collections/broken')).status).toBe(404);
  expect((await get(tile)).status).toBe(200);
  await database.query(`revoke select on shown from graticule_reader`);
  expect((await get('/collections/shown/items')).status).toBe(404);
  await expect.poll(async () => (await get('/collections/shown')).status, { timeout: 3000 }).toBe(404);
  expect((await get(tile)).status).toBe(404);
});

test('a table of which only columns may be read asks for one look at the catalogue, not for one at each request', async () => {
  await database.query(`
    create table partly (name text, secret text, geom geometry(Point, 4326));
    insert into partly values ('a', 'b', 'SRID=4326;POINT(8 47)');
    revoke select on partly from graticule_reader;
    grant select (name, geom) on partly to graticule_reader;
    notify graticule`);
  await expect.poll(async () => (await get('/collections/partly')).status, { timeout: 3000 }).toBe(200);
  const drifts = (): number => server?.log.lines().filter((line) => line['kind'] === 'db.drift').length ?? 0;
  const before = drifts();
  for (let i = 0; i < 3; i += 1) {
    expect((await get('/collections/partly/items')).status).toBe(200);
    await server?.running.refresh();
  }
  expect(drifts() - before).toBe(1);
});

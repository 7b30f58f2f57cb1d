import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const PATH = '/collections/breaking/items?limit=5000';

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  // Row 4000 cannot be read; those before it have long been sent by then.
  await database.query(`
    create table places (id int primary key, name text, geom geometry(Point, 4326));
    insert into places select n, repeat('x', 5000), st_point(n % 180, 0, 4326) from generate_series(1, 5000) n;
    create view breaking as select id, name || 1 / (id - 4000) as name, geom from places;
    comment on view breaking is '{"id": "id"}';
    grant select on breaking, places to graticule_reader`);
  server = await startTestServer({ database, env: { GRATICULE_LOG_LEVEL: 'info' }, expectedErrors: /division by zero/ });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

const errors = (): readonly unknown[] => server.log.lines().filter((line) => line['kind'] === 'http.error');

test('a client that leaves in the middle of a stream is no error', async () => {
  await new Promise<void>((resolve) => {
    const request = get(`${server.root}${PATH}`, (response) => {
      response.once('data', () => request.destroy());
      response.once('close', resolve);
      response.on('error', () => undefined);
    });
  });
  await expect.poll(() => server.log.lines().some((line) => line['aborted'] === true)).toBe(true);
  expect(errors()).toEqual([]);
});

test.each(['identity', 'gzip'])('a stream that breaks off ends without its end, and the log says why (%s)', async (coding) => {
  const before = errors().length;
  const response = await fetch(`${server.root}${PATH}`, { headers: { 'Accept-Encoding': coding } });
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
  await expect.poll(() => errors().length).toBe(before + 1);
  const requestId = response.headers.get('X-Request-Id');
  expect(errors().at(-1)).toMatchObject({ requestId, causes: [expect.stringContaining('division by zero')] });
});

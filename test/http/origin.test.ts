import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** Every document in which the server names its own addresses. */
const DOCUMENTS = [
  '/',
  '/api?f=json',
  '/collections',
  '/collections/spots',
  '/collections/spots/items?limit=1',
  '/collections/spots/items/1',
  '/collections/spots/schema',
  '/collections/spots/tiles',
  '/collections/spots/tiles/WebMercatorQuad',
  '/collections/spots/tiles/WebMercatorQuad/tilejson.json',
  '/collections/spots/tiles/WebMercatorQuad/style.json',
  '/style.json',
  '/tileMatrixSets',
  '/collections/nope',
];

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await database.query(
    `create table spots (id int primary key, name text, geom geometry(Point, 4326));
     insert into spots select n, 'spot ' || n, st_setsrid(st_makepoint(n, n), 4326) from generate_series(1, 20) n;
     create index on spots using gist (geom); analyze spots`,
  );
});

afterAll(() => database?.close());

/** Addresses of this server in a text: all that begin with a scheme and lead neither to standards nor to EPSG. */
function ownAddresses(text: string): readonly string[] {
  const known =
    /^https?:\/\/(www\.opengis\.net|json-schema\.org|www\.ogc\.org|docs\.ogc\.org|geojson\.org|opensource\.org|example\.org\/collections\/roads)/;
  return [...text.matchAll(/https?:\/\/[^"'\s<>\\)]+/g)].map(([address]) => address).filter((address) => !known.test(address));
}

async function expectRoot(root: string, server: TestServer, path: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const answer = await supertest(server.root)
    .get(path)
    .set({ Accept: 'application/json', ...headers });
  const text = answer.text ?? String(answer.body);
  const addresses = [...ownAddresses(text), ...ownAddresses(String(answer.headers['link'] ?? ''))];
  expect(addresses.length, path).toBeGreaterThan(0);
  expect(
    addresses.filter((address) => address !== root && !address.startsWith(`${root}/`) && !address.startsWith(`${root}?`)),
    path,
  ).toEqual([]);
}

describe('a server with GRATICULE_PUBLIC_URL', () => {
  const publicUrl = 'https://maps.example.org/geo';
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ database, env: { GRATICULE_PUBLIC_URL: `${publicUrl}/` } });
  });

  // Its own `root` is the public one; the port is reached through the loopback address.
  const inside = (): TestServer => ({ ...server, root: loopback(server) });
  afterAll(() => server?.close());

  test.each(DOCUMENTS)('%s has no other address', async (path) => {
    await expectRoot(publicUrl, inside(), path, { 'X-Forwarded-Host': 'evil.example' });
  });

  test('requests are answered with and without its base path', async () => {
    for (const path of ['/geo', '/geo/', '/', '/geo/collections', '/collections', '/geo/collections/spots/tiles/WebMercatorQuad/0/0/0']) {
      expect((await supertest(inside().root).get(path)).status, path).toBe(200);
    }
    expect((await supertest(inside().root).get('/geography')).status).toBe(404);
  });

  test('pages use relative addresses only, whatever the base path', async () => {
    const answer = await supertest(inside().root).get('/geo/collections/spots?f=html');
    const targets = [...answer.text.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, target]) => target ?? '');
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.filter((target) => target.startsWith('/') || target.startsWith(publicUrl))).toEqual([]);
  });

  test('a tile that is in the cache is found by both spellings', async () => {
    const tile = '/collections/spots/tiles/WebMercatorQuad/1/0/1';
    await supertest(inside().root).get(tile);
    expect((await supertest(inside().root).get(`/geo${tile}`)).headers['cache-status']).toBe('graticule; hit');
  });
});

describe('a server behind a proxy', () => {
  const forwarded = { 'X-Forwarded-Host': 'maps.example.org', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Prefix': '/geo' };

  describe('that it trusts', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer({ database, env: { GRATICULE_TRUSTED_PROXIES: '127.0.0.0/8,::1' } });
    });
    afterAll(() => server?.close());

    test.each(DOCUMENTS)('%s follows X-Forwarded-*, base path included', async (path) => {
      await expectRoot('https://maps.example.org/geo', server, path, forwarded);
    });

    test('follows Forwarded, and answers a proxy that says nothing as itself', async () => {
      await expectRoot('https://maps.example.org', server, '/collections', {
        Forwarded: 'for=192.0.2.1;host=maps.example.org;proto=https',
      });
      await expectRoot(server.root, server, '/collections', {});
    });

    test('takes the request id of the proxy, in header and problem', async () => {
      const answer = await supertest(server.root).get('/nowhere').set('X-Request-Id', 'edge-17');
      expect(answer.headers['x-request-id']).toBe('edge-17');
      expect(answer.body).toMatchObject({ instance: 'edge-17' });
    });

    test('answers differ by origin though the tiles they lead to are shared', async () => {
      const path = '/collections/spots/tiles/WebMercatorQuad/tilejson.json';
      await expectRoot('https://maps.example.org/geo', server, path, forwarded);
      await expectRoot('http://other.example', server, path, { 'X-Forwarded-Host': 'other.example' });
    });
  });

  describe('that it does not trust', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer({ database, env: { GRATICULE_TRUSTED_PROXIES: '10.0.0.0/8' } });
    });
    afterAll(() => server?.close());

    test.each(DOCUMENTS)('%s follows nothing but Host', async (path) => {
      await expectRoot(server.root, server, path, { ...forwarded, Forwarded: 'host=evil.example;proto=https' });
    });
  });
});

/** The address on which a server with a public URL really listens. */
function loopback({ port }: TestServer): string {
  return `http://127.0.0.1:${port}`;
}

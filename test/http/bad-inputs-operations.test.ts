import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterRequest } from '../../src/cluster/placement.ts';
import { dropClusters, openPrivateCluster, stopClusters } from '../../src/cluster/private-cluster.ts';
import { connectionUrl } from '../support/connection-url.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { type ServerProcess, spawnProcess, startProcess } from './bad-inputs/server-process.ts';
import { send, sendRaw, type WireAnswer } from './bad-inputs/wire.ts';

const TABLES = readFileSync(new URL('./bad-inputs/tables.sql', import.meta.url), 'utf8');
const ITEMS = '/collections/roads/items';
const TILE = '/collections/roads/tiles/WebMercatorQuad/7/44/66';

function slugOf(answer: WireAnswer): string {
  const problem: { readonly type: string } = JSON.parse(answer.body.toString('utf8'));
  return problem.type.replace(/^.*\//, '');
}

describe('operations on a database that changes', () => {
  let database: TestDatabase;
  let server: ServerProcess;

  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(TABLES);
    await database.query(`
      create table doomed as select * from roads; alter table doomed add primary key (id);
      create table changing as select * from roads; alter table changing add primary key (id);
      create function wait_a_while(seconds float8) returns boolean language sql volatile as 'select pg_sleep(seconds) is not null';
      create view slow as select id, name, geom from roads where wait_a_while(0.5);
      grant select on all tables in schema public to graticule_reader; revoke all on secret from graticule_reader`);
    server = await startProcess(database.readerUrl, { GRATICULE_STATEMENT_TIMEOUT: '1s', GRATICULE_REFRESH: '0' });
  });

  afterAll(async () => {
    await server?.stop();
    await database?.close();
  });

  test('N1 metrics and readiness are not on the public port', async () => {
    for (const target of ['/metrics', '/ready', '/live', '/cache', '/catalog']) {
      const answer = await send(server.root, { target });
      expect(answer.status, target).toBe(404);
      expect(slugOf(answer), target).toBe('not-found');
    }
    expect((await send(server.adminRoot, { target: '/ready' })).status).toBe(200);
  });

  test('N7 a statement past its time is 504, and nothing of it goes on in the database', async () => {
    const answer = await send(server.root, { target: '/collections/slow/items' });
    expect(answer.status).toBe(504);
    expect(slugOf(answer)).toBe('timeout');
    await eventually('the statement has ended', 2000, async () => (await busy()) === 0);
  });

  test('a client that leaves takes its statement with it', async () => {
    const leaving = new AbortController();
    const request = fetch(`${server.root}/collections/slow/items?limit=2`, { signal: leaving.signal }).catch(() => undefined);
    await eventually('the statement runs', 2000, async () => (await busy()) > 0);
    leaving.abort();
    await request;
    await eventually('the statement has ended', 800, async () => (await busy()) === 0);
  });

  test('N8 a table dropped after the catalogue was read is 404 within a second', async () => {
    expect((await send(server.root, { target: '/collections/doomed/items' })).status).toBe(200);
    await database.query('drop table doomed');
    const begin = performance.now();
    const answer = await send(server.root, { target: '/collections/doomed/items' });
    expect(answer.status).toBe(404);
    expect(slugOf(answer)).toBe('not-found');
    expect(performance.now() - begin).toBeLessThan(1000);
    await eventually(
      'the collection is gone',
      2000,
      async () => (await send(server.root, { target: '/collections/doomed' })).status === 404,
    );
  });

  test('N9 a column renamed after the catalogue was read: soon the answer has the new name', { timeout: 15_000 }, async () => {
    expect((await send(server.root, { target: '/collections/changing/items' })).status).toBe(200);
    await database.query('alter table changing rename column name to label');
    const answer = await send(server.root, { target: '/collections/changing/items?limit=1' });
    expect([200, 404]).toContain(answer.status);
    await eventually('the new name', 8000, async () => {
      const later = await send(server.root, { target: '/collections/changing/items?limit=1' });
      return later.body.toString('utf8').includes('"label"');
    });
  });

  test('N5 more requests than there is room for are turned away at once, with Retry-After', { timeout: 30_000 }, async () => {
    const answers = await Promise.all(Array.from({ length: 400 }, () => fetchStatus(`${server.root}/collections/slow/items?limit=1`)));
    const shed = answers.filter((answer) => answer.status === 503);
    expect(shed.length).toBeGreaterThan(0);
    expect(shed.every((answer) => answer.slug === 'overloaded' && answer.retryAfter !== null)).toBe(true);
    expect(answers.every((answer) => [503, 504, 200].includes(answer.status))).toBe(true);
    expect((await send(server.root, { target: ITEMS })).status).toBe(200);
  });

  /** Statements of requests on the slow view; the extent that is measured in the background is none. */
  async function busy(): Promise<number> {
    const [row] = await database.query(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and usename = 'graticule_reader'
       and state <> 'idle' and query like '%slow%' and query not ilike '%st_extent%'`,
    );
    return Number(row?.['n']);
  }
});

describe('start', () => {
  test(
    'N4 a request while the catalogue is read for the first time is 503 with Retry-After, and then it is answered',
    { timeout: 40_000 },
    async () => {
      const database = await createTestDatabase('empty');
      await database.query(TABLES);
      // Discovery reads the comments of tables; a connection is made without them.
      await database.query('begin; lock table pg_catalog.pg_description in access exclusive mode');
      const server = await spawnProcess(database.readerUrl);
      const collections = { target: '/collections' };
      await eventually('it listens', 10_000, async () => (await send(server.root, collections).catch(() => undefined)) !== undefined);
      const early = await send(server.root, collections);
      expect(early.status).toBe(503);
      expect(slugOf(early)).toBe('database-unavailable');
      expect(Number(early.headers['retry-after'])).toBeGreaterThan(0);
      expect((await send(server.adminRoot, { target: '/ready' })).status).toBe(503);
      await database.query('rollback');
      await eventually('it has its catalogue', 10_000, async () => (await send(server.root, collections)).status === 200);
      expect(await server.stop()).toBe(0);
      await database.close();
    },
  );
});

describe('shutdown', () => {
  test('N10 a request under way at SIGTERM is answered whole, new connections are not taken, the exit code is 0', async () => {
    const database = await createTestDatabase('empty');
    await database.query(TABLES);
    await database.query(`create view slow as select id, name, geom from roads where id < 3 and pg_sleep(0.4) is not null;
      grant select on slow to graticule_reader`);
    const server = await startProcess(database.readerUrl);
    const answer = sendRaw(server.root, `GET ${'/collections/slow/items'} HTTP/1.1\r\nHost: x\r\n\r\n`, 10_000);
    await sleep(300);
    const stopped = server.stop();
    const { status, head, body } = await answer;
    expect(status).toBe(200);
    expect(head).toContain('connection: close');
    expect(body).toContain('FeatureCollection');
    expect(await stopped).toBe(0);
    await expect(fetch(`${server.root}/`)).rejects.toThrow();
    await database.close();
  });
});

describe('a database that goes away', { timeout: 60_000 }, () => {
  const checkout = mkdtempSync(join(tmpdir(), 'graticule-away-'));
  const request: ClusterRequest = {
    checkout,
    purpose: 'test',
    env: process.env,
    home: homedir(),
    temporary: tmpdir(),
    uid: process.getuid?.(),
  };
  let server: ServerProcess;
  let reader: string;

  const start = async (): Promise<void> => {
    const cluster = await openPrivateCluster(request, () => undefined);
    reader = connectionUrl(cluster.reader('away'));
    const admin = connectionUrl(cluster.owner('postgres'));
    if ((await sql(admin, `select 1 from pg_database where datname = 'away'`)) > 0) return;
    await sql(admin, 'create database away template template0');
    await sql(
      connectionUrl(cluster.owner('away')),
      `create extension postgis; create extension postgis_raster; ${TABLES}; grant select on roads, heights to graticule_reader`,
    );
  };

  beforeAll(async () => {
    await start();
    server = await startProcess(reader, { GRATICULE_TILE_TTL: '1' });
    expect((await send(server.root, { target: TILE })).status).toBe(200);
    await stopClusters(request);
    await sleep(1500);
  });

  afterAll(async () => {
    await server?.stop();
    await stopClusters(request);
    await dropClusters(request).catch(() => undefined);
    rmSync(checkout, { recursive: true, force: true });
  });

  test('N2 a tile that was kept is served stale, with Age and Cache-Status', async () => {
    const answer = await send(server.root, { target: TILE });
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.age)).toBeGreaterThanOrEqual(1);
    expect(answer.headers['cache-status']).toBeDefined();
  });

  test('N3 what was not kept is 503 with Retry-After, at once', async () => {
    const begin = performance.now();
    const answer = await send(server.root, { target: ITEMS });
    expect(answer.status).toBe(503);
    expect(slugOf(answer)).toBe('database-unavailable');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  test('alive but not ready', async () => {
    expect((await send(server.root, { target: '/health' })).status).toBe(200);
    expect((await send(server.adminRoot, { target: '/live' })).status).toBe(200);
    expect((await send(server.adminRoot, { target: '/ready' })).status).toBe(503);
  });

  test('everything is back when the database is', async () => {
    await start();
    await eventually('ready again', 10_000, async () => (await send(server.adminRoot, { target: '/ready' })).status === 200);
    expect((await send(server.root, { target: ITEMS })).status).toBe(200);
  });
});

async function fetchStatus(
  url: string,
): Promise<{ readonly status: number; readonly slug: string | undefined; readonly retryAfter: string | null }> {
  const answer = await fetch(url);
  const text = await answer.text();
  const slug = answer.status === 200 ? undefined : /\/problems\/([a-z-]+)/.exec(text)?.[1];
  return { status: answer.status, slug, retryAfter: answer.headers.get('retry-after') };
}

async function sql(url: string, text: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const result: unknown = await client.query(text);
    return result instanceof pg.Result ? (result.rowCount ?? 0) : 0;
  } finally {
    await client.end();
  }
}

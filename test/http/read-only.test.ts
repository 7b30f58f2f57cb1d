import { readFileSync } from 'node:fs';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const TARGETS = [
  '/?f=html',
  '/collections',
  '/collections/places?f=html',
  '/collections/places/items?limit=5',
  '/collections/places/items?limit=1000&bbox=-180,-90,180,90',
  '/collections/journeys/items?datetime=2024-01-01/2024-02-01',
  '/collections/regions/items/R01',
  '/collections/parcels/tiles/WebMercatorQuad/0/0/0',
  '/tiles/WebMercatorQuad/1/0/1',
  '/collections/elevation/map/tiles/WebMercatorQuad/0/0/0',
  '/style.json',
];

let database: TestDatabase;
let server: TestServer | undefined;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await database.query(readFileSync(new URL('../../conformance/fixture.sql', import.meta.url), 'utf8'));
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

/** Every relation with its files and privileges, functions, types, schemas, settings, and the rows of two tables. */
async function state(): Promise<unknown> {
  const [row] = await database.query(
    `select (select md5(string_agg(c::text, ',' order by oid)) from (select oid, relname, relnamespace, relfilenode, relacl, relhastriggers from pg_class) c) relations,
            (select count(*)::int from pg_proc) functions, (select count(*)::int from pg_type) types, (select count(*)::int from pg_namespace) schemas,
            (select md5(string_agg(s::text, ',' order by oid)) from (select oid, setconfig from pg_db_role_setting join pg_database on setdatabase = oid where datname = current_database()) s) settings,
            (select md5(string_agg(p::text, ',' order by id)) from places p) places, (select count(*)::int from elevation) elevation`,
  );
  return row;
}

/** What the server holds at this moment: its locks, its oldest transaction, and how many of its transactions have written. */
async function held(): Promise<{ readonly locks: readonly string[]; readonly oldestMs: number; readonly writing: number }> {
  const locks = await database.query(
    `select distinct mode from pg_locks join pg_stat_activity using (pid) where usename = 'graticule_reader' and locktype = 'relation' and datname = current_database()`,
  );
  const [row] = await database.query(
    `select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0) * 1000 as age, count(backend_xid) as writing from pg_stat_activity
     where usename = 'graticule_reader' and datname = current_database()`,
  );
  return { locks: locks.map(({ mode }) => String(mode)), oldestMs: Number(row?.['age']), writing: Number(row?.['writing']) };
}

test('reading writes nothing, takes no lock above ACCESS SHARE and leaves no transaction open', { timeout: 60_000 }, async () => {
  const before = await state();
  const locks = new Set<string>();
  let oldest = 0;
  let writing = 0;
  let watching = true;
  const watch = (async () => {
    while (watching) {
      const now = await held();
      now.locks.forEach((mode) => locks.add(mode));
      oldest = Math.max(oldest, now.oldestMs);
      writing = Math.max(writing, now.writing);
    }
  })();
  const running = await startTestServer({ database });
  server = running;
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(TARGETS.map((target) => supertest(running.root).get(target)));
    expect(answers.map(({ status }) => status)).toEqual(TARGETS.map(() => 200));
    await running.running.refresh();
  }
  watching = false;
  await watch;
  expect([...locks]).toEqual(['AccessShareLock']);
  expect(oldest).toBeLessThan(10_000);
  expect(writing).toBe(0);
  await expect.poll(async () => (await held()).oldestMs).toBe(0);
  expect(await state()).toEqual(before);
});

test('a role that may do everything is still only read with', async () => {
  const asOwner = await startTestServer({ database: { readerUrl: database.ownerUrl } });
  try {
    const before = await state();
    expect((await supertest(asOwner.root).get('/collections/places/items?limit=3')).status).toBe(200);
    expect((await supertest(asOwner.root).get('/collections/elevation/map/tiles/WebMercatorQuad/0/0/0')).status).toBe(200);
    expect(await state()).toEqual(before);
    expect(
      asOwner.log
        .lines()
        .map((line) => String(line['msg']))
        .join('\n'),
    ).toMatch(/superuser/);
  } finally {
    await asOwner.close();
  }
});

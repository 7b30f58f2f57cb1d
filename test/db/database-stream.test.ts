import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../src/base/error.ts';
import { ANONYMOUS } from '../../src/base/principal.ts';
import { sql } from '../../src/base/sql.ts';
import type { Database, Row } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

let source: TestDatabase;
let database: Database;

beforeAll(async () => {
  source = await createTestDatabase('empty');
  await source.query('create table t as select i as id, repeat(md5(i::text), 30) as body from generate_series(1, 20000) i');
  database = await open();
});

afterAll(async () => {
  await database.close();
  await source.close();
});

function open(
  more: { readonly poolSize?: number; readonly statementTimeoutMs?: number; readonly streamLimitMs?: number } = {},
): Promise<Database> {
  return openDatabase({
    connection: source.reader,
    poolSize: 2,
    statementTimeoutMs: 1000,
    streamLimitMs: 20_000,
    observe: () => undefined,
    ...more,
  });
}

function run(batch: number, signal: AbortSignal = new AbortController().signal) {
  return { name: 'stream', signal, principal: ANONYMOUS, batch };
}

async function collect(batches: AsyncIterable<readonly Row[]>): Promise<readonly (readonly Row[])[]> {
  const all: (readonly Row[])[] = [];
  for await (const rows of batches) all.push(rows);
  return all;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function openTransactions(): Promise<number> {
  return (
    await source.query(
      `select from pg_stat_activity where datname = current_database() and usename = 'graticule_reader' and xact_start is not null`,
    )
  ).length;
}

async function atRest(of: Database): Promise<void> {
  await eventually('every session is at rest', 5000, () => of.connections.busy === 0 && of.connections.quarantined === 0);
  await eventually('no transaction is open', 5000, async () => (await openTransactions()) === 0);
}

test.each([
  [0, 100, []],
  [1, 100, [1]],
  [99, 100, [99]],
  [100, 100, [100]],
  [101, 100, [100, 1]],
  [1000, 300, [300, 300, 300, 100]],
])('%d rows in batches of %d', async (count, batch, sizes) => {
  const batches = await collect(database.stream(sql`select id from t where id <= ${count}::int order by id`, run(batch)));
  expect(batches.map((rows) => rows.length)).toEqual(sizes);
  expect(batches.flat().map(([id]) => Number(id))).toEqual(Array.from({ length: count }, (_, i) => i + 1));
  await atRest(database);
});

test('bytea comes as bytes, in the first batch and in the later ones, the first time and the second', async () => {
  for (let i = 0; i < 2; i += 1) {
    const batches = await collect(database.stream(sql`select id, decode(${'00ff5c'}, 'hex') from t where id <= 5`, run(2)));
    for (const [, bytes] of batches.flat()) expect(bytes).toEqual(Buffer.from([0, 255, 92]));
  }
});

test('a slow reader gets every row though each pause is longer than the statement limit allows in sum', async () => {
  const slow = await open({ statementTimeoutMs: 300 });
  let count = 0;
  for await (const rows of slow.stream(sql`select id, body from t where id <= 2000`, run(400))) {
    count += rows.length;
    await pause(150);
  }
  expect(count).toBe(2000);
  await atRest(slow);
  await slow.close();
});

test('memory is bounded by two batches, not by the result', async () => {
  const batches = database.stream(sql`select repeat('x', 100000) from generate_series(1, 1000)`, run(10))[Symbol.asyncIterator]();
  await batches.next();
  await pause(100);
  const fetched = await source.query(
    `select query from pg_stat_activity where datname = current_database() and usename = 'graticule_reader' and state = 'idle in transaction'`,
  );
  expect(fetched).toEqual([{ query: 'fetch forward 10 from graticule_rows' }]);
  await batches.return?.();
  await atRest(database);
});

test('a consumer that stops early closes cursor and transaction', async () => {
  for await (const rows of database.stream(sql`select id from t order by id`, run(10))) {
    expect(rows).toHaveLength(10);
    break;
  }
  await atRest(database);
  expect(database.connections).toMatchObject({ busy: 0, waiting: 0 });
});

test('an error comes before the first row, by its code, and the session serves on', async () => {
  await expect(collect(database.stream(sql`select ${'x'}::int`, run(10)))).rejects.toMatchObject({ code: 'INVALID_PARAMETER' });
  await expect(collect(database.stream(sql`select * from absent`, run(10)))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await atRest(database);
});

test('an error in the middle ends the stream with it', async () => {
  let count = 0;
  const failing = async (): Promise<void> => {
    for await (const rows of database.stream(sql`select 1 / (${500}::int - id) from t`, run(100))) count += rows.length;
  };
  await expect(failing()).rejects.toMatchObject({ code: 'INTERNAL' });
  expect(count).toBe(400);
  await atRest(database);
});

test('a backend that is killed in the middle ends the stream within a second and frees the slot', async () => {
  const own = await open({ poolSize: 1 });
  const killed = async (): Promise<void> => {
    let first = true;
    for await (const _ of own.stream(sql`select id, pg_sleep(0.002) from t`, run(50))) {
      if (!first) continue;
      first = false;
      await source.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and xact_start is not null and query like 'fetch%'`,
      );
    }
  };
  const started = performance.now();
  const error: unknown = await killed().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  expect(performance.now() - started).toBeLessThan(1000);
  expect(await own.rows(sql`select 1`, run(1))).toEqual([['1']]);
  expect(own.connections).toMatchObject({ busy: 0, quarantined: 0 });
  await own.close();
});

test('an abort while a batch is fetched, and while the consumer is busy, frees the slot', async () => {
  const own = await open({ poolSize: 1 });
  for (const statement of [sql`select pg_sleep(0.5) from t`, sql`select id from t`]) {
    const abort = new AbortController();
    const batches = own.stream(statement, run(1, abort.signal))[Symbol.asyncIterator]();
    await batches.next();
    abort.abort(new Error('left'));
    await atRest(own);
    await expect(batches.next()).rejects.toThrow('left');
    expect(await own.rows(sql`select 1`, run(1))).toEqual([['1']]);
  }
  await own.close();
});

test('the stream limit ends a stream whose reader has fallen asleep', async () => {
  const own = await open({ poolSize: 1, streamLimitMs: 300 });
  const batches = own.stream(sql`select id from t`, run(10))[Symbol.asyncIterator]();
  await batches.next();
  await pause(400);
  await atRest(own);
  await expect(batches.next()).rejects.toMatchObject({ code: 'TIMEOUT' });
  await own.close();
});

test('the statement limit holds for each fetch', async () => {
  const own = await open({ statementTimeoutMs: 200 });
  await expect(collect(own.stream(sql`select pg_sleep(1)`, run(10)))).rejects.toMatchObject({ code: 'TIMEOUT' });
  await own.close();
});

test('streams and statements share the pool without mixing', async () => {
  const own = await openDatabase({
    connection: source.reader,
    poolSize: 3,
    statementTimeoutMs: 5000,
    streamLimitMs: 20_000,
    waitLimitMs: 5000,
    observe: () => undefined,
  });
  const counts = await Promise.all(
    Array.from({ length: 12 }, async (_, i) => {
      if (i % 2 === 0) return (await own.rows(sql`select count(*) from t where id <= ${i * 100}::int`, run(1)))[0]?.[0];
      const batches = await collect(own.stream(sql`select id from t where id <= ${i * 100}::int`, run(70)));
      return String(batches.flat().length);
    }),
  );
  expect(counts).toEqual(Array.from({ length: 12 }, (_, i) => String(i * 100)));
  await atRest(own);
  await own.close();
});

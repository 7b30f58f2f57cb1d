import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../src/base/error.ts';
import { ANONYMOUS } from '../../src/base/principal.ts';
import { ident, literal, sql } from '../../src/base/sql.ts';
import type { Observation } from '../../src/base/event.ts';
import type { Database, RunOptions } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

let source: TestDatabase;
let database: Database;
const seen: Observation[] = [];

beforeAll(async () => {
  source = await createTestDatabase('empty');
  await source.query(
    'create table t as select i as id, repeat(md5(i::text), 10) as body from generate_series(1, 5000) i; create table hidden (a int); revoke all on hidden from public, graticule_reader',
  );
  database = await open();
});

afterAll(async () => {
  await database.close();
  await source.close();
});

function open(
  more: {
    readonly poolSize?: number;
    readonly statementTimeoutMs?: number;
    readonly streamLimitMs?: number;
    readonly waitLimitMs?: number;
  } = {},
): Promise<Database> {
  return openDatabase({
    connection: source.reader,
    poolSize: 4,
    statementTimeoutMs: 5000,
    streamLimitMs: 20_000,
    observe: (observation) => seen.push(observation),
    ...more,
  });
}

function run(more: Partial<RunOptions> = {}): RunOptions {
  return { name: 'test', signal: new AbortController().signal, principal: ANONYMOUS, ...more };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof AppError ? error.code : `no AppError: ${String(error)}`;
}

test('values arrive as PostgreSQL prints them, in UTC, ISO and full digits', async () => {
  const statement = sql`select 9007199254740993::bigint, 1.10::numeric, 'NaN'::float8, 0.1::float4, true, null, timestamptz '2020-01-01 12:00+02',
    date '2020-01-02', array[1, null], '{"a": 1}'::jsonb, 'é€😀'::text, interval '1 day 2 hours', '1e400'::numeric > 0`;
  expect(await database.rows(statement, run())).toEqual([
    [
      '9007199254740993',
      '1.10',
      'NaN',
      '0.1',
      't',
      null,
      '2020-01-01 10:00:00+00',
      '2020-01-02',
      '{1,NULL}',
      '{"a": 1}',
      'é€😀',
      'P1DT2H',
      't',
    ],
  ]);
});

test('records go by column name', async () => {
  expect(await database.records(sql`select 1 as a, null as "B c" union all select 2, 'x'`, run())).toEqual([
    { a: '1', 'B c': null },
    { a: '2', 'B c': 'x' },
  ]);
  expect(await database.records(sql`select 1 as a where false`, run())).toEqual([]);
});

test('bound values of every kind come back', async () => {
  const bytes = Buffer.from([0, 1, 255, 92]);
  const statement = sql`select ${1}::int, ${2n}::bigint, ${true}::bool, ${null}::text, ${undefined}::text, ${'a\'b\\"'}::text, ${['x', 'a"b\\', null, '']}::text[], ${[
    [1, 2],
    [3, 4],
  ]}::int[], ${{ a: [1] }}::jsonb, ${new Date(0)}::timestamptz, ${bytes}::bytea`;
  expect(await database.rows(statement, run())).toEqual([
    ['1', '2', 't', null, null, 'a\'b\\"', '{x,"a\\"b\\\\",NULL,""}', '{{1,2},{3,4}}', '{"a": [1]}', '1970-01-01 00:00:00+00', bytes],
  ]);
});

test('bytea is the same bytes as hex text at first and in binary from then on, beside text, null and empty', async () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  const statement = sql`select 'a', decode(${all.toString('hex')}, 'hex') as b, null::bytea, ''::bytea, 42`;
  const expected = [['a', all, null, Buffer.alloc(0), '42']];
  for (let i = 0; i < 4; i += 1) expect(await database.rows(statement, run())).toEqual(expected);
});

test('rows larger than any network chunk arrive whole, between small ones', async () => {
  const statement = sql`select n::text, convert_to(repeat(chr(65 + n % 26), n * 50000 + n), 'UTF8') from generate_series(0, 20) n`;
  for (let i = 0; i < 3; i += 1) {
    const rows = await database.rows(statement, run());
    expect(rows.map(([n, bytes]) => [n, bytes?.length, bytes?.toString().at(-1)])).toEqual(
      Array.from({ length: 21 }, (_, n) => [String(n), n * 50_000 + n, n === 0 ? undefined : String.fromCharCode(65 + (n % 26))]),
    );
  }
});

test('a column that stops being bytea under the same text is read right', async () => {
  await source.query("create table shape (c bytea); insert into shape values ('\\x0102'); grant select on shape to graticule_reader");
  const statement = sql`select c from shape`;
  for (let i = 0; i < 3; i += 1) expect(await database.rows(statement, run())).toEqual([[Buffer.from([1, 2])]]);
  await source.query(
    "drop table shape; create table shape (c int, d text); insert into shape values (7, 'x'); grant select on shape to graticule_reader",
  );
  for (let i = 0; i < 3; i += 1) expect(await database.rows(statement, run())).toEqual([['7']]);
});

test('a bytea column that changes places is read right', async () => {
  const make = (columns: string) =>
    source.query(`drop table if exists moving; create table moving as select ${columns}; grant select on moving to graticule_reader`);
  await make(`'\\x0102'::bytea as a, 'text' as b`);
  const statement = sql`select a, b from moving`;
  for (let i = 0; i < 3; i += 1) expect(await database.rows(statement, run())).toEqual([[Buffer.from([1, 2]), 'text']]);
  await make(`'text' as a, '\\x0102'::bytea as b`);
  for (let i = 0; i < 3; i += 1) expect(await database.rows(statement, run())).toEqual([['text', Buffer.from([1, 2])]]);
});

test('`select *` follows an added column though the statement was prepared', async () => {
  await source.query("create table wide as select 1 as a, '\\x01'::bytea as b; grant select on wide to graticule_reader");
  const statement = sql`select * from wide`;
  for (let i = 0; i < 3; i += 1) expect((await database.rows(statement, run()))[0]).toHaveLength(2);
  await source.query('alter table wide add column c int default 3');
  expect(await database.rows(statement, run())).toEqual([['1', Buffer.from([1]), '3']]);
});

test('every transaction is read-only, has its limits and leaves nothing behind', async () => {
  const settings = sql`select current_setting('transaction_read_only'), current_setting('statement_timeout'), current_setting('jit'), current_setting('lock_timeout')`;
  expect(await database.rows(settings, run({ timeoutMs: 1234 }))).toEqual([['on', '1234ms', 'off', '2s']]);
  expect(await database.rows(settings, run())).toEqual([['on', '5s', 'off', '2s']]);
  expect(await codeOf(database.rows(sql`create table no (a int)`, run()))).toBe('INTERNAL');
  expect(
    await codeOf(database.rows(sql`select set_config('transaction_read_only', 'off', true), nextval('pg_catalog.nothing')`, run())),
  ).toMatch(/INTERNAL|NOT_FOUND/);
  const idle = await source.query(
    `select state, xact_start from pg_stat_activity where datname = current_database() and usename = 'graticule_reader'`,
  );
  expect(idle.length).toBeGreaterThan(0);
  for (const session of idle) expect(session).toMatchObject({ state: 'idle', xact_start: null });
});

test('an error storm keeps the connections', async () => {
  const own = await open({ poolSize: 2 });
  const pids = new Set<string>();
  const note = async (): Promise<void> => {
    for (const [one] of await own.rows(sql`select pg_backend_pid()`, run())) pids.add(String(one));
  };
  await note();
  for (let i = 0; i < 500; i += 1) expect(await codeOf(own.rows(sql`select ${'abc'}::int`, run()))).toBe('INVALID_PARAMETER');
  await note();
  expect(pids.size).toBe(1);
  expect(own.connections).toMatchObject({ idle: 1, busy: 0 });
  await own.close();
});

test('an abort frees the slot at once, stops the statement in the server, and the connection serves on', async () => {
  const own = await open({ poolSize: 1 });
  const [first] = await own.rows(sql`select pg_backend_pid()`, run());
  const abort = new AbortController();
  const reason = new Error('the client left');
  const sleeping = own.rows(sql`select pg_sleep(30)`, run({ signal: abort.signal }));
  await eventually(
    'the statement runs',
    5000,
    async () =>
      (
        await source.query(
          `select from pg_stat_activity where query like '%pg_sleep(30)%' and pid = ${String(first?.[0])} and state = 'active'`,
        )
      ).length === 1,
  );
  const started = performance.now();
  abort.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
  // The slot: a second connection is opened while the first is still being cancelled.
  expect(await own.rows(sql`select 1`, run())).toEqual([['1']]);
  await eventually(
    'the backend is idle',
    5000,
    async () =>
      (await source.query(`select from pg_stat_activity where pid = ${String(first?.[0])} and state = 'idle'`)).length === 1 ||
      (await source.query(`select from pg_stat_activity where pid = ${String(first?.[0])}`)).length === 0,
  );
  expect(performance.now() - started).toBeLessThan(1000);
  await eventually('quarantine is empty', 5000, () => own.connections.quarantined === 0);
  expect(seen).toContainEqual({ kind: 'db.cancel', result: 'cancelled' });
  for (let i = 0; i < 20; i += 1) expect(await own.rows(sql`select ${i}::text`, run())).toEqual([[String(i)]]);
  await own.close();
});

test('a statement that does not heed its cancel keeps only itself waiting', async () => {
  await source.query(
    'drop table if exists cloud; create table cloud as select st_collect(st_point(x::float8 + (x * 7 + y * 13) % 11 / 11.0, y::float8)) as g from generate_series(1, 300) x, generate_series(1, 300) y',
  );
  const own = await open({ poolSize: 1 });
  await own.rows(sql`select 1`, run());
  const abort = new AbortController();
  const hard = own
    .rows(sql`select st_npoints(st_delaunaytriangles(g)) from cloud`, run({ signal: abort.signal }))
    .catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const started = performance.now();
  abort.abort(new Error('left'));
  await hard;
  expect(own.connections).toMatchObject({ quarantined: 1 });
  expect(await own.rows(sql`select 1`, run())).toEqual([['1']]);
  expect(performance.now() - started).toBeLessThan(200);
  await eventually('the zombie has ended', 5000, () => own.connections.quarantined === 0);
  expect(own.connections).toMatchObject({ idle: 1, busy: 0 });
  await own.close();
});

test('aborts at any moment never reach another statement', async () => {
  const own = await open({ poolSize: 3, waitLimitMs: 5000 });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 120 }, async (_, i) => {
      const abort = new AbortController();
      if (i % 3 === 0) setTimeout(() => abort.abort(new Error('left')), (i % 7) * 2);
      const rows = await own.rows(sql`select ${i}::int, pg_sleep(0.004)`, run({ signal: abort.signal }));
      return rows[0]?.[0] === String(i);
    }),
  );
  outcomes.forEach((outcome, i) => {
    if (outcome.status === 'fulfilled') expect(outcome.value).toBe(true);
    else expect([i % 3, String(outcome.reason)]).toEqual([0, 'Error: left']);
  });
  await eventually('all sessions are idle', 5000, () => own.connections.busy === 0 && own.connections.quarantined === 0);
  await own.close();
});

test('an aborted signal runs nothing', async () => {
  await expect(database.rows(sql`select 1`, run({ signal: AbortSignal.abort(new Error('before')) }))).rejects.toThrow('before');
});

test('who waits too long for a connection is told to come back', async () => {
  const own = await open({ poolSize: 1, waitLimitMs: 100 });
  const busy = own.rows(sql`select pg_sleep(0.6)`, run());
  const started = performance.now();
  const error: unknown = await own.rows(sql`select 1`, run()).catch((reason: unknown) => reason);
  expect(performance.now() - started).toBeLessThan(400);
  expect(error).toMatchObject({ code: 'OVERLOADED', headers: { 'Retry-After': '1' } });
  await busy;
  expect(await own.rows(sql`select 1`, run())).toEqual([['1']]);
  await own.close();
});

test('a backend that was killed while idle is not noticed by the next request', async () => {
  const own = await open({ poolSize: 1 });
  const [before] = await own.rows(sql`select pg_backend_pid()`, run());
  await source.query(`select pg_terminate_backend(${String(before?.[0])})`);
  const [after] = await own.rows(sql`select pg_backend_pid()`, run());
  expect(after?.[0]).not.toBe(before?.[0]);
  expect(own.available).toBe(true);
  await own.close();
});

test('a backend that is killed at work is 503 at once, and its slot is free', async () => {
  const own = await open({ poolSize: 1 });
  const sleeping = own.rows(sql`select pg_sleep(31)`, run());
  const outcome = codeOf(sleeping);
  await eventually(
    'the statement runs',
    5000,
    async () =>
      (
        await source.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(31)%' and pid <> pg_backend_pid() and state = 'active'`,
        )
      ).length > 0,
  );
  expect(await outcome).toBe('DATABASE_UNAVAILABLE');
  expect(await own.rows(sql`select 1`, run())).toEqual([['1']]);
  await own.close();
});

test('a plan is kept for all values only where that is asked for, and what it draws on stays true', async () => {
  const own = await open({ poolSize: 1 });
  const named = (i: number) => sql`select id, ${'planned'} from t where id = ${i}::int`;
  for (const id of [1, 2, 3]) expect(await own.rows(named(id), run({ plan: 'kept' }))).toEqual([[String(id), 'planned']]);
  for (const id of [4, 5]) expect(await own.rows(named(id), run())).toEqual([[String(id), 'planned']]);
  const counts = sql`select generic_plans, custom_plans from pg_prepared_statements where statement like 'select id, $1 from t%'`;
  // The first use is not prepared under a name.
  expect(await own.rows(counts, run())).toEqual([['2', '2']]);
  await source.query('create index t_id on t (id)');
  expect(await own.rows(named(6), run({ plan: 'kept' }))).toEqual([['6', 'planned']]);
  await source.query('drop index t_id');
  await own.close();
});

test('a thousand different statements leave a bounded number prepared', async () => {
  const own = await open({ poolSize: 1 });
  for (let i = 0; i < 300; i += 1) for (let twice = 0; twice < 2; twice += 1) await own.rows(sql`select 1 as ${ident(`c${i}`)}`, run());
  const [count] = await own.rows(sql`select count(*) from pg_prepared_statements`, run());
  expect(Number(count?.[0])).toBeLessThanOrEqual(101);
  await own.close();
});

test('text in identifiers and literals stays text', async () => {
  expect(await database.records(sql`select ${literal("a'; drop table t; --\\")} as ${ident('we"ird')}`, run())).toEqual([
    { 'we"ird': "a'; drop table t; --\\" },
  ]);
});

test('a superuser is told once how to be less', async () => {
  const told: string[] = [];
  const own = await openDatabase({
    connection: source.owner,
    poolSize: 1,
    statementTimeoutMs: 1000,
    streamLimitMs: 1000,
    observe: (o) => o.kind === 'db.notice' && told.push(o.message),
  });
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('is a superuser');
  expect(told[0]).toContain('create role graticule_reader');
  expect(seen.some((o) => o.kind === 'db.notice')).toBe(false);
  await own.close();
});

test('a refusal of the server is told at once, not waited for', async () => {
  const started = performance.now();
  await expect(
    openDatabase({
      connection: { ...source.reader, database: 'no such name' },
      poolSize: 1,
      statementTimeoutMs: 1000,
      streamLimitMs: 1000,
      observe: () => undefined,
    }),
  ).rejects.toThrow(/Cannot use the database: .*no such name/);
  expect(performance.now() - started).toBeLessThan(1000);
});

test('functions of PostGIS are found where the search_path does not lead', async () => {
  await source.query('create schema elsewhere; create extension if not exists fuzzystrmatch schema elsewhere');
  await source.query(`alter role graticule_reader in database ${source.name} set search_path = elsewhere`);
  const own = await open({ poolSize: 1 });
  expect(await own.rows(sql`select st_astext(st_point(1, 2)), current_setting('search_path')`, run())).toEqual([
    ['POINT(1 2)', 'elsewhere, public, public'],
  ]);
  await own.close();
  await source.query(`alter role graticule_reader in database ${source.name} reset search_path`);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError, errorKind } from '../../src/base/error.ts';
import type { Observation } from '../../src/base/event.ts';
import { ANONYMOUS } from '../../src/base/principal.ts';
import { join, sql } from '../../src/base/sql.ts';
import type { Sql } from '../../src/base/sql.ts';
import type { Database, RunOptions } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { sqlstate } from '../../src/db/sqlstate.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let source: TestDatabase;
let database: Database;
const seen: Observation[] = [];

beforeAll(async () => {
  source = await createTestDatabase('empty');
  await source.query(`
    create table t (id int primary key, g geometry(Point, 4326));
    create table hidden (a int);
    revoke all on hidden from public, graticule_reader;
    create function raises(code text) returns int language plpgsql as $$ begin raise exception 'as asked' using errcode = code; end $$;
  `);
  database = await openDatabase({
    connection: source.reader,
    poolSize: 2,
    statementTimeoutMs: 2000,
    streamLimitMs: 5000,
    observe: (observation) => seen.push(observation),
  });
});

afterAll(async () => {
  await database.close();
  await source.close();
});

function run(more: Partial<RunOptions> = {}): RunOptions {
  return { name: 'test', signal: new AbortController().signal, principal: ANONYMOUS, ...more };
}

async function failure(statement: Sql, more?: Partial<RunOptions>): Promise<AppError> {
  const error: unknown = await database.rows(statement, run(more)).then(
    () => 'no error',
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error(`Expected an AppError, got ${String(error)}`);
}

const DEEP_NOT = join(
  Array.from({ length: 8000 }, () => sql`not `),
  sql``,
);
const VERY_DEEP_NOT = sql`${DEEP_NOT} ${DEEP_NOT} ${DEEP_NOT}`;
const MANY_COLUMNS = join(Array.from({ length: 1700 }, (_, i) => sql`${i}::int`));

test.each<[string, string, Sql]>([
  ['22P02', 'INVALID_PARAMETER', sql`select ${'abc'}::int`],
  ['22003', 'INVALID_PARAMETER', sql`select ${'99999999999'}::bigint::int`],
  ['22007', 'INVALID_PARAMETER', sql`select ${'no date'}::date`],
  ['22008', 'INVALID_PARAMETER', sql`select ${'2020-13-40'}::date`],
  ['22012', 'INTERNAL', sql`select 1 / ${0}::int`],
  ['2201B', 'INVALID_PARAMETER', sql`select 'a' ~ ${'('}::text`],
  ['2201W', 'INVALID_PARAMETER', sql`select 1 limit ${-1}::int`],
  ['2201X', 'INVALID_PARAMETER', sql`select 1 offset ${-1}::int`],
  ['22021', 'INVALID_PARAMETER', sql`select ${'a\0b'}::text`],
  ['22023', 'INVALID_PARAMETER', sql`select generate_series(1, 2, ${0}::int)`],
  ['22P05', 'INVALID_PARAMETER', sql`select ${'"\\u0000"'}::jsonb ->> 0`],
  ['42501', 'NOT_FOUND', sql`select * from hidden`],
  ['42P01', 'NOT_FOUND', sql`select * from absent`],
  ['42703', 'NOT_FOUND', sql`select absent from t`],
  ['3F000', 'NOT_FOUND', sql`select ${'absent.t'}::regclass`],
  ['42883', 'INTERNAL', sql`select absent(1)`],
  ['42601', 'INTERNAL', sql`selec 1`],
  ['25006', 'INTERNAL', sql`delete from t`],
  ['40001', 'OVERLOADED', sql`select raises('40001')`],
  ['40P01', 'OVERLOADED', sql`select raises('40P01')`],
  ['55P03', 'OVERLOADED', sql`select raises('55P03')`],
  ['53400', 'DATABASE_UNAVAILABLE', sql`select raises('53400')`],
  ['54000', 'FILTER_TOO_COMPLEX', sql`select raises('54000')`],
  ['54011', 'FILTER_TOO_COMPLEX', sql`select ${MANY_COLUMNS}`],
  ['42601', 'FILTER_TOO_COMPLEX', sql`select ${VERY_DEEP_NOT} true`],
  ['54001', 'FILTER_TOO_COMPLEX', sql`select ${DEEP_NOT} true`],
  ['P0001', 'INTERNAL', sql`select raises('P0001')`],
  ['XX000', 'INTERNAL', sql`select raises('XX000')`],
])('%s is %s', async (state, code, statement) => {
  const error = await failure(statement);
  expect([sqlstate(error.cause), error.code]).toEqual([state, code]);
  expect(error.headers['Retry-After']).toBe(errorKind(error.code).status === 503 ? '1' : undefined);
  expect(error.detail).not.toMatch(/absent|hidden|select|raises|as asked/);
});

test.each([
  ['broken WKT', sql`select ${'POLYGON((0 0,1 1'}::geometry`],
  ['an open ring', sql`select ${'POLYGON((0 0,1 1,1 0))'}::geometry`],
  ['a line of one point', sql`select st_buffer(${'LINESTRING(0 0)'}::geometry, 1)`],
  ['mixed SRIDs', sql`select st_intersects(${'SRID=4326;POINT(0 0)'}::geometry, ${'SRID=3857;POINT(0 0)'}::geometry)`],
  ['a pole in Mercator', sql`select st_transform(${'SRID=4326;POINT(0 95)'}::geometry, 3857)`],
  ['an SRID without definition', sql`select st_transform(${'SRID=4326;POINT(0 0)'}::geometry, 990001)`],
  ['a tile outside its matrix', sql`select st_tileenvelope(2, 9, 9)`],
  ['broken GeoJSON', sql`select st_geomfromgeojson(${'{"type":"Nope","coordinates":[]}'})`],
])('PostGIS saying internal error of %s is the fault of the request', async (_, statement) => {
  const error = await failure(statement);
  expect(error.code).toBe('INVALID_PARAMETER');
});

test('the time limit is 504, an administrator who cancels is 503', async () => {
  expect(await failure(sql`select pg_sleep(5)`, { timeoutMs: 150 })).toMatchObject({
    code: 'TIMEOUT',
    detail: 'The database took longer than 0.15 s',
  });
  const sleeping = failure(sql`select pg_sleep(1.5), 'cancel me'`);
  let cancelled = 0;
  while (cancelled === 0)
    cancelled = (
      await source.query(
        `select pg_cancel_backend(pid) from pg_stat_activity where query like '%cancel me%' and state = 'active' and pid <> pg_backend_pid()`,
      )
    ).length;
  expect((await sleeping).code).toBe('OVERLOADED');
});

test('a lock that somebody holds is waited for 2 s at most, and 503', async () => {
  const impatient = await openDatabase({
    connection: source.reader,
    poolSize: 1,
    statementTimeoutMs: 10_000,
    streamLimitMs: 1000,
    observe: () => undefined,
  });
  await source.query('begin; lock table t in access exclusive mode');
  const error: unknown = await impatient.rows(sql`select * from t`, run()).catch((reason: unknown) => reason);
  await source.query('rollback');
  expect(error).toMatchObject({ code: 'OVERLOADED' });
  await impatient.close();
});

test('a statement that no longer fits the database is told to the catalogue', async () => {
  seen.length = 0;
  await failure(sql`select * from absent`);
  expect(seen).toContainEqual({ kind: 'db.drift', sqlstate: '42P01' });
});

test('a server with no connection left serves by those that there are, and counts as available', async () => {
  const seenHere: string[] = [];
  await source.query(`alter database ${source.name} connection limit 6`);
  try {
    const own = await openDatabase({
      connection: source.reader,
      poolSize: 10,
      waitLimitMs: 5000,
      statementTimeoutMs: 2000,
      streamLimitMs: 1000,
      observe: ({ kind }) => seenHere.push(kind),
    });
    await own.rows(sql`select 1`, run());
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => own.rows(sql`select ${i}::int, pg_sleep(0.02)`, run())));
    expect(answers.map(([row]) => Number(row?.[0]))).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(own.available).toBe(true);
    expect(seenHere).not.toContain('db.lost');
    await own.close();
  } finally {
    await source.query(`alter database ${source.name} connection limit -1`);
  }
});

test('more values than the protocol can count are refused, not wrapped', async () => {
  const values = join(Array.from({ length: 65_537 }, (_, i) => sql`${i}`));
  expect((await failure(sql`select array[${values}]`)).code).toBe('FILTER_TOO_COMPLEX');
});

test('a value longer than the longest string is refused, and the process lives', { timeout: 60_000 }, async () => {
  const patient = await openDatabase({
    connection: source.reader,
    poolSize: 1,
    statementTimeoutMs: 60_000,
    streamLimitMs: 60_000,
    observe: () => undefined,
  });
  const error: unknown = await patient.rows(sql`select repeat('x', 540000000)`, run()).catch((reason: unknown) => reason);
  expect(error instanceof AppError && error.code).toBe('CONTENT_TOO_LARGE');
  expect(await patient.rows(sql`select 1`, run())).toEqual([['1']]);
  await patient.close();
});

test('after all of it every connection is idle and sound', async () => {
  expect(await database.rows(sql`select 1`, run())).toEqual([['1']]);
  expect(database.connections).toMatchObject({ busy: 0, waiting: 0, quarantined: 0 });
  expect(seen.filter(({ kind }) => kind === 'db.lost')).toEqual([]);
});

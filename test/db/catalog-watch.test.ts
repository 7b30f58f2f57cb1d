import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Observation } from '../../src/base/event.ts';
import { createCatalogWatcher } from '../../src/catalog/watch.ts';
import type { CatalogWatcher } from '../../src/catalog/watch.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

let source: TestDatabase;
let database: Database;
let watcher: CatalogWatcher;
let seen: Observation[] = [];

beforeAll(async () => {
  source = await createTestDatabase('empty');
  await source.query(
    'create table roads (id int primary key, geom geometry(LineString, 4326)); create table rivers (id int primary key, geom geometry)',
  );
  database = await openDatabase({
    connection: source.reader,
    poolSize: 2,
    statementTimeoutMs: 5_000,
    streamLimitMs: 20_000,
    observe: () => undefined,
  });
  watcher = await watch(0);
});

beforeEach(() => {
  seen = [];
});

afterAll(async () => {
  watcher.close();
  await database.close();
  await source.close();
});

function watch(refreshSeconds: number): Promise<CatalogWatcher> {
  return createCatalogWatcher({
    database,
    config: { include: [], exclude: [], nonSpatialTables: false, refreshSeconds },
    observe: (observation) => seen.push(observation),
  });
}

function changes(): readonly Observation[] {
  return seen.filter(({ kind }) => kind === 'catalog.changed');
}

test('a new table appears, a changed one changes its version, a dropped one goes', async () => {
  await source.query('create table lakes (id int primary key, geom geometry(Polygon, 4326))');
  await watcher.refresh();
  expect(changes()).toEqual([{ kind: 'catalog.changed', added: ['lakes'], changed: [], removed: [] }]);

  const before = watcher.current();
  await source.query('alter table lakes add column name text');
  await watcher.refresh();
  expect(changes().at(-1)).toEqual({ kind: 'catalog.changed', added: [], changed: ['lakes'], removed: [] });
  expect(watcher.current().version).not.toBe(before.version);

  await source.query('drop table lakes');
  await watcher.refresh();
  expect(changes().at(-1)).toEqual({ kind: 'catalog.changed', added: [], changed: [], removed: ['lakes'] });
});

test('a catalogue that was taken stays as it was', async () => {
  const taken = watcher.current();
  const ids = [...taken.collections.keys()];
  await source.query('create table temporary_guest (id int primary key, geom geometry(Point, 4326))');
  await watcher.refresh();
  expect([...taken.collections.keys()]).toEqual(ids);
  expect(watcher.current().collections.has('temporary_guest')).toBe(true);
  await source.query('drop table temporary_guest');
  await watcher.refresh();
});

test('a refresh without difference says nothing and keeps the version', async () => {
  const { version } = watcher.current();
  await source.query(
    'insert into roads select n, st_setsrid(st_makeline(st_makepoint(n, 0), st_makepoint(n, 1)), 4326) from generate_series(1, 90) n; analyze roads',
  );
  await watcher.refresh();
  expect(changes()).toEqual([]);
  expect(watcher.current().version).toBe(version);
  expect(watcher.current().collections.get('roads')?.estimatedRows).toBe(90);
});

test('an empty table without SRID is served once its rows tell it', async () => {
  expect(watcher.current().findings).toContainEqual(expect.objectContaining({ relation: 'public.rivers', code: 'srid-unknown' }));
  await source.query("insert into rivers values (1, 'SRID=3857;LINESTRING(0 0, 1 1)')");
  await watcher.refresh();
  expect(watcher.current().collections.get('rivers')).toMatchObject({ geometry: { srid: 3857 } });
  expect(watcher.current().findings.filter(({ relation, level }) => relation === 'public.rivers' && level === 'left-out')).toEqual([]);
});

test('a locked table does not hold up the others, and rasters known before stay', async () => {
  await source.query(`
    create table open_one (id int primary key, geom geometry);
    insert into open_one values (1, 'SRID=4326;POINT(1 1)');
    create table known_raster (rid int primary key, rast raster);
    insert into known_raster select 1, st_addband(st_makeemptyraster(10, 10, 8, 48, 0.1, -0.1, 0, 0, 4326), '8BUI'::text);
    create index on known_raster using gist (st_convexhull(rast));
    select addrasterconstraints('public'::name, 'known_raster'::name, 'rast'::name);
  `);
  await watcher.refresh();
  const { version } = watcher.current().collections.get('known_raster') ?? {};
  expect(version).toBeDefined();
  await source.query(`
    create table locked (id int primary key, geom geometry);
    insert into locked values (1, 'SRID=4326;POINT(1 1)');
    begin; lock table locked, known_raster in access exclusive mode`);
  const started = performance.now();
  await watcher.refresh();
  expect(performance.now() - started).toBeLessThan(1_500);
  await source.query('rollback');
  expect(watcher.current().collections.has('open_one')).toBe(true);
  expect(watcher.current().collections.get('known_raster')?.version).toBe(version);
});

test('a table locked before it was known is explained and served once it is free', async () => {
  await source.query("create table locked (id int primary key, geom geometry); insert into locked values (1, 'SRID=4326;POINT(1 1)')");
  await source.query('begin; lock table locked in access exclusive mode');
  await watcher.refresh();
  await source.query('rollback');
  expect(watcher.current().findings).toContainEqual(expect.objectContaining({ relation: 'public.locked', code: 'not-readable' }));
  await watcher.refresh();
  expect(watcher.current().collections.has('locked')).toBe(true);
});

test('those who ask during a refresh share the one after it', async () => {
  await Promise.all([watcher.refresh(), watcher.refresh(), watcher.refresh(), watcher.refresh()]);
  expect(seen.filter(({ kind }) => kind === 'catalog.loaded')).toHaveLength(2);
});

test('the refresh time brings a new table without anybody asking', async () => {
  const timed = await watch(0.2);
  await source.query('create table by_time (id int primary key, geom geometry(Point, 4326))');
  await eventually('the table is there', 5000, () => timed.current().collections.has('by_time'));
  timed.close();
});

test('drift leads to a refresh, at most one in a few seconds', async () => {
  await source.query('drop table by_time');
  await watcher.refresh();
  seen = [];
  watcher.drifted();
  watcher.drifted();
  watcher.drifted();
  await eventually('the catalogue is read again', 5000, () => seen.some(({ kind }) => kind === 'catalog.loaded'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(seen.filter(({ kind }) => kind === 'catalog.loaded')).toHaveLength(1);
});

test('a failing discovery keeps the old catalogue and says so', async () => {
  const own = await createTestDatabase('empty');
  await own.query('create table kept (id int primary key, geom geometry(Point, 4326))');
  const connection = await openDatabase({
    connection: own.reader,
    poolSize: 2,
    statementTimeoutMs: 5_000,
    streamLimitMs: 20_000,
    observe: () => undefined,
  });
  const other = await createCatalogWatcher({
    database: connection,
    config: { include: [], exclude: [], nonSpatialTables: false, refreshSeconds: 0 },
    observe: (observation) => seen.push(observation),
  });
  await own.close();
  await other.refresh();
  expect(other.current().collections.has('kept')).toBe(true);
  expect(seen.filter(({ kind }) => kind === 'catalog.failed')).toHaveLength(1);
  other.close();
  await connection.close();
});

test('views that take too long are explained and hold up nobody for long', async () => {
  const own = await createTestDatabase('empty');
  await own.query(`
    create table quick (id int primary key, geom geometry);
    insert into quick values (1, 'SRID=4326;POINT(1 1)');
    create function slow_point(n int) returns geometry language plpgsql as $$ begin perform pg_sleep(1); return st_setsrid(st_makepoint(n, n), 4326); end $$;
    create view a_slow_view as select n as id, slow_point(n) as geom from generate_series(1, 100) n`);
  const connection = await openDatabase({
    connection: own.reader,
    poolSize: 2,
    statementTimeoutMs: 5_000,
    streamLimitMs: 20_000,
    observe: () => undefined,
  });
  const started = performance.now();
  const other = await createCatalogWatcher({
    database: connection,
    config: { include: [], exclude: [], nonSpatialTables: false, refreshSeconds: 0 },
    observe: (observation) => seen.push(observation),
  });
  expect(performance.now() - started).toBeLessThan(8_000);
  expect(other.current().collections.has('quick')).toBe(true);
  expect(other.current().findings).toContainEqual(expect.objectContaining({ relation: 'public.a_slow_view', code: 'not-readable' }));
  other.close();
  await connection.close();
  await own.close();
});

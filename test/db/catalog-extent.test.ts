import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Observation } from '../../src/base/event.ts';
import type { Bbox } from '../../src/base/bbox.ts';
import { createCatalogWatcher } from '../../src/catalog/watch.ts';
import type { CatalogWatcher } from '../../src/catalog/watch.ts';
import type { Extent } from '../../src/catalog/collection.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let source: TestDatabase;
let database: Database;
let watcher: CatalogWatcher;
const seen: Observation[] = [];

beforeAll(async () => {
  source = await createTestDatabase('odd');
  await source.query(`
    create schema ext;
    create table ext.fiji (id int primary key, geom geometry(Point, 4326));
    insert into ext.fiji values (1, 'SRID=4326;POINT(177.4 -17.7)'), (2, 'SRID=4326;POINT(-178.8 -18.2)');
    create table ext.world (id int primary key, geom geometry(Point, 4326));
    insert into ext.world select n, st_setsrid(st_makepoint(n + 0.5, 0), 4326) from generate_series(-179, 178) n;
    create table ext.big (id int primary key, geom geometry(Point, 4326));
    insert into ext.big select n, st_setsrid(st_makepoint(n / 10000.0, n / 20000.0), 4326) from generate_series(1, 50000) n;
    create index on ext.big using gist (geom);
    create table ext.decimals (id int primary key, geom geometry(Point, 4326));
    insert into ext.decimals values (1, st_setsrid(st_makepoint(0.12345678912345, -0.98765432198765), 4326));
    create table ext.new_zealand (id int primary key, geom geometry(Polygon, 2193));
    insert into ext.new_zealand values (1, st_makeenvelope(1100000, 4750000, 2470000, 6200000, 2193));
    create table ext.hidden_far_away (id int primary key, owner text, geom geometry(Point, 4326));
    insert into ext.hidden_far_away values (1, 'graticule_reader', 'SRID=4326;POINT(1 1)'), (2, 'nobody', 'SRID=4326;POINT(100 50)');
    create index on ext.hidden_far_away using gist (geom);
    alter table ext.hidden_far_away enable row level security;
    create policy own on ext.hidden_far_away for select using (owner = current_user);
    create view ext.slow as select n as id, st_setsrid(st_makepoint(n, 0), 4326)::geometry(Point, 4326) as geom, pg_sleep(0.5)::text as z from generate_series(1, 3) n;
    grant usage on schema ext to graticule_reader;
    grant select on all tables in schema ext to graticule_reader;
    analyze;
  `);
  database = await openDatabase({
    connection: source.reader,
    poolSize: 3,
    statementTimeoutMs: 5_000,
    streamLimitMs: 20_000,
    observe: (o) => seen.push(o),
  });
  watcher = await createCatalogWatcher({
    database,
    config: { include: ['ext', 'odd'], exclude: [], nonSpatialTables: false, refreshSeconds: 0 },
    observe: (o) => seen.push(o),
  });
});

afterAll(async () => {
  watcher.close();
  await database.close();
  await source.close();
});

function ask(id: string): Promise<Extent> {
  const collection = watcher.current().collections.get(id);
  if (collection === undefined) throw new Error(`No collection ${id}`);
  return watcher.facts.extent(collection, new AbortController().signal);
}

/** Asks until the exact extent is there. */
async function exact(id: string): Promise<Extent> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const extent = await ask(id);
    if (extent.exact) return extent;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The extent of ${id} does not become exact`);
}

function expectBox(actual: Bbox | undefined, expected: Bbox, digits = 6): void {
  expect(actual).toBeDefined();
  actual?.forEach((edge, i) => expect(edge).toBeCloseTo(expected[i] ?? Number.NaN, digits));
}

describe('extent', () => {
  test('features on both sides of the antimeridian have west > east', async () => {
    expectBox((await exact('ext.fiji')).bbox, [177.4, -18.2, -178.8, -17.7]);
  });

  test('features all round the world stay one box', async () => {
    expectBox((await exact('ext.world')).bbox, [-178.5, 0, 178.5, 0]);
  });

  test('a projected box over the antimeridian has west > east', async () => {
    const { bbox } = await exact('ext.new_zealand');
    expect(bbox?.[0]).toBeGreaterThan(160);
    expect(bbox?.[2]).toBeLessThan(-170);
  });

  test('edges are rounded outward, so that the box holds its features', async () => {
    const { bbox } = await exact('ext.decimals');
    expect(bbox?.[0]).toBeLessThanOrEqual(0.12345678912345);
    expect(bbox?.[2]).toBeGreaterThanOrEqual(0.12345678912345);
    expect(bbox?.[1]).toBeLessThanOrEqual(-0.98765432198765);
    expectBox(bbox, [0.1234568, -0.9876543, 0.1234568, -0.9876543]);
  });

  test('a pole inside a projected box takes the extent all round', async () => {
    const { bbox } = await exact('odd.antarctic_3031');
    expect(bbox?.slice(0, 3)).toEqual([-180, -90, 180]);
    expect(bbox?.[3]).toBeLessThan(-60);
  });

  test('a big table is estimated at once and exact later', async () => {
    const first = await ask('ext.big');
    expectBox(first.bbox, [0.0001, 0.00005, 5, 2.5], 3);
    const { bbox } = await exact('ext.big');
    expectBox(bbox, [0.0001, 0.00005, 5, 2.5], 7);
  });

  test('geography and partitioned tables are not estimated: PostGIS would give nonsense', async () => {
    await source.query('analyze odd.geography_any');
    for (const id of ['odd.geography_any', 'odd.partitioned']) {
      const { bbox } = await ask(id);
      if (bbox !== undefined) expect(bbox).toEqual((await exact(id)).bbox);
    }
    expectBox((await exact('odd.geography_any')).bbox, [-170, -10, 170, 60]);
    expect(seen.filter((o) => o.kind === 'db.query' && o.name === 'extent.estimate' && !o.ok)).toEqual([]);
  });

  test('rows that row security hides do not show', async () => {
    const first = await ask('ext.hidden_far_away');
    expect(first.bbox?.[2] ?? 1).toBeLessThan(2);
    expectBox((await exact('ext.hidden_far_away')).bbox, [1, 1, 1, 1]);
  });

  test('impossible coordinates do not count', async () => {
    const { bbox } = await exact('odd.bad_mercator');
    expect(bbox?.every(Number.isFinite)).toBe(true);
    expect(bbox?.[2]).toBeLessThan(9);
    expect((await exact('odd.bad_coordinates')).bbox?.[1]).toBe(47);
  });

  test('nothing has no extent', async () => {
    expect((await exact('odd.nothing')).bbox).toBeUndefined();
    expect((await exact('odd.all_null')).bbox).toBeUndefined();
  });

  test('a slow relation is waited for a moment only, then read in the background', async () => {
    const started = performance.now();
    const first = await ask('ext.slow');
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(first.exact).toBe(false);
    expectBox((await exact('ext.slow')).bbox, [1, 0, 3, 0]);
  });

  test('all extents of the odd tables come without a failure', async () => {
    const ids = [...watcher.current().collections.keys()].filter((id) => id.startsWith('odd.'));
    for (const id of ids) await exact(id);
    expect(seen.filter(({ kind }) => kind === 'catalog.warning')).toEqual([]);
  });
});

describe('rasters', () => {
  test('constraints or rows give the box, across the antimeridian and round the pole too', async () => {
    expectBox((await exact('odd.raster_antimeridian')).bbox, [178, 8, -178, 10]);
    expect((await exact('odd.raster_polar')).bbox?.slice(0, 3)).toEqual([-180, -90, 180]);
    expectBox((await exact('odd.raster_rgb')).bbox, [8, 46.4, 9.6, 48]);
  });

  test('blocks of other SRIDs are transformed', async () => {
    const { bbox } = await exact('odd.raster_mixed_srid');
    expect(bbox?.[2]).toBeGreaterThan(9);
  });
});

describe('interval', () => {
  test('first and last instant in UTC', async () => {
    expect((await exact('odd.temporal_date')).interval).toEqual(['2026-01-31T00:00:00Z', '2026-02-01T00:00:00Z']);
  });

  test('infinity, years before 1 and absent ends are open', async () => {
    expect((await exact('odd.temporal_timestamptz')).interval).toEqual(['2026-01-31T10:00:00Z', null]);
    expect((await exact('odd.temporal_timestamp')).interval).toEqual([null, '2026-02-01T00:00:00Z']);
    expect((await exact('odd.temporal_pair')).interval).toEqual([null, null]);
  });

  test('collections without time have none', async () => {
    expect((await exact('odd.points_z')).interval).toBeUndefined();
  });
});

import { afterEach, expect, test } from 'vitest';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { createCatalogWatcher } from '../../src/catalog/watch.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

// Where and with what PostGIS is installed.

let source: TestDatabase | undefined;

afterEach(async () => {
  await source?.close();
  source = undefined;
});

async function catalogOf(statements: string): Promise<{ readonly catalog: Catalog; readonly bbox: unknown }> {
  source = await createTestDatabase('empty');
  await source.query(statements);
  const database = await openDatabase({
    connection: source.reader,
    poolSize: 2,
    statementTimeoutMs: 5_000,
    streamLimitMs: 20_000,
    observe: () => undefined,
  });
  const config = { include: [], exclude: [], nonSpatialTables: false, refreshSeconds: 0 };
  const watcher = await createCatalogWatcher({ database, config, observe: () => undefined });
  const catalog = watcher.current();
  const first = [...catalog.collections.values()][0];
  const extent = first === undefined ? undefined : await watcher.facts.extent(first, new AbortController().signal);
  watcher.close();
  await database.close();
  return { catalog, bbox: extent?.bbox };
}

test('PostGIS in a schema of its own that is not on the search path', async () => {
  const { catalog, bbox } = await catalogOf(`
    drop extension if exists postgis_raster, postgis cascade;
    create schema "My GIS";
    create extension postgis schema "My GIS";
    create extension postgis_raster schema "My GIS";
    grant usage on schema "My GIS" to graticule_reader;
    set search_path = public, "My GIS";
    create table points (id int primary key, geom geometry(Point, 3857), untyped geometry);
    create index on points using gist (geom);
    insert into points values (1, 'SRID=3857;POINT(0 0)', 'SRID=4326;POINT(1 1)');
    create table rasters (rid int primary key, rast raster);
    insert into rasters select 1, st_addband(st_makeemptyraster(10, 10, 8, 48, 0.1, -0.1, 0, 0, 4326), '8BUI'::text);
    create index on rasters using gist (st_convexhull(rast));
    select addrasterconstraints('public'::name, 'rasters'::name, 'rast'::name);
  `);
  expect(catalog.collections.get('points')).toMatchObject({ geometry: { srid: 3857, indexed: true } });
  expect(catalog.collections.get('points.untyped')).toMatchObject({ geometry: { srid: 4326, geometryType: 'POINT' } });
  expect(catalog.collections.get('rasters')).toMatchObject({ srid: 4326, nativeBbox: [8, 47, 9, 48], levels: [{ indexed: true }] });
  expect(catalog.references.get(3857)?.authority).toBe('EPSG');
  expect(bbox).toBeDefined();
});

test('without postgis_raster vectors are served and rasters explained', async () => {
  const { catalog } = await catalogOf(`
    drop extension postgis_raster cascade;
    create table points (id int primary key, geom geometry(Point, 4326));
  `);
  expect([...catalog.collections.keys()]).toEqual(['points']);
  expect(catalog.serverVersion.raster).toBe(false);
  expect(catalog.findings).toContainEqual(
    expect.objectContaining({ code: 'no-postgis-raster', remedy: 'create extension postgis_raster;' }),
  );
});

test('without PostGIS nothing is found, and it is said why', async () => {
  const { catalog } = await catalogOf(
    'drop extension if exists postgis_raster cascade; drop extension postgis cascade; create table plain (id int primary key)',
  );
  expect(catalog.collections.size).toBe(0);
  expect(catalog.findings.map(({ code }) => code)).toEqual(['no-postgis', 'no-geometry']);
});

test('spatial_ref_sys that may not be read is no reason to serve nothing', async () => {
  const { catalog } = await catalogOf(`
    create table points (id int primary key, geom geometry(Point, 4326));
    revoke select on spatial_ref_sys from public, graticule_reader;
  `);
  expect([...catalog.collections.keys()]).toEqual(['points']);
  expect(catalog.findings).toContainEqual(expect.objectContaining({ code: 'no-reference-systems', level: 'warning' }));
});

test('a table whose partitions have their indexes each is indexed, and its rows are summed', async () => {
  const { catalog } = await catalogOf(`
    create table parted (id int not null, geom geometry(Point, 4326)) partition by range (id);
    create table parted_1 partition of parted for values from (0) to (100);
    create table parted_2 partition of parted for values from (100) to (200);
    create index on parted_1 using gist (geom);
    create index on parted_2 using gist (geom);
    insert into parted select n, st_setsrid(st_makepoint(n / 2.0, 0), 4326) from generate_series(0, 149) n;
    analyze parted_1; analyze parted_2;
    create table lonely (id int not null, geom geometry(Point, 4326)) partition by range (id);
    create table lonely_part partition of lonely for values from (0) to (100);
    revoke all on lonely from graticule_reader;
  `);
  expect(catalog.collections.get('parted')).toMatchObject({
    estimatedRows: 150,
    geometry: { indexed: true },
    relation: { kind: 'partitioned' },
  });
  expect(catalog.collections.has('parted_1')).toBe(false);
  expect([catalog.collections.has('lonely'), catalog.collections.has('lonely_part')]).toEqual([false, true]);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRasterService, type RasterService } from '../../src/services/rasters/raster-service.ts';
import type { RowSelection } from '../../src/services/rasters/raster-request.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openRasterTables, TEST_CONTEXT, type RasterTables } from '../support/raster-tables.ts';

// What is asked of the rows of raster tables without their pixels: where they lie along an axis, and which state they are in.

let source: TestDatabase;
let tables: RasterTables;
let rasters: RasterService;

type Box = readonly [number, number, number, number];

beforeAll(async () => {
  source = await createTestDatabase('empty');
  await source.query(`
    create extension if not exists postgis;
    create extension if not exists postgis_raster;
    create table sky (rid int primary key, at timestamptz, level numeric(6, 2), part float4, name text, made date, rast raster);
    insert into sky select n, t::timestamptz, l, p, w, d::date, ST_AddBand(ST_MakeEmptyRaster(100, 100, x, 10, 0.1, -0.1, 0, 0, 4326), '8BUI'::text, n, 0)
      from (values (1, '2026-03-01 12:00+01', 10.5, 0.1, 'b', '2020-01-01', 0), (2, '2026-03-01 11:00Z', 2, 0.2, 'B', null, 20),
                   (3, '2026-01-01 00:00:00.25Z', 300, 'NaN', 'ä', '2019-05-05', 40), (4, null, null, null, null, 'infinity', 60), (5, 'infinity', 7, 0.1, 'b', '2020-01-01', 175)) s (n, t, l, p, w, d, x);
    create index on sky using gist (ST_ConvexHull(rast));
    create view seen as select * from sky;
    create table several (rid int primary key, rast raster);
    insert into several values (1, ST_AddBand(ST_MakeEmptyRaster(10, 10, 0, 10, 1, -1, 0, 0, 4326), '8BUI'::text, 1, 0)),
      (2, ST_AddBand(ST_MakeEmptyRaster(10, 10, 500000, 5000000, 100, -100, 0, 0, 25832), '8BUI'::text, 2, 0));
    select AddRasterConstraints('sky'::name, 'rast'::name);
    grant select on all tables in schema public to public;
    analyze;
  `);
  tables = await openRasterTables(source);
  rasters = createRasterService({ database: tables.database });
});

afterAll(async () => {
  await tables?.close();
  await source?.close();
});

const WORLD: Box = [-Infinity, -Infinity, Infinity, Infinity];

describe('positions', () => {
  const along = (name: string, bounds: Box = WORLD, limit = 10): Promise<readonly (number | string)[]> => {
    const collection = tables.raster('sky');
    const axis = name === 'time' ? 'time' : collection.properties?.find((column) => column.name === name);
    if (axis === undefined) throw new Error(`No column ${name}`);
    return rasters.positions({ collection, bounds, geographic: true, axis }, limit, TEST_CONTEXT);
  };

  test.each([
    ['time', ['2026-01-01T00:00:00.250000Z', '2026-03-01T11:00:00Z']],
    ['level', [2, 7, 10.5, 300]],
    ['part', [0.1, 0.2].map(Math.fround)],
    ['name', ['B', 'b', 'ä']],
    ['made', ['2019-05-05T00:00:00Z', '2020-01-01T00:00:00Z']],
  ])('along %s ascend, each once, without what has no place', async (name, wanted) => {
    expect(await along(name)).toEqual(wanted);
  });

  test('are those of rows under the box, a turn away too', async () => {
    expect(await along('level', [5, 2, 8, 4])).toEqual([10.5]);
    expect(await along('level', [-179, 2, -178, 4])).toEqual([7]);
    expect(await along('level', [100, 2, 101, 4])).toEqual([]);
    // A row that only touches the box has nothing in it.
    expect(await along('level', [10, 2, 20, 4])).toEqual([]);
  });

  test('end one beyond the limit', async () => {
    expect(await along('level', WORLD, 2)).toHaveLength(3);
  });
});

describe('the state of rows', () => {
  const stateOf = (id: string, bounds: Box, rows?: RowSelection): Promise<string | undefined> =>
    rasters.state({ collection: tables.raster(id), bounds, geographic: true, rows }, TEST_CONTEXT);

  test('stays while they stay, and is another after each change of one of them', async () => {
    const [west, east]: readonly Box[] = [
      [1, 1, 9, 9],
      [21, 1, 29, 9],
    ];
    if (west === undefined || east === undefined) throw new Error('No boxes');
    const before = await Promise.all([
      stateOf('sky', west),
      stateOf('sky', east),
      stateOf('sky', WORLD),
      stateOf('sky', WORLD, { rows: ['2'] }),
    ]);
    expect(before.every((state) => state !== undefined)).toBe(true);
    expect(before[3]).toBe(before[1]);
    expect(new Set(before).size).toBe(3);
    expect(await stateOf('sky', west)).toBe(before[0]);
    await source.query(`update sky set rast = st_setvalue(rast, 1, 1, 1, 9) where rid = 1`);
    const after = await Promise.all([
      stateOf('sky', west),
      stateOf('sky', east),
      stateOf('sky', WORLD),
      stateOf('sky', WORLD, { rows: ['2'] }),
    ]);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(after[2]).not.toBe(before[2]);
    expect(after[3]).toBe(before[3]);
    await source.query(`begin; update sky set rast = st_setvalue(rast, 1, 1, 1, 10) where rid = 2; rollback`);
    expect(await stateOf('sky', east)).toBe(before[1]);
    await source.query(`vacuum full sky`);
    expect(await stateOf('sky', east)).not.toBe(before[1]);
    const packed = await stateOf('sky', WORLD);
    await source.query(`insert into sky select 6, null, 1, 1, 'x', null, rast from sky where rid = 4`);
    const grown = await stateOf('sky', WORLD);
    expect(grown).not.toBe(packed);
    await source.query(`delete from sky where rid = 6`);
    expect(await stateOf('sky', WORLD)).not.toBe(grown);
  });

  test('is told of rows in several CRSs together', async () => {
    const before = await stateOf('several', [0, 0, 1, 1]);
    expect(before).toBeDefined();
    await source.query(`update several set rast = st_setvalue(rast, 1, 1, 1, 9) where rid = 2`);
    expect(await stateOf('several', [0, 0, 1, 1])).not.toBe(before);
  });

  test('cannot be told of views', async () => {
    expect(await stateOf('seen', WORLD)).toBeUndefined();
  });
});

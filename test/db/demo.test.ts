import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageFile } from '../../src/services/demo/demo-packages.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

// three-globe is optional; without it there is one raster less, and what is said of both cannot be looked at.
const allRasters = packageFile('three-globe', 'package.json') !== undefined;

describe('the demo data', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('demo');
  });
  afterAll(() => database.close());

  const one = async (text: string): Promise<Readonly<Record<string, unknown>> | undefined> => (await database.query(text))[0];

  test('has every city of the package with its attributes', async () => {
    expect(await one('select count(*)::int as n, count(distinct country)::int as countries from cities')).toEqual({
      n: 135_233,
      countries: 246,
    });
    const city = `select name, country, feature_code, population > 7000000 as large, st_astext(st_snaptogrid(geom, 0.1)) as place from cities where id = 2643743`;
    expect(await one(city)).toEqual({ name: 'London', country: 'GB', feature_code: 'PPLC', large: true, place: 'POINT(-0.1 51.5)' });
  });

  test('has valid countries and land within the globe, the poles and both sides of the antimeridian included', async () => {
    for (const table of ['countries', 'land']) {
      const facts = `select bool_and(st_isvalid(geom)) as valid, bool_and(not st_isempty(geom)) as filled, count(*) > 200 as many,
        min(st_xmin(geom))::int as west, min(st_ymin(geom))::int as south, max(st_xmax(geom))::int as east from ${table}`;
      expect(await one(facts)).toEqual({ valid: true, filled: true, many: true, west: -180, south: -90, east: 180 });
    }
    const at = (lon: number, lat: number): string =>
      `select name from countries where st_intersects(geom, 'srid=4326;point(${lon} ${lat})')`;
    expect(await one(at(-178, 66.5))).toEqual({ name: 'Russia' });
    expect(await one(at(178, 66.5))).toEqual({ name: 'Russia' });
    expect(await one(at(0, -89.9))).toEqual({ name: 'Antarctica' });
    expect(await one(at(0, 0))).toBeUndefined();
  });

  test('land covers 29 % of the Earth', async () => {
    expect(await one('select round(sum(area_km2)::numeric / 1e6) as millions from land')).toEqual({ millions: '147' });
  });

  test.skipIf(!allRasters)('rasters have the columns, constraints and overviews that raster2pgsql would leave', async () => {
    const rows = await database.query(`
      select r_table_name as t, srid, scale_x as scale, blocksize_x as bx, blocksize_y as by, same_alignment as aligned,
        num_bands as bands, pixel_types as types, out_db is null or not out_db[1] as inside
      from raster_columns order by r_table_name`);
    expect(rows).toContainEqual({
      t: 'blue_marble',
      srid: 4326,
      scale: 360 / 4096,
      bx: 256,
      by: 256,
      aligned: true,
      bands: 3,
      types: ['8BUI', '8BUI', '8BUI'],
      inside: true,
    });
    expect(rows).toContainEqual({
      t: 'geoid',
      srid: 4326,
      scale: 0.25,
      bx: 256,
      by: 256,
      aligned: true,
      bands: 1,
      types: ['32BF'],
      inside: true,
    });
    expect(
      await database.query(`select o_table_name as o, r_table_name as r, overview_factor as f from raster_overviews order by r, f`),
    ).toEqual([
      { o: 'o_2_blue_marble', r: 'blue_marble', f: 2 },
      { o: 'o_4_blue_marble', r: 'blue_marble', f: 4 },
      { o: 'o_8_blue_marble', r: 'blue_marble', f: 8 },
      { o: 'o_2_geoid', r: 'geoid', f: 2 },
      { o: 'o_4_geoid', r: 'geoid', f: 4 },
      { o: 'o_8_geoid', r: 'geoid', f: 8 },
    ]);
    expect(await one(`select count(*)::int as n from pg_indexes where indexdef like '%USING gist (st_convexhull(rast))'`)).toEqual({
      n: 8,
    });
  });

  test('the geoid holds the heights of EGM96 at its nodes', async () => {
    const height = (lon: number, lat: number): string =>
      `select round(st_value(rast, 'srid=4326;point(${lon} ${lat})'::geometry)::numeric, 2) as h from geoid where st_intersects(rast, 'srid=4326;point(${lon} ${lat})'::geometry)`;
    expect(await one(height(0, 0))).toEqual({ h: '17.16' });
    expect(await one(height(0, 90))).toEqual({ h: '13.61' });
    expect(await one(height(0, -90))).toEqual({ h: '-29.53' });
  });

  test.skipIf(!allRasters)('an overview is the mean of its pixels', async () => {
    const mean = (table: string): string => `select round((st_summarystatsagg(rast, 1, true)).mean) as mean from ${table}`;
    const marble = await one(mean('blue_marble'));
    expect(marble).toEqual(await one(mean('o_8_blue_marble')));
  });

  test.skipIf(!allRasters)('credits stand in the comments as JSON', async () => {
    const rows = await database.query(`
      select c.relname as t, obj_description(c.oid)::json ->> 'attribution' as credit
      from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and c.relname !~ '^(o_|spatial_ref_sys)' order by 1`);
    expect(rows).toEqual([
      { t: 'blue_marble', credit: 'NASA Earth Observatory' },
      { t: 'cities', credit: 'GeoNames (geonames.org), CC BY 4.0' },
      { t: 'countries', credit: 'Made with Natural Earth' },
      { t: 'geoid', credit: 'NGA, NASA: EGM96' },
      { t: 'land', credit: 'Made with Natural Earth' },
    ]);
  });
});

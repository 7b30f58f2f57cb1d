import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { findProgram, run, withProgram } from './program.ts';

interface RasterInfo {
  readonly size: readonly [number, number];
  readonly geoTransform: readonly number[];
  readonly bands: readonly { readonly type: string; readonly noDataValue?: number | string }[];
}

/** GDAL's name of each pixel type of PostGIS; less than a byte is one. */
const TYPES: Readonly<Record<string, string>> = {
  '1bb': 'Byte',
  '2bui': 'Byte',
  '4bui': 'Byte',
  '8bui': 'Byte',
  '16bsi': 'Int16',
  '16bui': 'UInt16',
  '32bsi': 'Int32',
  '32bui': 'UInt32',
  '32bf': 'Float32',
  '64bf': 'Float64',
};

withProgram({ name: 'GDAL', path: findProgram('gdal_translate'), install: 'apt-get install gdal-bin' }, (translate) => {
  let database: TestDatabase;
  let server: TestServer;
  const folder = mkdtempSync(join(tmpdir(), 'graticule-gdal-'));
  const env = { GDAL_DEFAULT_WMS_CACHE_PATH: join(folder, 'cache'), GDAL_PAM_ENABLED: 'NO', CPL_DEBUG: 'OFF' };
  const tool = (name: string): string => join(dirname(translate), name);

  beforeAll(async () => {
    database = await createTestDatabase('odd');
    await database.query(
      `create table ramp (rid int primary key, rast raster);
       insert into ramp select n + 1, st_mapalgebra(st_addband(st_makeemptyraster(150, 120, n * 30, 30, 0.2, -0.2, 0, 0, 4326), '16BSI'::text, 0, -32768), 1, '16BSI', '[rast.x] - 1 + ' || n * 150 || ' + 50 * ([rast.y] - 1)')
         from generate_series(0, 1) n;
       create table valley (rid int primary key, rast raster);
       insert into valley select 1, st_mapalgebra(st_addband(st_makeemptyraster(300, 200, 500000, 5300000, 100, -100, 0, 0, 25832), '32BF'::text, 0, -9999), 1, '32BF', '[rast.x] * 10 + [rast.y] / 2.0');
       select addrasterconstraints(t, 'rast'::name) from unnest(array['ramp', 'valley']::name[]) t;
       grant select on all tables in schema public to public;
       analyze`,
    );
    server = await startTestServer({ database });
  });

  afterAll(async () => {
    await server?.close();
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const info = async (source: string): Promise<RasterInfo> => JSON.parse(await run(tool('gdalinfo'), ['-json', source], env));

  /** The numbers of the first band, row by row, by a raw dump of Float64. */
  const numbers = async (source: string, ...options: readonly string[]): Promise<Float64Array> => {
    const file = join(folder, 'raw.bin');
    await run(translate, ['-q', '-of', 'ENVI', '-ot', 'Float64', '-b', '1', ...options, source, file], env);
    const bytes = readFileSync(file);
    return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  };

  const download = async (path: string): Promise<string> => {
    const answer = await fetch(`${server.root}${path}`);
    expect(answer.status).toBe(200);
    const file = join(folder, 'download.tif');
    rmSync(file, { force: true });
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    return file;
  };

  const stored = async (type: string): Promise<readonly number[]> => {
    const [row] = await database.query(
      `select array_agg(v order by y desc, x) as values from odd.pixel_${type}, lateral (select st_x(geom) x, st_y(geom) y, val v from st_pixelascentroids(rast, 1, false)) p`,
    );
    return Array.isArray(row?.['values']) ? row['values'] : [];
  };

  describe('GDAL reads the numbers of every pixel type from files', () => {
    test.each(Object.keys(TYPES))('%s', async (type) => {
      const expected = await stored(type);
      expect(expected).toHaveLength(512);
      for (const f of ['geotiff', 'cog']) {
        const file = await download(`/collections/odd.pixel_${type}/coverage?f=${f}`);
        const { size, bands, geoTransform } = await info(file);
        expect(size).toEqual([32, 16]);
        expect(bands[0]?.type).toBe(TYPES[type]);
        expect(geoTransform).toEqual([8, 0.0625, 0, 48, 0, -0.0625]);
        expect([...(await numbers(file))]).toEqual(expected);
      }
    });

    test.each(Object.keys(TYPES))('%s in a tile whose cells are theirs', async (type) => {
      // WorldCRS84Quad 4: tiles of 11.25° with cells of 0.0439°; nearest takes the cell of the table under each.
      const file = await download(`/collections/odd.pixel_${type}/coverage/tiles/WorldCRS84Quad/4/3/16?resampling=nearest`);
      const { geoTransform, size } = await info(file);
      const got = await numbers(file);
      const expected = await stored(type);
      const [west = 0, step = 1, , north = 0] = geoTransform;
      let compared = 0;
      for (let row = 0; row < size[1]; row += 1) {
        for (let column = 0; column < size[0]; column += 1) {
          const x = Math.floor((west + (column + 0.5) * step - 8) / 0.0625);
          const y = Math.floor((48 - (north - (row + 0.5) * step)) / 0.0625);
          if (x < 0 || x >= 32 || y < 0 || y >= 16) continue;
          compared += 1;
          expect(got[row * size[0] + column], `${column} ${row}`).toEqual(expected[y * 32 + x]);
        }
      }
      expect(compared).toBeGreaterThan(500);
    });
  });

  describe('GDAL reads coverages through its OGCAPI driver', () => {
    const source = (id: string): string => `OGCAPI:${server.root}/collections/${id}`;
    const coverage = ['-oo', 'API=COVERAGE', '-oo', 'CACHE=NO'];

    test('with the size, place and type of the table', async () => {
      const opened: RasterInfo = JSON.parse(await run(tool('gdalinfo'), ['-json', '-oo', 'API=COVERAGE', source('ramp')], env));
      const { size, geoTransform, bands } = opened;
      expect(size).toEqual([300, 120]);
      [0, 0.2, 0, 30, 0, -0.2].forEach((value, i) => expect(geoTransform[i]).toBeCloseTo(value, 12));
      expect(bands[0]?.type).toBe('Int16');
    });

    test('cell by cell, in degrees and in a national grid', { timeout: 60_000 }, async () => {
      const got = await numbers(source('ramp'), ...coverage);
      expect(got.length).toBe(300 * 120);
      for (let i = 0; i < got.length; i += 1) expect(got[i]).toBe((i % 300) + 50 * Math.floor(i / 300));
      const valley = await numbers(source('valley'), ...coverage);
      expect(valley.length).toBe(300 * 200);
      for (let i = 0; i < valley.length; i += 1) expect(valley[i]).toBe(((i % 300) + 1) * 10 + (Math.floor(i / 300) + 1) / 2);
    });
  });

  test('GDAL reads maps through its OGCAPI driver', { timeout: 60_000 }, async () => {
    const file = join(folder, 'map.tif');
    const options = ['-q', '-oo', 'API=MAP', '-oo', 'CACHE=NO', '-projwin', '0', '30', '60', '6', '-outsize', '300', '120'];
    await run(translate, [...options, `OGCAPI:${server.root}/collections/ramp`, file], env);
    const { size, bands } = await info(file);
    expect(size).toEqual([300, 120]);
    expect(bands).toHaveLength(4);
    const gray = await numbers(file);
    // The ramp rises to the east and to the south.
    expect(gray[60 * 300 + 290]).toBeGreaterThan(gray[60 * 300 + 10] ?? 255);
    expect(gray[110 * 300 + 150]).toBeGreaterThan(gray[10 * 300 + 150] ?? 255);
  });
});

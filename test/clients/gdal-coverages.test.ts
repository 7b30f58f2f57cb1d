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
  readonly metadata: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly bands: readonly {
    readonly type: string;
    readonly noDataValue?: number | string;
    readonly description?: string;
    readonly block: readonly number[];
    readonly metadata?: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly overviews?: readonly { readonly size: readonly number[] }[];
  }[];
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
       create table cover (rid int primary key, rast raster);
       insert into cover select 1, st_mapalgebra(st_addband(st_makeemptyraster(600, 400, 0, 4, 0.01, -0.01, 0, 0, 4326), '8BUI'::text, 0, null), 1, '8BUI', '10 + 40 * ((([rast.x] / 7)::int + ([rast.y] / 5)::int) % 3)');
       create table inside (rid int primary key, rast raster);
       insert into inside select 1, st_mapalgebra(st_addband(st_makeemptyraster(600, 400, 0, 4, 0.01, -0.01, 0, 0, 4326), '1BB'::text, 0, null), 1, '1BB', 'case when ([rast.x] + [rast.y]) % 5 < 2 then 1 else 0 end');
       create table nad27 (rid int primary key, rast raster);
       insert into nad27 select 1, st_mapalgebra(st_addband(st_makeemptyraster(100, 80, -120.01, 40.01, 0.0002, -0.0002, 0, 0, 4267), '16BSI'::text, 0, null), 1, '16BSI', '[rast.x] - 1 + 100 * ([rast.y] - 1)');
       create table month (rid int primary key, starts date, rast raster);
       insert into month select n, ('2026-0' || n || '-01')::date, st_addband(st_makeemptyraster(20, 10, 5, 50, 0.5, -0.5, 0, 0, 4326), '16BSI'::text, n * 100, -1) from generate_series(1, 3) n;
       select addrasterconstraints(t, 'rast'::name) from unnest(array['ramp', 'valley', 'cover', 'inside', 'nad27', 'month']::name[]) t;
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

  describe('GDAL reads the rows of every pixel type', () => {
    const rowOf = async (type: string, rid: number): Promise<{ readonly values: readonly number[]; readonly nodata: unknown }> => {
      const [row] = await database.query(
        `select array_agg(v order by y desc, x) as values, min(n) as nodata from (select st_bandnodatavalue(rast, 1) n, rast from odd.pixel_${type} where rid = ${rid}) r,
           lateral (select st_x(geom) x, st_y(geom) y, val v from st_pixelascentroids(rast, 1, false)) p`,
      );
      return { values: Array.isArray(row?.['values']) ? row['values'] : [], nodata: row?.['nodata'] };
    };
    /** Bytes with a sign come as bytes without from GDAL before 3.7. */
    const signed = (type: string, values: Float64Array): readonly number[] =>
      Array.from(values, (value) => (type === '8bsi' && value > 127 ? value - 256 : value));

    test.each([...Object.keys(TYPES), '8bsi'])('%s as GeoTIFF, ASCII grid and picture', { timeout: 60_000 }, async (type) => {
      const { values, nodata } = await rowOf(type, 2);
      expect(values).toHaveLength(256);
      const tiff = await download(`/collections/odd.pixel_${type}/items/2?f=geotiff`);
      const { size, geoTransform, bands } = await info(tiff);
      expect(size).toEqual([16, 16]);
      expect(geoTransform).toEqual([9, 0.0625, 0, 48, 0, -0.0625]);
      if (type !== '8bsi') expect(bands[0]?.type).toBe(TYPES[type]);
      expect(signed(type, await numbers(tiff))).toEqual(values);
      const text = await download(`/collections/odd.pixel_${type}/items/2?f=asc`);
      const wide = ['--config', 'AAIGRID_DATATYPE', 'Float64'];
      const grid: RasterInfo = JSON.parse(await run(tool('gdalinfo'), ['-json', ...wide, text], env));
      expect(grid.geoTransform).toEqual([9, 0.0625, 0, 48, 0, -0.0625]);
      const missing = Number(grid.bands[0]?.noDataValue);
      const isMissing = (value: number): boolean => Object.is(value, nodata);
      const wanted = values.map((value) => (isMissing(value) ? missing : value));
      (await numbers(text, ...wide)).forEach((value, i) => {
        // Fifteen digits and more name a Float64; Float32 is written by the shortest text that names it.
        const exact = wanted[i] ?? Number.NaN;
        expect(type === '32bf' ? Math.fround(value) : value).toBe(type === '32bf' ? Math.fround(exact) : exact);
      });
      const picture = await info(await download(`/collections/odd.pixel_${type}/items/2?f=png`));
      expect(picture.size).toEqual([16, 16]);
    });
  });

  test.each([
    ['raster_unaligned', 2],
    ['raster_rotated', 1],
    ['raster_mixed_srid', 1],
    ['raster_mixed_srid', 2],
    ['raster_south_up', 1],
    ['raster_antimeridian', 1],
    ['raster_polar', 1],
  ])('GDAL reads rows with cells of their own from %s/%i', async (table, rid) => {
    const [row] = await database.query(
      `select m.*, (select array_agg(st_value(rast, 1, x, y, false) order by y, x) from generate_series(1, m.width) x, generate_series(1, m.height) y) as values
         from odd.${table}, st_metadata(rast) m where rid = ${rid}`,
    );
    const at = (name: string): number => Number(row?.[name]);
    const file = await download(`/collections/odd.${table}/items/${rid}?f=geotiff`);
    const { size, geoTransform } = await info(file);
    const isFlipped = at('scaley') > 0;
    const top = isFlipped ? at('upperlefty') + at('height') * at('scaley') : at('upperlefty');
    expect(size).toEqual([at('width'), at('height')]);
    const wanted = [at('upperleftx'), at('scalex'), at('skewx'), top, at('skewy'), isFlipped ? -at('scaley') : at('scaley')];
    geoTransform.forEach((number, i) => expect(number).toBeCloseTo(wanted[i] ?? 0, 9));
    const values: readonly number[] = Array.isArray(row?.['values']) ? row['values'] : [];
    const lines = Array.from({ length: at('height') }, (_, y) => values.slice(y * at('width'), (y + 1) * at('width')));
    expect([...(await numbers(file))]).toEqual((isFlipped ? lines.toReversed() : lines).flat());
    expect((await fetch(`${server.root}/collections/odd.${table}/items/${rid}?f=png`)).status).toBe(200);
  });

  describe('GDAL reads GeoTIFFs as they are asked for', () => {
    const area = 'subset=Lat(0:30),Lon(0:60)';

    test.each([
      ['compression=deflate', 'DEFLATE', [256, 128]],
      ['compression=lzw&predictor=none', 'LZW', [256, 128]],
      ['compression=lzw&predictor=horizontal&tiling=true&tile-width=64&tile-height=32', 'LZW', [64, 32]],
      ['compression=none&tile-width=128', undefined, [128, 128]],
    ])('%s', async (query, compression, block) => {
      const file = await download(`/collections/ramp/coverage?${area}&${query}`);
      const { metadata, bands } = await info(file);
      expect(metadata['IMAGE_STRUCTURE']?.['COMPRESSION']).toBe(compression);
      expect(bands[0]?.block).toEqual(block);
      const got = await numbers(file);
      for (let i = 0; i < got.length; i += 1) expect(got[i]).toBe((i % 300) + 50 * Math.floor(i / 300));
    });

    test('with floating-point differences, and as many overviews as asked for', async () => {
      const file = await download('/collections/valley/coverage?predictor=floating-point&compression=lzw&overview-count=2');
      const { bands } = await info(file);
      expect(bands[0]?.overviews?.map(({ size }) => size)).toEqual([
        [150, 100],
        [75, 50],
      ]);
      const got = await numbers(file);
      for (let i = 0; i < got.length; i += 1) expect(got[i]).toBe(((i % 300) + 1) * 10 + (Math.floor(i / 300) + 1) / 2);
      const half = await numbers(file, '-oo', 'OVERVIEW_LEVEL=0');
      expect(half[0]).toBeCloseTo((10 + 10 + 20 + 20) / 4 + (0.5 + 1) / 2, 3);
    });

    test.each([
      'predictor=horizontal',
      'predictor=horizontal&compression=none',
      'tile-width=100',
      'tiling=false',
      'overview-count=-1',
      'compression=zstd',
    ])('%s is refused', async (query) => {
      expect((await fetch(`${server.root}/collections/valley/coverage?${query}`)).status).toBe(400);
    });

    test.each([
      ['cover', [10, 50, 90]],
      ['inside', [0, 1]],
    ])('overviews of the classes of %s hold nothing else', async (id, classes) => {
      for (const path of [`/collections/${id}/coverage?f=cog&tile-width=64&tile-height=64`, `/collections/${id}/preview?f=cog`]) {
        const file = await download(path);
        const { metadata, bands } = await info(file);
        expect(metadata['IMAGE_STRUCTURE']?.['LAYOUT'], path).toBe('COG');
        for (const [level] of (bands[0]?.overviews ?? []).entries()) {
          const values = new Set(await numbers(file, '-oo', `OVERVIEW_LEVEL=${level}`));
          expect(
            [...values].filter((value) => !classes.includes(value)),
            `${path} ${level}`,
          ).toEqual([]);
        }
        expect(bands[0]?.overviews?.length).toBeGreaterThan(0);
      }
    });

    test('overviews of classes are averages for who wants them', async () => {
      const file = await download('/collections/cover/coverage?f=cog&tile-width=64&tile-height=64&resampling=average');
      expect(new Set(await numbers(file, '-oo', 'OVERVIEW_LEVEL=1')).size).toBeGreaterThan(3);
    });

    test('with a band for each instant of an interval', async () => {
      const file = await download('/collections/month/coverage?datetime=2026-01/2026-03');
      const { bands } = await info(file);
      expect(bands.map(({ metadata }) => metadata?.['']?.['time'])).toEqual([
        '2026-01-01T00:00:00Z',
        '2026-02-01T00:00:00Z',
        '2026-03-01T00:00:00Z',
      ]);
      expect(bands[1]?.description).toBe('b1 2026-02-01T00:00:00Z');
      expect(bands[2]?.noDataValue).toBe(-1);
      const raw = await numbers(file);
      expect(raw).toHaveLength(200);
      expect(new Set(raw)).toEqual(new Set([100]));
    });
  });

  describe('GDAL reads coverages through its OGCAPI driver', () => {
    test('whose rows have times, the latest of them', { timeout: 60_000 }, async () => {
      const got = await numbers(source('month'), ...coverage);
      expect(got).toHaveLength(200);
      expect(new Set(got)).toEqual(new Set([300]));
    });

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
      const nad27 = await numbers(source('nad27'), ...coverage);
      expect(nad27.length).toBe(100 * 80);
      for (let i = 0; i < nad27.length; i += 1) expect(nad27[i]).toBe(i);
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

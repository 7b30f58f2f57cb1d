import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../src/base/sql.ts';
import type { RasterLevel } from '../../src/catalog/collection.ts';
import { decodeRgba, type Pixels } from '../../src/image/decode.ts';
import { decodeBlock } from '../../src/raster/wkb.ts';
import { blocksStatement } from '../../src/services/rasters/blocks-statement.ts';
import { createRasterService, type RasterService } from '../../src/services/rasters/raster-service.ts';
import { tileAt } from '../../src/tms/tile-grid.ts';
import { findMatrix, registry } from '../../src/tms/registry.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openRasterTables, TEST_CONTEXT, type RasterTables } from '../support/raster-tables.ts';

// Map tiles of the odd raster tables, as the reader sees them.

let source: TestDatabase;
let tables: RasterTables;
let maps: RasterService;

beforeAll(async () => {
  source = await createTestDatabase('odd');
  await source.query(`
    create table odd.plain_world (rid serial primary key, rast raster);
    insert into odd.plain_world (rast)
      select ST_MapAlgebra(ST_AddBand(ST_MakeEmptyRaster(90, 90, x, 90, 1, -1, 0, 0, 4326), '16BUI'::text, 0, null), 1, '16BUI', format('%s + [rast.x] * 10 + [rast.y]', (x + 180) * 10))
      from generate_series(-180, 90, 90) as x;
    insert into odd.plain_world (rast)
      select ST_MapAlgebra(ST_AddBand(ST_MakeEmptyRaster(90, 90, x, 0, 1, -1, 0, 0, 4326), '16BUI'::text, 0, null), 1, '16BUI', format('%s + [rast.x] * 10 + [rast.y]', (x + 180) * 10))
      from generate_series(-180, 90, 90) as x;
    create index on odd.plain_world using gist (ST_ConvexHull(rast));
    select AddRasterConstraints('odd'::name, 'plain_world'::name, 'rast'::name);
    create table odd.shifted_world as select rid, ST_SetUpperLeft(rast, ST_UpperLeftX(rast) + 180, ST_UpperLeftY(rast)) as rast from odd.plain_world;
    create table odd.alpha (rid int primary key, rast raster);
    insert into odd.alpha select 1, ST_AddBand(ST_AddBand(ST_AddBand(null::raster, array[one, one, one], 1), ST_MapAlgebra(one, 1, '8BUI', '([rast.x] > 8)::int * 255')), null::raster)
      from (select ST_AddBand(ST_MakeEmptyRaster(16, 16, 0, 16, 1, -1, 0, 0, 4326), '8BUI'::text, 200, null) as one) as made;
    create table odd.gray_alpha (rid int primary key, rast raster);
    insert into odd.gray_alpha select 1, ST_AddBand(null::raster, array[one, ST_MapAlgebra(one, 1, '8BUI', '([rast.x] > 8)::int * 255')], 1)
      from (select ST_MapAlgebra(ST_AddBand(ST_MakeEmptyRaster(16, 16, 0, 16, 1, -1, 0, 0, 4326), '8BUI'::text, 200, null), 1, '8BUI', '100 + [rast.y]') as one) as made;
    create table odd.not_a_number (rid int primary key, rast raster);
    insert into odd.not_a_number select 1, ST_MapAlgebra(ST_AddBand(ST_MakeEmptyRaster(16, 16, 0, 16, 1, -1, 0, 0, 4326), '32BF'::text, 1, 'NaN'), 1, '32BF', 'case when [rast.x] > 8 then ''NaN''::float8 else [rast.x] + 0.5 end');
    create table odd.scenes (rid int primary key, taken date, rast raster);
    insert into odd.scenes
      select n, '2026-01-01'::date + d, ST_AddBand(ST_MakeEmptyRaster(16, 16, x, 16, 1, -1, 0, 0, 4326), '8BUI'::text, v, 0)
      from (values (1, 5, 0, 50), (2, 30, 8, 200), (3, 10, 4, 120), (4, null, 0, 20)) as s (n, d, x, v);
    create table odd.large (rid serial primary key, rast raster);
    insert into odd.large (rast)
      select ST_AddBand(ST_MakeEmptyRaster(1000, 1000, x * 10, 60 - y * 10, 0.01, -0.01, 0, 0, 4326), '8BUI'::text, x * 10 + y + 1, null)
      from generate_series(0, 5) as x, generate_series(0, 5) as y;
    create index on odd.large using gist (ST_ConvexHull(rast));
    create table odd.levels as select 1 as rid, ST_AddBand(ST_MakeEmptyRaster(128, 128, 0, 45, 0.3515625, -0.3515625, 0, 0, 4326), '8BUI'::text, 100, null) as rast;
    create table odd.o_2_levels as select 1 as rid, ST_AddBand(ST_MakeEmptyRaster(64, 64, 0, 45, 0.703125, -0.703125, 0, 0, 4326), '8BUI'::text, 200, null) as rast;
    select AddRasterConstraints('odd'::name, t, 'rast'::name) from unnest(array['levels', 'o_2_levels']::name[]) as t;
    select AddOverviewConstraints('odd'::name, 'o_2_levels'::name, 'rast'::name, 'odd'::name, 'levels'::name, 'rast'::name, 2);
    grant select on all tables in schema odd to public;
    analyze;
  `);
  tables = await openRasterTables(source);
  maps = createRasterService({ database: tables.database });
});

afterAll(async () => {
  await tables?.close();
  await source?.close();
});

interface Place {
  readonly tms?: string;
  readonly z: number;
  readonly row: number;
  readonly col: number;
}

async function tile(id: string, { tms = 'WorldCRS84Quad', z, row, col }: Place): Promise<Pixels> {
  const set = registry.get(tms);
  const matrix = set && findMatrix(set, String(z));
  if (set === undefined || matrix === undefined) throw new Error(`No ${tms} ${z}`);
  const { bytes, mediaType } = await maps.tile({ collection: tables.raster(id), tms: set, matrix, row, col, format: 'png' }, TEST_CONTEXT);
  expect(mediaType).toBe('image/png');
  return decodeRgba(bytes);
}

/** The tile at a position in the set's CRS. */
async function tileOver(
  id: string,
  { tms = 'WorldCRS84Quad', z, x, y }: { readonly tms?: string; readonly z: number; readonly x: number; readonly y: number },
): Promise<Pixels> {
  const set = registry.get(tms);
  const matrix = set && findMatrix(set, String(z));
  const place = matrix && tileAt(matrix, x, y);
  if (place === undefined) throw new Error(`No tile at ${x} ${y}`);
  return tile(id, { tms, z, ...place });
}

const pixel = (picture: Pixels, column: number, row: number): number[] => [
  ...picture.data.subarray((row * picture.width + column) * 4, (row * picture.width + column) * 4 + 4),
];
const visible = (picture: Pixels): number => picture.data.reduce((sum, value, i) => sum + (i % 4 === 3 && value > 0 ? 1 : 0), 0);

describe('pixel types', () => {
  test.each(['1bb', '2bui', '4bui', '8bsi', '8bui', '16bsi', '16bui', '32bsi', '32bui', '32bf', '64bf'])(
    '%s decodes to what PostGIS says',
    async (type) => {
      const rows = await source.query(
        `select rast::bytea as bytes, (ST_DumpValues(rast, 1, false))::text as dumped, ST_BandNoDataValue(rast, 1) as nodata from odd.pixel_${type} order by rid`,
      );
      expect(rows).toHaveLength(2);
      for (const { bytes, dumped, nodata } of rows) {
        if (!Buffer.isBuffer(bytes)) throw new Error('no bytes');
        const [band] = decodeBlock(bytes).bands;
        const wanted = String(dumped)
          .replace(/[{}]/g, '')
          .split(',')
          .map((text) => (text === 'NULL' ? Number.NaN : Number(text)));
        expect([...(band?.samples() ?? [])]).toEqual(wanted);
        expect(band?.nodata ?? null).toEqual(nodata);
        expect(band?.pixelType.toLowerCase()).toBe(type);
      }
    },
  );

  test.each(['2bui', '4bui', '8bsi', '8bui', '16bsi', '16bui', '32bsi', '32bui', '32bf', '64bf'])('%s gives a picture', async (type) => {
    const picture = await tileOver(`odd.pixel_${type}`, { z: 7, x: 9, y: 47.5 });
    expect(visible(picture)).toBeGreaterThan(1000);
  });

  test('1bb gives a picture of what is inside, in one colour, and leaves out the rest', async () => {
    const look = await maps.appearance(tables.raster('odd.pixel_1bb'), TEST_CONTEXT);
    expect(look.kind === 'classes' && look.map.kind === 'classes' && look.map.entries.map(([value, color]) => [value, color[3]])).toEqual([
      [0, 0],
      [1, 255],
    ]);
    const picture = await tileOver('odd.pixel_1bb', { z: 7, x: 9, y: 47.5 });
    const colors = Array.from({ length: 256 * 256 }, (_, i) => [...picture.data.subarray(i * 4, i * 4 + 4)].join(' '));
    expect(new Set(colors.filter((color) => !color.endsWith(' 0'))).size).toBe(1);
  });
});

describe('colours', () => {
  test('bytes are shown as they are, pixel on pixel', async () => {
    // WorldCRS84Quad 7 has pixels of 180/256/128 degrees; ours of 0.1: a value is met in its middle.
    const picture = await tileOver('odd.raster_no_key', { z: 9, x: 8.7, y: 47.3 });
    const shown = new Set(Array.from({ length: 256 * 256 }, (_, i) => picture.data[i * 4] ?? 0));
    const [row] = await source.query('select ST_Value(rast, ST_SetSRID(ST_MakePoint(8.75, 47.35), 4326)) as value from odd.raster_no_key');
    expect(shown.has(Number(row?.['value']))).toBe(true);
  });

  test('exactly four byte bands: the fourth is alpha', async () => {
    const picture = await tileOver('odd.alpha', { z: 3, x: 5, y: 5 });
    expect(await maps.appearance(tables.raster('odd.alpha'), TEST_CONTEXT)).toMatchObject({ kind: 'rgb', alpha: 3 });
    expect(pixel(picture, 150, 200)).toEqual([200, 200, 200, 255]);
    expect(pixel(picture, 10, 200)[3]).toBe(0);
  });

  test('two bands, the second 0 or 255: grey and alpha', async () => {
    expect(await maps.appearance(tables.raster('odd.gray_alpha'), TEST_CONTEXT)).toMatchObject({ kind: 'gray', alpha: 1 });
    const picture = await tileOver('odd.gray_alpha', { z: 3, x: 5, y: 5 });
    expect(pixel(picture, 10, 200)[3]).toBe(0);
    const [red = 0, green = 0, , alpha] = pixel(picture, 150, 240);
    expect([red - green, alpha]).toEqual([0, 255]);
    expect(red).toBeGreaterThan(100);
  });

  test('16 bits are stretched from the 2nd to the 98th percentile of the whole collection', async () => {
    const look = await maps.appearance(tables.raster('odd.plain_world'), TEST_CONTEXT);
    const [row] = await source.query(`
      select percentile_disc(0.02) within group (order by v) as low, percentile_disc(0.98) within group (order by v) as high
      from (select unnest(ST_DumpValues(rast, 1)) as v from odd.plain_world) as q`);
    if (look.kind !== 'gray') throw new Error(look.kind);
    expect(Math.abs(look.ranges[0].min - Number(row?.['low']))).toBeLessThan(30);
    expect(Math.abs(look.ranges[0].max - Number(row?.['high']))).toBeLessThan(30);
  });

  test('few integers are classes, each of one colour', async () => {
    const look = await maps.appearance(tables.raster('odd.pixel_2bui'), TEST_CONTEXT);
    expect(look).toMatchObject({ kind: 'classes' });
    expect(look.kind === 'classes' && look.map.kind === 'classes' && look.map.entries.map(([value]) => value)).toEqual([1, 2, 3]);
    const picture = await tileOver('odd.pixel_2bui', { z: 7, x: 9, y: 47.5 });
    const colors = new Set(Array.from({ length: 256 * 256 }, (_, i) => [...picture.data.subarray(i * 4, i * 4 + 4)].join(' ')));
    expect(colors.size).toBeLessThanOrEqual(4);
  });

  test('NaN is nodata', async () => {
    const picture = await tileOver('odd.not_a_number', { z: 3, x: 5, y: 5 });
    expect(pixel(picture, 20, 200)[3]).toBe(255);
    expect(pixel(picture, 150, 200)[3]).toBe(0);
  });
});

describe('tables that are odd', () => {
  test.each([
    ['odd.raster_rotated', 9.01, 47.84],
    ['odd.raster_unaligned', 8.8, 47.4],
    ['odd.raster_no_constraints', 10, 47.5],
    ['odd.raster_no_key', 8.8, 47.4],
    ['odd.raster_rgb', 8.8, 47.4],
    ['odd.raster_mixed_bands', 8.4, 47.6],
    ['odd.raster_bands_differ', 8.4, 47.6],
    ['odd.raster_gaps', 8.4, 47.6],
    ['odd.raster_south_up', 8.4, 47.4],
    ['odd.raster_view', 8.8, 47.4],
    ['odd.raster_with_time', 8.4, 47.6],
    ['odd.raster_mixed_srid', 8.4, 47.6],
  ])('%s gives a picture', async (id, x, y) => {
    expect(visible(await tileOver(id, { z: 6, x, y }))).toBeGreaterThan(2);
  });

  test('rows in several CRSs are each where they belong', async () => {
    expect(tables.raster('odd.raster_mixed_srid').otherSrids).toHaveLength(1);
    const [row] = await source.query(
      'select ST_X(c) as x, ST_Y(c) as y from (select ST_Transform(ST_Centroid(ST_ConvexHull(rast)), 4326) as c from odd.raster_mixed_srid where rid = 2) as q',
    );
    const place = { z: 14, x: Number(row?.['x']), y: Number(row?.['y']) };
    const inside = await tileOver('odd.raster_mixed_srid', place);
    const side = 180 / 2 ** 14;
    const at = (value: number, origin: number, sign: number): number => Math.floor((((sign * (value - origin)) / side) % 1) * 256);
    expect(pixel(inside, at(place.x, -180, 1), at(place.y, 90, -1))[3]).toBe(255);
    expect(visible(await tileOver('odd.raster_mixed_srid', { z: 6, x: 8.4, y: 47.6 }))).toBeGreaterThan(100);
  });

  test('a raster stored from south to north is the right way up', async () => {
    const [row] = await source.query(
      'select ST_Value(rast, ST_SetSRID(ST_MakePoint(8.45, 47.75), 4326)) as north, ST_Value(rast, ST_SetSRID(ST_MakePoint(8.45, 47.05), 4326)) as south from odd.raster_south_up',
    );
    const picture = await tileOver('odd.raster_south_up', { z: 6, x: 8.44, y: 47.4 });
    const column = Array.from({ length: 256 }, (_, r) => pixel(picture, Math.floor(((8.45 / 2.8125) % 1) * 256), r)).filter(
      ([, , , alpha]) => alpha === 255,
    );
    expect(Number(row?.['north'])).toBeGreaterThan(Number(row?.['south']));
    expect(column[0]?.[0]).toBeGreaterThan(column.at(-1)?.[0] ?? 0);
  });

  test('a turned raster covers its turned outline', async () => {
    const set = registry.get('UTM32WGS84Quad');
    expect(set).toBeDefined();
    const [row] = await source.query(`select ST_Area(ST_Transform(ST_ConvexHull(rast), 4326)) as area from odd.raster_rotated`);
    const picture = await tileOver('odd.raster_rotated', { z: 12, x: 9.01, y: 47.84 });
    const side = 180 / 256 / 2 ** 12;
    expect(visible(picture) * side * side).toBeGreaterThan(Number(row?.['area']) * 0.3);
  });

  test('a raster across the antimeridian is on both sides', async () => {
    const west = await tileOver('odd.raster_antimeridian', { z: 5, x: 179, y: 9.5 });
    const east = await tileOver('odd.raster_antimeridian', { z: 5, x: -179, y: 9.5 });
    expect([visible(west) > 1000, visible(east) > 1000]).toEqual([true, true]);
    for (const x of [19_950_000, -19_950_000]) {
      expect(visible(await tileOver('odd.raster_antimeridian', { tms: 'WebMercatorQuad', z: 5, x, y: 1_060_000 }))).toBeGreaterThan(1000);
    }
  });

  test('a raster over the pole reaches it', async () => {
    const picture = await tile('odd.raster_polar', { z: 2, row: 3, col: 1 });
    const bottom = Array.from({ length: 256 }, (_, column) => pixel(picture, column, 255)[3]);
    expect(bottom.every((alpha) => alpha === 255)).toBe(true);
    const polar = await tile('odd.raster_polar', { tms: 'UPSAntarcticWGS84Quad', z: 2, row: 1, col: 1 });
    expect(visible(polar)).toBeGreaterThan(200);
  });

  test('outside the data there is a blank picture, outside the matrix an error', async () => {
    expect(visible(await tileOver('odd.raster_rgb', { z: 6, x: -100, y: -40 }))).toBe(0);
    await expect(tile('odd.raster_rgb', { z: 1, row: 2, col: 0 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE' });
  });
});

describe('many rows', () => {
  test('a tile of twice the pixels takes a finer level, also after one of the usual size', async () => {
    const set = registry.get('WorldCRS84Quad');
    const usual = set && findMatrix(set, '0');
    if (set === undefined || usual === undefined) throw new Error('No WorldCRS84Quad 0');
    const { tileWidth, tileHeight, cellSize } = usual;
    const fine = { ...usual, tileWidth: tileWidth * 2, tileHeight: tileHeight * 2, cellSize: cellSize / 2 };
    const request = { collection: tables.raster('odd.levels'), tms: set, row: 0, col: 1, format: 'png' } as const;
    const small = await decodeRgba((await maps.tile({ ...request, matrix: usual }, TEST_CONTEXT)).bytes);
    const large = await decodeRgba((await maps.tile({ ...request, matrix: fine }, TEST_CONTEXT)).bytes);
    expect([small.width, large.width]).toEqual([256, 512]);
    expect(pixel(large, 20, 240)).not.toEqual(pixel(small, 10, 120));
  });

  test('of rows with time the newest lies on top, pixel by pixel', async () => {
    expect(tables.raster('odd.scenes').temporal).toMatchObject({ start: 'taken' });
    const look = await maps.appearance(tables.raster('odd.scenes'), TEST_CONTEXT);
    const colors = new Map(
      look.kind === 'classes' && look.map.kind === 'classes' ? look.map.entries.map(([value, color]) => [value, [...color]]) : [],
    );
    const picture = await tileOver('odd.scenes', { z: 2, x: 5, y: 5 });
    const at = (lon: number): number[] => pixel(picture, Math.floor(lon / (45 / 256)), 200);
    expect([at(2), at(6), at(12), at(22)]).toEqual([50, 120, 200, 200].map((value) => colors.get(value)));
  });

  test('too many samples to hold are thinned, and look as they are', async () => {
    // 36 million samples at the root of the pyramid, each block of one value, no overviews.
    const look = await maps.appearance(tables.raster('odd.large'), TEST_CONTEXT);
    expect(look.kind).toBe('gray');
    const picture = await tile('odd.large', { tms: 'WorldCRS84Quad', z: 0, row: 0, col: 1 });
    const degree = 256 / 180;
    for (const [x, y] of [
      [0, 0],
      [5, 0],
      [2, 3],
      [5, 5],
    ] as const) {
      const [shown = 0, , , alpha] = pixel(picture, Math.floor((x * 10 + 5) * degree), Math.floor((30 + y * 10 + 5) * degree));
      expect(alpha).toBe(255);
      expect(Math.abs(shown - (x * 10 + y + 1))).toBeLessThanOrEqual(1);
    }
    expect(visible(picture)).toBeGreaterThan((60 * degree) ** 2 * 0.97);
    expect(visible(picture)).toBeLessThan((60 * degree + 2) ** 2);
  });
});

describe('seams', () => {
  const four = async (id: string, tms: string, z: number, row: number, col: number): Promise<{ whole: Pixels; parts: Pixels[] }> => {
    const set = registry.get(tms);
    const matrix = set && findMatrix(set, String(z));
    if (set === undefined || matrix === undefined) throw new Error(tms);
    const below = {
      ...matrix,
      tileWidth: 512,
      tileHeight: 512,
      matrixWidth: matrix.matrixWidth / 2,
      matrixHeight: matrix.matrixHeight / 2,
    };
    const draw = async (m: typeof matrix, r: number, c: number): Promise<Pixels> =>
      decodeRgba(
        (await maps.tile({ collection: tables.raster(id), tms: set, matrix: m, row: r, col: c, format: 'png' }, TEST_CONTEXT)).bytes,
      );
    const parts = await Promise.all(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ].map(([r = 0, c = 0]) => draw(matrix, row * 2 + r, col * 2 + c)),
    );
    return { whole: await draw(below, row, col), parts };
  };

  test.each([
    ['odd.plain_world', 'WebMercatorQuad', 1, 0, 0],
    ['odd.plain_world', 'WorldCRS84Quad', 3, 1, 2],
    ['odd.plain_world', 'WebMercatorQuad', 6, 10, 17],
    ['odd.shifted_world', 'WebMercatorQuad', 2, 1, 1],
    ['odd.raster_polar', 'WebMercatorQuad', 3, 3, 1],
    ['odd.pixel_2bui', 'WebMercatorQuad', 9, 88, 134],
    ['odd.raster_rotated', 'WebMercatorQuad', 12, 713, 1075],
  ])('%s in %s %i: four tiles are one picture', async (id, tms, z, row, col) => {
    const { whole, parts } = await four(id, tms, z, row, col);
    let [different, seen] = [0, 0];
    parts.forEach((part, n) => {
      for (let i = 0; i < 256 * 256; i += 1) {
        const at = ((Math.floor(n / 2) * 256 + Math.floor(i / 256)) * 512 + (n % 2) * 256 + (i % 256)) * 4;
        if ((whole.data[at + 3] ?? 0) > 0) seen += 1;
        for (let c = 0; c < 4; c += 1) if (Math.abs((whole.data[at + c] ?? 0) - (part.data[i * 4 + c] ?? 0)) > 1) different += 1;
      }
    });
    expect(seen).toBeGreaterThan(50);
    expect(different / seen).toBeLessThan(0.002);
  });

  test('a world stored from 0 to 360 looks like one stored from -180 to 180', async () => {
    // The shifted copy holds the same numbers half a turn on.
    const plain = await tile('odd.plain_world', { z: 2, row: 1, col: 1 });
    const shifted = await tile('odd.shifted_world', { z: 2, row: 1, col: 5 });
    expect(Buffer.compare(plain.data, shifted.data)).toBe(0);
    const wrapped = await tile('odd.shifted_world', { z: 2, row: 1, col: 1 });
    const same = await tile('odd.plain_world', { z: 2, row: 1, col: 5 });
    expect(Buffer.compare(wrapped.data, same.data)).toBe(0);
  });
});

describe('reading', () => {
  const level = (): RasterLevel => {
    const [first] = tables.raster('odd.plain_world').levels;
    if (first === undefined) throw new Error('no level');
    return first;
  };

  test('the index is used', async () => {
    await source.query(`
      create table odd.many (rid serial primary key, rast raster);
      insert into odd.many (rast) select ST_SetUpperLeft(rast, x, y) from odd.raster_no_key, generate_series(-170, 170, 5) as x, generate_series(-80, 80, 5) as y;
      create index on odd.many using gist (ST_ConvexHull(rast));
      analyze odd.many; grant select on odd.many to public`);
    const statement = blocksStatement({
      collection: { ...tables.raster('odd.plain_world'), predicate: undefined },
      level: { ...level(), relation: { ...level().relation, name: 'many' } },
      boxes: [[-10, -10, 10, 10]],
      known: ['none'],
    });
    const plan = (await tables.database.rows(sql`explain ${statement}`, { ...TEST_CONTEXT, name: 'test.explain' }))
      .map(([line]) => String(line))
      .join('\n');
    expect(plan).toContain('many_st_convexhull_idx');
  });

  test('a request that is left reads no more', async () => {
    const controller = new AbortController();
    controller.abort(new Error('left'));
    const set = registry.get('WebMercatorQuad');
    const matrix = set && findMatrix(set, '0');
    if (set === undefined || matrix === undefined) throw new Error('no matrix');
    await expect(
      maps.tile(
        { collection: tables.raster('odd.plain_world'), tms: set, matrix, row: 0, col: 0, format: 'png' },
        { ...TEST_CONTEXT, signal: controller.signal },
      ),
    ).rejects.toThrow('left');
  });
});

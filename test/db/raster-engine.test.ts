import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseFormula } from '../../src/algebra/parse-formula.ts';
import { parseTitilerExpressions } from '../../src/algebra/parse-titiler.ts';
import type { Row } from '../../src/db/database.ts';
import { toRgba } from '../../src/image/picture.ts';
import type { PixelSelection } from '../../src/raster/pixel-selection.ts';
import type { RowSelection, Values } from '../../src/services/rasters/raster-request.ts';
import { createRasterService, type RasterService } from '../../src/services/rasters/raster-service.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openRasterTables, TEST_CONTEXT, type RasterTables } from '../support/raster-tables.ts';

// What the engine reads of raster tables, held against what PostGIS says of the same rows.

let source: TestDatabase;
let tables: RasterTables;
let rasters: RasterService;
let folder: string;
/** Rows that the statements of a test brought. */
let read: Row[] = [];

/** Every pixel type with its least and its greatest value. */
const TYPES = [
  ['1bb', '0', '1'],
  ['2bui', '0', '3'],
  ['4bui', '0', '15'],
  ['8bsi', '-128', '127'],
  ['8bui', '0', '255'],
  ['16bsi', '-32768', '32767'],
  ['16bui', '0', '65535'],
  ['32bsi', '-2147483648', '2147483647'],
  ['32bui', '0', '4294967295'],
  ['32bf', '-3.25e38', '3.25e38'],
  ['64bf', '-1.7e308', '0.1'],
] as const;

const TABLES = `
  create schema eng;
  create table eng.scenes (rid int primary key, sensor text, taken timestamptz, rast raster);
  insert into eng.scenes
    select n, sensor, taken::timestamptz, ST_AddBand(ST_MakeEmptyRaster(8, 8, x, 8, 1, -1, 0, 0, 4326), '16BSI'::text, v, -1)
    from (values (1, 'a', '2026-01-01T00:00:00Z', 0, 10), (2, 'b', '2026-01-02T00:00:00Z', 4, 40), (3, 'a', '2026-01-03T00:00:00Z', 2, 20), (4, 'a', null, 0, 5)) as s (n, sensor, taken, x, v);
  create table eng.overlapping (rid int primary key, rast raster);
  insert into eng.overlapping
    select n, ST_AddBand(ST_MakeEmptyRaster(4, 4, 0, 4, 1, -1, 0, 0, 4326), '32BF'::text, v, null) from (values (2, 200.5), (10, 1000.5), (1, 300.5)) as s (n, v);
  create table eng.grid (rid serial primary key, rast raster);
  insert into eng.grid (rast)
    select ST_SetBandNoDataValue(ST_MapAlgebra(ST_AddBand(ST_MakeEmptyRaster(10, 10, x, y, 0.5, -0.5, 0, 0, 4326), '32BSI'::text, 0, null), 1, '32BSI', format('%s + [rast.x] * 100 + [rast.y]', x * 10000 + y * 1000000)), 1, 5000505)
    from generate_series(0, 10, 5) as x, generate_series(5, 10, 5) as y;
  create index on eng.grid using gist (ST_ConvexHull(rast));
  select AddRasterConstraints('eng'::name, 'grid'::name, 'rast'::name);
  create view eng.grid_view as select rid, rast from eng.grid;
  create table eng.meters (rid int primary key, rast raster);
  insert into eng.meters select 1, ST_MapAlgebra(ST_AddBand(ST_MakeEmptyRaster(40, 40, 500000, 5540000, 1000, -1000, 0, 0, 32632), '32BF'::text, 0, null), 1, '32BF', '[rast.x] * 1000.0');
  comment on table eng.meters is '{"bands": [{"name": "height", "scale": 0.5, "offset": 3}]}';
  create table eng.degrees (rid int primary key, rast raster);
  insert into eng.degrees select 1, ST_AddBand(ST_AddBand(ST_MakeEmptyRaster(20, 20, 8.5, 51, 0.1, -0.1, 0, 0, 4326), '8BUI'::text, 7, null), '8BUI'::text, 2, null);
  create table eng.files (rid int primary key, rast raster);
  create table eng.days (day date primary key, rast raster);
  insert into eng.days
    select '2020-01-01'::date + d, ST_SetValue(ST_AddBand(ST_MakeEmptyRaster(520, 520, 0, 16, 0.03, -0.03, 0, 0, 4326), '16BUI'::text, d, 0), 1, 41, 41, case when d > 54 then 0 else d end)
    from generate_series(1, 64) as d;
  create index on eng.days using gist (ST_ConvexHull(rast));
  create table eng.holes as select rid, rast from eng.grid where rid not in (2, 5);
  create table eng.bands (rid int primary key, rast raster);
  insert into eng.bands select 1, ST_SetBandNoDataValue(ST_SetBandNoDataValue(ST_AddBand(ST_AddBand(ST_MapAlgebra(e, 1, '8BUI', '[rast.x] - 1'), ST_MapAlgebra(e, 1, '16BSI', '[rast.y] - 5')), ST_MapAlgebra(e, 1, '64BF', 'case when [rast.x] = 3 then ''NaN''::float8 else [rast.x] / 3.0 end')), 1, 2), 2, 0)
    from (select ST_AddBand(ST_MakeEmptyRaster(8, 8, 0, 8, 1, -1, 0, 0, 4326), '64BF'::text, 0, null) as e) as made;
${TYPES.map(
  ([type, low, high]) => `
  create table eng.type_${type} (rid int primary key, rast raster);
  insert into eng.type_${type} select 1, ST_SetValue(ST_SetValue(ST_AddBand(ST_MakeEmptyRaster(4, 3, 0, 3, 1, -1, 0, 0, 4326), '${type.toUpperCase()}'::text, 1, null), 1, 1, 1, ${low}), 1, 2, 1, ${high});
`,
).join('')}
  grant usage on schema eng to public;
  grant select on all tables in schema eng to public;
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graticule-raster-'));
  // The server of the database may run as somebody else.
  await chmod(folder, 0o755);
  source = await createTestDatabase('empty');
  await source.query(TABLES);
  await source.query(`alter database ${source.name} set postgis.gdal_enabled_drivers = 'GTiff'`);
  await source.query(`set postgis.gdal_enabled_drivers = 'GTiff'; set postgis.enable_outdb_rasters = true`);
  const file = join(folder, 'outside.tif');
  const [made] = await source.query(`select ST_AsTIFF(rast) as bytes from eng.grid where rid = 1`);
  const bytes = made?.['bytes'];
  if (!Buffer.isBuffer(bytes)) throw new Error('no TIFF');
  await writeFile(file, bytes, { mode: 0o644 });
  await source.query(
    `insert into eng.files select 1, ST_AddBand(ST_MakeEmptyRaster(rast), 1, '${file}'::text, array[1]) from eng.grid where rid = 1; analyze`,
  );
  await open();
});

async function open(): Promise<void> {
  await tables?.close();
  tables = await openRasterTables(source, (rows) => void read.push(...rows));
  rasters = createRasterService({ database: tables.database });
}

beforeEach(() => {
  read = [];
});

afterAll(async () => {
  await tables?.close();
  await source?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Values of all cells of a collection as PostGIS dumps them, nodata as NaN, row by row. */
async function dumped(sql: string): Promise<readonly number[]> {
  const [row] = await source.query(`select (ST_DumpValues(rast, 1))::text as values from (${sql}) as q (rast)`);
  return String(row?.['values'])
    .replace(/[{}]/g, '')
    .split(',')
    .map((text) => (text === 'NULL' ? Number.NaN : Number(text)));
}

const pixelsSent = (): number => read.filter(([, bytes]) => Buffer.isBuffer(bytes)).length;

async function nativeValues(id: string, rows?: RowSelection): Promise<Values> {
  const collection = tables.raster(id);
  const values = await rasters.values(
    { collection, target: rasters.nativeTarget(collection), bands: [0], rows, resampling: 'nearest' },
    TEST_CONTEXT,
  );
  if (values === undefined) throw new Error(`Nothing of ${id}`);
  return values;
}

describe('values', () => {
  test('on its own grid a raster has the values that PostGIS has', async () => {
    const values = await nativeValues('eng.grid');
    expect([values.width, values.height]).toEqual([30, 20]);
    expect(values.grid).toMatchObject({ originX: 0, originY: 10, scaleX: 0.5, scaleY: -0.5 });
    const wanted = await dumped('select ST_Union(rast) from eng.grid');
    expect([...(values.bands[0] ?? [])]).toEqual(wanted);
    expect(wanted.filter(Number.isNaN)).toHaveLength(1);
  });

  test.each(TYPES)('%s keeps its extremes, stored anywhere and kept', async (type, low, high) => {
    const wanted = [Number(low), Number(high), 1].map((value) => (type === '32bf' ? Math.fround(value) : value));
    for (const time of ['read', 'kept']) {
      const [plane] = (await nativeValues(`eng.type_${type}`)).bands;
      expect([time, ...(plane?.subarray(0, 3) ?? [])]).toEqual([time, ...wanted]);
    }
  });

  test('each band has its own nodata, and NaN is none', async () => {
    const collection = tables.raster('eng.bands');
    const target = rasters.nativeTarget(collection);
    const values = await rasters.values({ collection, target, bands: [2, 0, 1], resampling: 'nearest' }, TEST_CONTEXT);
    const row = (band: number): number[] => [...(values?.bands[band]?.subarray(0, 4) ?? [])];
    expect(row(0)).toEqual([1 / 3, 2 / 3, Number.NaN, 4 / 3]);
    expect(row(1)).toEqual([0, 1, Number.NaN, 3]);
    expect([0, 4, 5].map((line) => values?.bands[2]?.[line * 8])).toEqual([-4, Number.NaN, 1]);
  });

  test('blocks that are missing are nodata', async () => {
    const values = await nativeValues('eng.holes');
    const there = [...(values.bands[0] ?? [])];
    const wanted = await dumped('select ST_Union(rast) from eng.holes');
    expect(there).toEqual(wanted);
    expect(there.filter(Number.isNaN).length).toBeGreaterThanOrEqual(200);
  });

  test('a rim brings the neighbours', async () => {
    const collection = tables.raster('eng.grid');
    const target = rasters.nativeTarget(collection, { bounds: [5, 5, 10, 10] });
    const [inner, outer] = await Promise.all([
      rasters.values({ collection, target, bands: [0], resampling: 'nearest' }, TEST_CONTEXT),
      rasters.values({ collection, target, bands: [0], resampling: 'nearest', rim: 2 }, TEST_CONTEXT),
    ]);
    expect([outer?.width, outer?.height]).toEqual([14, 14]);
    expect(outer?.bands[0]?.[2 * 14 + 2]).toBe(inner?.bands[0]?.[0]);
    expect(outer?.bands[0]?.[2 * 14]).toBe(await valueAt('eng.grid', 4.25, 9.75));
  });

  test('no row, no values; a band that is not there is a fault', async () => {
    const collection = tables.raster('eng.grid');
    const target = rasters.target({ srid: 4326, bbox: [100, 0, 101, 1], width: 4, height: 4 });
    expect(await rasters.values({ collection, target, bands: [0] }, TEST_CONTEXT)).toBeUndefined();
    await expect(rasters.values({ collection, target, bands: [1] }, TEST_CONTEXT)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      detail: 'Cannot read band 2 of eng.grid: expected 1, the only one',
    });
  });

  test('scale and offset are applied where they are asked for', async () => {
    const collection = tables.raster('eng.meters');
    const target = rasters.nativeTarget(collection);
    const [stored, meant] = await Promise.all(
      [false, true].map((unscale) => rasters.values({ collection, target, bands: [0], unscale }, TEST_CONTEXT)),
    );
    expect(meant?.bands[0]?.[5]).toBe((stored?.bands[0]?.[5] ?? 0) * 0.5 + 3);
  });

  test('another nodata value takes the place of the own one', async () => {
    const collection = tables.raster('eng.grid');
    const values = await rasters.values(
      { collection, target: rasters.nativeTarget(collection), bands: [0], resampling: 'nearest', nodata: 5_000_101 },
      TEST_CONTEXT,
    );
    const missing = [...(values?.bands[0] ?? [])].filter(Number.isNaN);
    expect(missing).toHaveLength(1);
    expect(values?.bands[0]).toContain(5_000_505);
  });

  test('more pixels than the limit are refused', async () => {
    const collection = tables.raster('eng.grid');
    const target = rasters.target({ srid: 4326, bbox: [0, 0, 10, 10], width: 5000, height: 5000 });
    const refused = { code: 'CONTENT_TOO_LARGE', detail: expect.stringContaining('16777216') };
    await expect(rasters.values({ collection, target, bands: [0] }, TEST_CONTEXT)).rejects.toMatchObject(refused);
    await expect(rasters.picture({ sources: [{ collection }], target, look: {} }, TEST_CONTEXT)).rejects.toMatchObject(refused);
    expect(read).toHaveLength(0);
  });
});

async function valueAt(table: string, x: number, y: number): Promise<number> {
  const [row] = await source.query(
    `select ST_Value(rast, ST_SetSRID(ST_MakePoint(${x}, ${y}), 4326)) as value from ${table} where ST_Intersects(rast, ST_SetSRID(ST_MakePoint(${x}, ${y}), 4326)) limit 1`,
  );
  return Number(row?.['value'] ?? Number.NaN);
}

describe('blocks that are kept', () => {
  test('are not sent again, and are found out when their row changes', async () => {
    const first = await nativeValues('eng.grid');
    read = [];
    const again = await nativeValues('eng.grid');
    expect([read.length, pixelsSent()]).toEqual([6, 0]);
    expect(again.bands).toEqual(first.bands);
    await source.query(`update eng.grid set rast = ST_SetValue(rast, 1, 3, 3, -77) where rid = 4`);
    read = [];
    const changed = await nativeValues('eng.grid');
    expect(pixelsSent()).toBe(1);
    expect([...(changed.bands[0] ?? [])]).toEqual(await dumped('select ST_Union(rast) from eng.grid'));
    expect(changed.bands[0]).toContain(-77);
  });

  test('are told apart when the table is written anew and rows change their places', async () => {
    await nativeValues('eng.grid');
    await source.query(`create index grid_down on eng.grid (rid desc); cluster eng.grid using grid_down; drop index eng.grid_down`);
    read = [];
    const values = await nativeValues('eng.grid');
    expect(pixelsSent()).toBe(6);
    expect([...(values.bands[0] ?? [])]).toEqual(await dumped('select ST_Union(rast) from eng.grid'));
  });

  test('of a view are none: it is read each time', async () => {
    await nativeValues('eng.grid_view');
    read = [];
    const values = await nativeValues('eng.grid_view');
    expect(pixelsSent()).toBe(6);
    expect([...(values.bands[0] ?? [])]).toEqual(await dumped('select ST_Union(rast) from eng.grid'));
  });

  test('a role that may read some columns only gets the same values', async () => {
    const [role] = await source.query(`select rolname from pg_roles where rolname = '${source.reader.user ?? ''}'`);
    await source.query(
      `revoke select on eng.overlapping from public; grant select (rid, rast) on eng.overlapping to ${String(role?.['rolname'])}`,
    );
    const values = await nativeValues('eng.overlapping');
    expect(values.bands[0]?.[0]).toBe(300.5);
    await source.query(`grant select on eng.overlapping to public`);
  });

  test('those who ask for the same at the same time share one statement', async () => {
    const collection = tables.raster('eng.degrees');
    const target = rasters.nativeTarget(collection);
    await rasters.appearance(collection, TEST_CONTEXT);
    read = [];
    await Promise.all(
      Array.from({ length: 5 }, () => rasters.values({ collection, target, bands: [0], resampling: 'nearest' }, TEST_CONTEXT)),
    );
    expect(read).toHaveLength(1);
  });
});

describe('rows that overlap', () => {
  const selected = async (id: string, selection: PixelSelection): Promise<number | undefined> =>
    (await nativeValues(id, { selection })).bands[0]?.[0];

  test.each([
    ['first', 300.5],
    ['last', 1000.5],
    ['highest', 1000.5],
    ['lowest', 200.5],
    ['mean', (200.5 + 300.5 + 1000.5) / 3],
    ['median', 300.5],
    ['count', 3],
  ] as const)('%s', async (selection, wanted) => {
    expect(await selected('eng.overlapping', selection)).toBeCloseTo(wanted, 4);
  });

  test('count and mean by pixel, nodata left out', async () => {
    const { bands, width } = await nativeValues('eng.scenes', { selection: 'count' });
    expect(width).toBe(12);
    expect([...(bands[0]?.subarray(0, 12) ?? [])]).toEqual([2, 2, 3, 3, 4, 4, 4, 4, 2, 2, 1, 1]);
    const mean = (await nativeValues('eng.scenes', { selection: 'mean' })).bands[0];
    expect([mean?.[0], mean?.[2], mean?.[5], mean?.[9], mean?.[11]]).toEqual([7.5, 35 / 3, 75 / 4, 30, 40]);
  });

  test('the newest lies on top, rows without a time below', async () => {
    const [plane] = (await nativeValues('eng.scenes')).bands;
    expect([...(plane?.subarray(0, 12) ?? [])]).toEqual([10, 10, 20, 20, 20, 20, 20, 20, 20, 20, 40, 40]);
  });
});

describe('rows that are chosen', () => {
  const top = async (rows: RowSelection): Promise<number[]> => [
    ...((await nativeValues('eng.scenes', rows)).bands[0]?.subarray(0, 12) ?? []),
  ];
  const none = Number.NaN;

  test('by time, closed on both ends; rows without a time belong to every time', async () => {
    const one = { start: '2026-01-02T00:00:00Z', end: '2026-01-02T00:00:00Z' };
    expect(await top({ datetime: one })).toEqual([5, 5, 5, 5, 40, 40, 40, 40, 40, 40, 40, 40]);
    expect(await top({ datetime: { start: undefined, end: '2026-01-01T00:00:00Z' } })).toEqual([
      ...Array(8).fill(10),
      ...Array(4).fill(none),
    ]);
  });

  test('the latest of them', async () => {
    expect(await top({ latest: true })).toEqual([none, none, ...Array(8).fill(20), none, none]);
    const until = { start: undefined, end: '2026-01-02T12:00:00Z' };
    expect(await top({ datetime: until, latest: true })).toEqual([none, none, none, none, ...Array(8).fill(40)]);
  });

  test('by another column, by id, by both', async () => {
    expect(await top({ equals: [{ property: 'sensor', value: 'b' }] })).toEqual([none, none, none, none, ...Array(8).fill(40)]);
    expect(await top({ rows: ['1'] })).toEqual([...Array(8).fill(10), none, none, none, none]);
    await expect(nativeValues('eng.scenes', { rows: ['1'], equals: [{ property: 'sensor', value: 'b' }] })).rejects.toThrow(
      'Nothing of eng.scenes',
    );
  });

  test('by a column that is not there is a fault that names those that are', async () => {
    await expect(nativeValues('eng.scenes', { equals: [{ property: 'cloud', value: '1' }] })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      detail: 'Cannot choose rows by "cloud": expected one of rid, sensor, taken',
    });
    await expect(nativeValues('eng.scenes', { equals: [{ property: 'taken', value: 'now' }] })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
    });
  });
});

describe('many rows over one another', () => {
  test('are read from the top until nothing is bare', async () => {
    await source.query('analyze eng.days');
    await open();
    read = [];
    const [plane] = (await nativeValues('eng.days')).bands;
    const wanted = new Float32Array(520 * 520).fill(64);
    wanted[40 * 520 + 40] = 54;
    expect(Buffer.compare(Buffer.from(plane?.buffer ?? new ArrayBuffer(0)), Buffer.from(wanted.buffer))).toBe(0);
    // Ten days lack that pixel; they come in batches, and one ahead.
    expect(read.length).toBeLessThanOrEqual(32);
  });

  test('count all where all are asked for', async () => {
    const [count] = (await nativeValues('eng.days', { selection: 'count' })).bands;
    expect([count?.[0], count?.[40 * 520 + 40]]).toEqual([64, 54]);
    const [median] = (await nativeValues('eng.days', { selection: 'median' })).bands;
    expect(median?.[0]).toBe(32.5);
    const found = await rasters.points(
      { collection: tables.raster('eng.days'), srid: 4326, points: Float64Array.of(1.215, 14.785) },
      TEST_CONTEXT,
    );
    expect([found.length, found[0]?.time, found[0]?.bands[0]?.[0], found[10]?.bands[0]?.[0]]).toEqual([
      64,
      '2020-03-05T00:00:00Z',
      Number.NaN,
      54,
    ]);
  });
});

describe('points', () => {
  test('have the values of PostGIS, those outside none', async () => {
    const places = [0.1, 9.9, 7.3, 5.2, 4.75, 9.75, 14.9, 0.3, 20, 20].map(Number);
    const [found] = await rasters.points(
      { collection: tables.raster('eng.grid'), srid: 4326, points: Float64Array.from(places) },
      TEST_CONTEXT,
    );
    const wanted = [];
    for (let i = 0; i < places.length; i += 2) wanted.push(await valueAt('eng.grid', places[i] ?? 0, places[i + 1] ?? 0));
    expect([...(found?.bands[0] ?? [])]).toEqual(wanted);
    expect(found?.time).toBeUndefined();
  });

  test('in another CRS, on an edge between pixels, and bilinear', async () => {
    const [row] = await source.query(
      `select ST_X(p) as x, ST_Y(p) as y from ST_Transform(ST_SetSRID(ST_MakePoint(510500, 5530500), 32632), 3857) as p`,
    );
    const point = Float64Array.of(Number(row?.['x']), Number(row?.['y']));
    const [there] = await rasters.points({ collection: tables.raster('eng.meters'), srid: 3857, points: point }, TEST_CONTEXT);
    expect(there?.bands[0]?.[0]).toBe(11_000);
    const [edge] = await rasters.points(
      { collection: tables.raster('eng.grid'), srid: 4326, points: Float64Array.of(5, 7.5) },
      TEST_CONTEXT,
    );
    expect(edge?.bands[0]?.[0]).toBe(await valueAt('eng.grid', 5.01, 7.49));
    const between = Float64Array.of(510_750, 5_530_500);
    const [mixed] = await rasters.points(
      { collection: tables.raster('eng.meters'), srid: 32632, points: between, interpolation: 'bilinear' },
      TEST_CONTEXT,
    );
    expect(mixed?.bands[0]?.[0]).toBeCloseTo(11_250, 1);
  });

  test('of rows with times come time by time, newest first', async () => {
    const found = await rasters.points(
      { collection: tables.raster('eng.scenes'), srid: 4326, points: Float64Array.of(5.5, 4.5, 0.5, 4.5) },
      TEST_CONTEXT,
    );
    expect(found.map(({ time, bands }) => [time, ...(bands[0] ?? [])])).toEqual([
      ['2026-01-03T00:00:00Z', 20, Number.NaN],
      ['2026-01-02T00:00:00Z', 40, Number.NaN],
      ['2026-01-01T00:00:00Z', 10, 10],
      [undefined, 5, 5],
    ]);
  });
});

describe('windows', () => {
  test('piece by piece are the whole, in rows from the top', async () => {
    const collection = tables.raster('eng.grid');
    const target = rasters.nativeTarget(collection);
    const whole = new Float64Array(target.width * target.height).fill(-1);
    const order: (readonly [number, number])[] = [];
    for await (const piece of rasters.windows({ collection, target, bands: [0], windowWidth: 12, windowHeight: 7 }, TEST_CONTEXT)) {
      order.push([piece.column, piece.row]);
      expect(piece.grid.originX).toBeCloseTo(piece.column * 0.5, 9);
      for (let j = 0; j < piece.height; j += 1)
        for (let i = 0; i < piece.width; i += 1)
          whole[(piece.row + j) * target.width + piece.column + i] = piece.bands?.[0]?.[j * piece.width + i] ?? Number.NaN;
    }
    expect(order).toEqual([0, 7, 14].flatMap((row) => [0, 12, 24].map((column) => [column, row])));
    expect([...whole]).toEqual(await dumped('select ST_Union(rast) from eng.grid'));
  });

  test('a box grows to whole cells and is cut to what there is', () => {
    const collection = tables.raster('eng.grid');
    expect(rasters.nativeTarget(collection, { bounds: [4.9, 6.1, 5.1, 6.4] })).toMatchObject({
      width: 2,
      height: 1,
      grid: { originX: 4.5, originY: 6.5 },
    });
    expect(rasters.nativeTarget(collection, { bounds: [-100, -100, 100, 100] })).toMatchObject({ width: 30, height: 20 });
    expect(rasters.nativeTarget(collection, { maxSize: 15 })).toMatchObject({ width: 15, height: 10, grid: { scaleX: 1, scaleY: -1 } });
    expect(rasters.nativeTarget(collection, { width: 60 })).toMatchObject({ width: 60, height: 40, grid: { scaleX: 0.25 } });
  });
});

describe('looks', () => {
  const target = (size = 40): ReturnType<RasterService['target']> =>
    rasters.target({ srid: 4326, bbox: [9, 49.7, 9.5, 50], width: size, height: size });

  test('an expression is computed per pixel', async () => {
    const collection = tables.raster('eng.degrees');
    const look = { expressions: parseTitilerExpressions('(b1-b2)/(b1+b2);b1*2') };
    const computed = await rasters.computed({ sources: [{ collection }], target: target(), look }, TEST_CONTEXT);
    expect(computed?.values.bands[0]?.[0]).toBeCloseTo(5 / 9, 9);
    expect(computed?.values.bands[1]?.[0]).toBe(14);
    const wrong = { expressions: parseTitilerExpressions('b3') };
    await expect(rasters.computed({ sources: [{ collection }], target: target(), look: wrong }, TEST_CONTEXT)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      detail: 'Cannot compute with "b3" of eng.degrees: expected b1 to b2',
    });
  });

  test('a formula over collections of other CRSs and resolutions is aligned to the picture', async () => {
    const sources = [
      { collection: tables.raster('eng.meters'), name: 'h' },
      { collection: tables.raster('eng.degrees'), name: 'd', band: 1 },
    ];
    const look = { expressions: [parseFormula('h * d')], resampling: 'nearest' as const };
    const computed = await rasters.computed({ sources, target: target(), look }, TEST_CONTEXT);
    const alone = await rasters.values(
      { collection: tables.raster('eng.meters'), target: target(), bands: [0], resampling: 'nearest' },
      TEST_CONTEXT,
    );
    const product = [...(alone?.bands[0] ?? [])].map((value) => value * 2);
    expect(product.filter((value) => !Number.isNaN(value)).length).toBeGreaterThan(100);
    expect([...(computed?.values.bands[0] ?? [])]).toEqual(product);
  });

  test('an algorithm sees the neighbours of its pixels: tiles are alike at their edges', async () => {
    const collection = tables.raster('eng.meters');
    const look = { algorithm: { name: 'slope', params: {} } };
    const box = (west: number, east: number, width: number): ReturnType<RasterService['target']> =>
      rasters.target({ srid: 32632, bbox: [west, 5_510_000, east, 5_530_000], width, height: 20 });
    const [left, whole] = await Promise.all(
      [box(505_000, 515_000, 10), box(505_000, 525_000, 20)].map((where) =>
        rasters.computed({ sources: [{ collection }], target: where, look }, TEST_CONTEXT),
      ),
    );
    // Values rise by 1000 in 1000 m eastward: 45°, less what UTM's scale of 0.9996 makes of it.
    expect(left?.values.bands[0]?.[5 * 10 + 9]).toBeCloseTo(45, 0);
    expect(left?.values.bands[0]?.[5 * 10 + 9]).toBeCloseTo(whole?.values.bands[0]?.[5 * 20 + 9] ?? 0, 9);
  });

  test('outside of a polygon there is nothing', async () => {
    const collection = tables.raster('eng.degrees');
    const ring = Float64Array.of(9, 49.85, 9.5, 49.85, 9.5, 50, 9, 50, 9, 49.85);
    const picture = await rasters.picture(
      { sources: [{ collection }], target: target(), look: { bands: [0] }, clip: [ring] },
      TEST_CONTEXT,
    );
    if (picture === undefined) throw new Error('blank');
    const alphas = [...toRgba(picture)].filter((_, i) => i % 4 === 3);
    expect(alphas.map((alpha) => alpha > 0)).toEqual(Array.from({ length: 1600 }, (_, i) => i < 800));
  });

  test('a rescale by percentiles is the same for every time', async () => {
    const collection = tables.raster('eng.scenes');
    const where = rasters.target({ srid: 4326, bbox: [0, 0, 12, 8], width: 12, height: 8 });
    const draw = async (day: string | undefined): Promise<number | undefined> => {
      const look = { expressions: parseTitilerExpressions('b1'), rescale: [{ kind: 'extremes' as const }] };
      const rows = day === undefined ? {} : { equals: [{ property: 'rid', value: day }] };
      const picture = await rasters.picture({ sources: [{ collection }], target: where, look, rows }, TEST_CONTEXT);
      // The pixel at 8.5°: the third scene lies on top there.
      return picture === undefined ? undefined : toRgba(picture)[8 * 4];
    };
    expect(await draw('3')).toBe(await draw(undefined));
    expect(await draw('2')).toBe(255);
  });

  test('a rescale by percentiles is the same for every tile', async () => {
    const collection = tables.raster('eng.meters');
    const draw = async (west: number): Promise<number> => {
      const where = rasters.target({ srid: 32632, bbox: [west, 5_510_000, west + 20_000, 5_530_000], width: 20, height: 20 });
      const look = { rescale: [{ kind: 'extremes' as const }] };
      const picture = await rasters.picture({ sources: [{ collection }], target: where, look }, TEST_CONTEXT);
      return picture === undefined ? -1 : (toRgba(picture)[(20 - (west - 500_000) / 1000) * 4] ?? -1);
    };
    // The pixel at 520 km in either tile.
    expect(await draw(505_000)).toBe(await draw(515_000));
    expect(await draw(505_000)).toBeGreaterThan(100);
  });
});

describe('bands in files', () => {
  test('say what is missing where the database may not read them', async () => {
    await expect(nativeValues('eng.files')).rejects.toMatchObject({
      code: 'PIXELS_OUTSIDE',
      detail: expect.stringContaining('postgis.enable_outdb_rasters'),
    });
  });

  test('are read where it may', async () => {
    await source.query(`alter database ${source.name} set postgis.enable_outdb_rasters = true`);
    await open();
    const values = await nativeValues('eng.files');
    expect([...(values.bands[0] ?? [])]).toEqual(await dumped('select rast from eng.grid where rid = 1'));
    const look = await rasters.appearance(tables.raster('eng.files'), TEST_CONTEXT);
    expect(look.kind === 'gray' && look.ranges[0].min > 5_000_000).toBe(true);
  });
});

test('a request that is left stops its statement', async () => {
  const controller = new AbortController();
  const collection = tables.raster('eng.grid');
  const asked = rasters.values(
    { collection, target: rasters.nativeTarget(collection), bands: [0] },
    { ...TEST_CONTEXT, signal: controller.signal },
  );
  controller.abort(new Error('left'));
  await expect(asked).rejects.toThrow('left');
});

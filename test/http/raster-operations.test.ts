import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { serveTables } from '../support/served-tables.ts';
import { isRecord } from './documents/crawl.ts';

/** Degrees; the raster's upper left corner lies at 10° east, 50° north, its cells are of 1°. */
const [WIDTH, HEIGHT, WEST, NORTH] = [8, 6, 10, 50];
/** Value of a cell; the first cell has no data. */
const valueAt = (column: number, row: number): number | undefined => (column + row === 0 ? undefined : column + 10 * row);
const VALUES = Array.from({ length: WIDTH * HEIGHT }, (_, n) => valueAt(n % WIDTH, Math.floor(n / WIDTH)));
const VALID = VALUES.flatMap((value) => value ?? []);

const server = serveTables(`create table steps (rid int primary key, rast raster);
     comment on table steps is '{"bands": [{"name": "height", "unit": "m", "scale": 0.5, "offset": 100, "classes": {"1": "one", "52": "fifty-two"}}]}';
     insert into steps select 1, st_setvalues(
       st_addband(st_makeemptyraster(${WIDTH}, ${HEIGHT}, ${WEST}, ${NORTH}, 1, -1, 0, 0, 4326), '16BSI'::text, 0, -1), 1, 1, 1,
       (select array_agg(line order by j) from (select j, array_agg(case when i + j = 0 then -1 else i + 10 * j end order by i)::float8[] as line
         from generate_series(0, ${WIDTH - 1}) i, generate_series(0, ${HEIGHT - 1}) j group by j) lines));
     select addrasterconstraints('steps'::name, 'rast'::name);
     create table world (rid int primary key, rast raster);
     insert into world select 1, st_mapalgebra(st_addband(st_makeemptyraster(360, 180, -180, 90, 1, -1, 0, 0, 4326), '16BSI'::text, 0, null), 1, '16BSI', '[rast.x]');
     create table turned (rid int primary key, rast raster);
     insert into turned select 1, st_mapalgebra(st_addband(st_makeemptyraster(360, 180, 0, 90, 1, -1, 0, 0, 4326), '16BSI'::text, 0, null), 1, '16BSI', '[rast.x]');
     select addrasterconstraints(t, 'rast'::name) from unnest(array['world', 'turned']::name[]) t;
     create table months (rid int primary key, at timestamptz, rast raster);
     insert into months select n, make_timestamptz(2024, n, 1, 0, 0, 0, 'UTC'),
       st_addband(st_makeemptyraster(4, 4, 10, 50, 1, -1, 0, 0, 4326), '32BF'::text, n * 1.5, null) from generate_series(1, 3) n;
     create table places (id int primary key, geom geometry(Point, 4326));
     create table plots (id int primary key, geom geometry(Polygon, 3857));
     insert into plots select 7, st_transform('srid=4326;polygon((12 46, 14 46, 14 48, 12 48, 12 46))'::geometry, 3857)`);

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

async function get(path: string): Promise<Reply> {
  const response = await fetch(`${server.root}${path}`);
  return { status: response.status, body: await response.json() };
}

async function post(path: string, body: unknown, type = 'application/geo+json'): Promise<Reply> {
  const response = await fetch(`${server.root}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const member = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), value);

/** A box in degrees as a polygon. */
const box = (west: number, south: number, east: number, north: number): object => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

describe('info', () => {
  test('tells bands, size, levels and what a comment says, in TiTiler’s words', async () => {
    const { status, body } = await get('/collections/steps/info');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      bounds: [10, 44, 18, 50],
      width: 8,
      height: 6,
      count: 1,
      dtype: 'int16',
      nodata_type: 'Nodata',
      nodata_value: -1,
      scales: [0.5],
      offsets: [100],
      overviews: [],
      band_metadata: [['height', { unit: 'm' }]],
    });
  });

  test('as GeoJSON is the outline with the same', async () => {
    const { body } = await get('/collections/steps/info?f=geojson');
    expect(body).toMatchObject({ type: 'Feature', bbox: [10, 44, 18, 50], geometry: { type: 'Polygon' }, properties: { count: 1 } });
  });

  test('of features is 404', async () => {
    expect((await get('/collections/places/info')).status).toBe(404);
  });
});

describe('statistics', () => {
  test('of the whole are those of its cells with data', async () => {
    const { body } = await get('/collections/steps/statistics?p=50&p=100&histogram_bins=2');
    const mean = VALID.reduce((sum, value) => sum + value, 0) / VALID.length;
    const variance = VALID.reduce((sum, value) => sum + (value - mean) ** 2, 0) / VALID.length;
    const half = (Math.min(...VALID) + Math.max(...VALID)) / 2;
    const statistics = member(body, 'height');
    expect(statistics).toMatchObject({
      min: 1,
      max: 57,
      count: VALID.length,
      unique: VALID.length,
      percentile_100: 57,
      percentile_50: VALID.toSorted((a, b) => a - b)[Math.ceil(VALID.length / 2) - 1],
      valid_pixels: VALID.length,
      masked_pixels: 1,
      exact: true,
      level: 1,
      histogram: [
        [VALID.filter((value) => value < half).length, VALID.filter((value) => value >= half).length],
        [1, half, 57],
      ],
    });
    expect(member(statistics, 'mean')).toBeCloseTo(mean, 9);
    expect(member(statistics, 'std')).toBeCloseTo(Math.sqrt(variance), 9);
  });

  test('of an expression bear its text; scaled values those of the comment', async () => {
    const { body } = await get(`/collections/steps/statistics?expression=${encodeURIComponent('b1*2; b1+0.25')}`);
    expect(member(body, 'b1*2')).toMatchObject({ min: 2, max: 114 });
    expect(member(body, 'b1+0.25')).toMatchObject({ min: 1.25, max: 57.25 });
    expect(member((await get('/collections/steps/statistics?unscale=true')).body, 'height')).toMatchObject({ min: 100.5, max: 128.5 });
  });

  test('inside a polygon count the cells whose centres lie inside', async () => {
    const feature = { type: 'Feature', id: 7, properties: { name: 'corner' }, geometry: box(9, 48.4, 12.4, 51) };
    const { status, body } = await post('/collections/steps/statistics', feature);
    expect(status).toBe(200);
    // Columns 0 and 1 of rows 0 and 1; the first has no data.
    expect(body).toMatchObject({
      type: 'Feature',
      id: 7,
      properties: { name: 'corner', statistics: { height: { min: 1, max: 11, sum: 22, count: 3, valid_pixels: 3, masked_pixels: 1 } } },
    });
  });

  test('with weights count cells on the edge by the share inside', async () => {
    const { body } = await post('/collections/steps/statistics?weighted=true', box(11, 48.4, 12.4, 50));
    const cells = [
      [1, 1],
      [2, 0.4],
      [11, 0.6],
      [12, 0.24],
    ] as const;
    const statistics = member(body, 'properties', 'statistics', 'height');
    expect(member(statistics, 'count')).toBeCloseTo(2.24, 5);
    expect(member(statistics, 'sum')).toBeCloseTo(
      cells.reduce((sum, [value, weight]) => sum + value * weight, 0),
      5,
    );
  });

  test('tell how much ground has data inside the polygon', async () => {
    // Whole rows: inside a cell, its ground counts as evenly spread.
    const { body } = await post('/collections/steps/statistics?weighted=true', box(11, 48, 12.4, 50));
    const [{ area } = {}] = await server.database.query(
      `select st_area(st_segmentize(st_makeenvelope(11, 48, 12.4, 50, 4326), 0.05)::geography) as area`,
    );
    expect(Number(member(body, 'properties', 'statistics', 'height', 'area')) / Number(area)).toBeCloseTo(1, 4);
  });

  test('of several features come back one by one, and nothing where they lie outside', async () => {
    const features = [box(10, 49, 11, 50), box(0, 0, 1, 1)].map((geometry) => ({ type: 'Feature', properties: null, geometry }));
    const { body } = await post('/collections/steps/statistics', { type: 'FeatureCollection', features });
    expect(member(body, 'features')).toMatchObject([
      { properties: { statistics: { height: { valid_pixels: 0, min: null } } } },
      { properties: { statistics: {} } },
    ]);
  });

  test('in another CRS are the same', async () => {
    const [{ ring } = {}] = await server.database.query(
      `select st_asgeojson(st_transform(st_segmentize(st_makeenvelope(11, 48.4, 12.4, 50, 4326), 0.05), 3857))::json as ring`,
    );
    const { body } = await post('/collections/steps/statistics?weighted=true&coord_crs=EPSG:3857', ring);
    expect(member(body, 'properties', 'statistics', 'height', 'count')).toBeCloseTo(2.24, 3);
  });

  test('of classes count their values', async () => {
    const { body } = await get('/collections/steps/statistics?categorical=true&c=1,52,99');
    expect(member(body, 'height', 'histogram')).toEqual([
      [1, 1, 0],
      [1, 52, 99],
    ]);
  });

  test.each([
    ['p=101', 400, 'expected numbers from 0 to 100'],
    ['histogram_range=5', 400, 'two finite numbers'],
    ['histogram_range=5,1', 400, '5 is above 1'],
    ['histogram_bins=0', 400, 'histogram_bins'],
    ['bidx=9', 400, 'band'],
    ['max_size=0', 400, 'max_size'],
    ['expression=b1%2B', 400, 'position'],
  ])('?%s is refused with a reason', async (query, status, reason) => {
    const reply = await get(`/collections/steps/statistics?${query}`);
    expect(reply.status).toBe(status);
    expect(String(member(reply.body, 'detail'))).toContain(reason);
  });
});

describe('a body', () => {
  test.each([
    ['', 400, 'as JSON'],
    ['{"type":', 400, 'as JSON'],
    ['[]', 400, 'must be an object'],
    ['{"type":"Point","coordinates":[0,0]}', 400, 'expected a Polygon or MultiPolygon'],
    ['{"type":"Polygon","coordinates":[]}', 400, 'needs a ring'],
    ['{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}', 400, 'at least four positions'],
    ['{"type":"Polygon","coordinates":[[["a",0],[1,1],[2,2],[0,0]]]}', 400, 'two finite numbers'],
    ['{"type":"Feature","geometry":null}', 400, 'geometry must be an object'],
    ['{"type":"FeatureCollection","features":7}', 400, 'must be an array'],
    ['{"type":"Polygon","coordinates":[[[0,0],[1e308,0],[1e308,1],[0,0]]]}', 400, 'two finite numbers up to 1000000000000000'],
    [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 400, 'at most 100 levels of nesting'],
    [
      `{"type":"Feature","geometry":null,"properties":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
      400,
      'at most 100 levels of nesting',
    ],
  ])('%.60s is refused with a reason', async (text, status, reason) => {
    const reply = await post('/collections/steps/statistics', text);
    expect(reply.status).toBe(status);
    expect(String(member(reply.body, 'detail'))).toContain(reason);
  });

  test('without any polygon cuts nothing out', async () => {
    const reply = await post('/collections/steps/feature', { type: 'FeatureCollection', features: [] });
    expect([reply.status, member(reply.body, 'detail')]).toEqual([400, 'Cannot cut out nothing: expected at least one polygon']);
  });

  test('of another type is 415, one that is too large 413', async () => {
    expect((await post('/collections/steps/statistics', '<gml/>', 'application/xml')).status).toBe(415);
    expect((await post('/collections/steps/statistics', ' '.repeat(9_000_000))).status).toBe(413);
    const crowd = {
      type: 'FeatureCollection',
      features: Array.from({ length: 1001 }, () => ({ type: 'Feature', geometry: box(0, 0, 1, 1) })),
    };
    expect((await post('/collections/steps/statistics', crowd)).status).toBe(413);
  });

  test('is told of by OPTIONS, and elsewhere POST is 405', async () => {
    const options = await fetch(`${server.root}/collections/steps/statistics`, { method: 'OPTIONS' });
    expect(options.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    const profile = await fetch(`${server.root}/collections/steps/profile`);
    expect(profile.status).toBe(405);
    expect(profile.headers.get('allow')).toBe('POST, OPTIONS');
    expect((await post('/collections', {})).status).toBe(405);
  });
});

describe('value counts', () => {
  test('have each value with its class and the ground that it covers', async () => {
    const { body } = await get('/collections/steps/valuecount');
    const values =
      member(body, 'bands', '0', 'values') ?? (isRecord(body) && Array.isArray(body['bands']) ? member(body['bands'][0], 'values') : []);
    expect(Array.isArray(values) ? values.length : 0).toBe(VALID.length);
    expect(values).toEqual(expect.arrayContaining([expect.objectContaining({ value: 52, label: 'fifty-two', count: 1 })]));
    const [{ area } = {}] = await server.database.query(
      `select st_area(st_segmentize(st_makeenvelope(12, 44, 13, 45, 4326), 0.02)::geography) as area`,
    );
    const cell = Array.isArray(values) ? values.find((entry: unknown) => member(entry, 'value') === 52) : undefined;
    expect(Number(member(cell, 'area')) / Number(area)).toBeCloseTo(1, 3);
  });

  test('inside a polygon are those of the cells inside', async () => {
    const { body } = await post('/collections/steps/valuecount', box(16, 44, 18, 46));
    const [band] = isRecord(body) && Array.isArray(body['bands']) ? body['bands'] : [];
    const values: unknown = member(band, 'values');
    expect(Array.isArray(values) ? values.map((entry: unknown) => member(entry, 'value')) : []).toEqual([46, 47, 56, 57]);
  });
});

describe('a point', () => {
  test('has the value of its cell, null where there is none', async () => {
    expect((await get('/collections/steps/point/12.5,47.5')).body).toMatchObject({
      coordinates: [12.5, 47.5],
      values: [22],
      band_names: ['height'],
      times: [],
    });
    expect((await get('/collections/steps/point/10.5,49.5')).body).toMatchObject({ values: [null] });
    expect((await get('/collections/steps/point/-70,0')).body).toMatchObject({ values: [null] });
  });

  test('is the same a turn around the globe, between cells when asked for, and in another CRS', async () => {
    expect((await get('/collections/steps/point/372.5,47.5')).body).toMatchObject({ values: [22] });
    expect((await get('/collections/steps/point/13,47.5?interpolation=bilinear')).body).toMatchObject({ values: [22.5] });
    expect((await get('/collections/steps/point/1391493.63,6026906.8?coord_crs=EPSG:3857')).body).toMatchObject({ values: [22] });
    expect((await get('/collections/steps/point/12.5,47.5?unscale=true')).body).toMatchObject({ values: [111] });
  });

  test('has what is computed of its bands', async () => {
    const computed = (await get('/collections/steps/point/12.5,47.5?expression=b1*2;sqrt(b1%2B3)')).body;
    expect(computed).toMatchObject({ values: [44, 5], band_names: ['b1*2', 'sqrt(b1+3)'] });
    expect((await get('/collections/steps/point/-70,0?expression=b1*2')).body).toMatchObject({ values: [null] });
    expect((await get('/collections/months/point/11,49?expression=b1/1.5')).body).toMatchObject({
      times: [{ values: [3] }, { values: [2] }, { values: [1] }],
    });
    expect((await get('/collections/steps/point/12.5,47.5?expression=b9')).status).toBe(400);
    expect((await get('/collections/steps/point/12.5,47.5?expression=b1&bidx=1')).status).toBe(400);
  });

  test('has all times, newest first, or those asked for', async () => {
    const times = [4.5, 3, 1.5].map((value, n) => ({ time: `2024-0${3 - n}-01T00:00:00Z`, values: [value] }));
    expect((await get('/collections/months/point/11,49')).body).toMatchObject({ values: [4.5], times });
    expect((await get('/collections/months/point/11,49?datetime=2024-02-01T00:00:00Z')).body).toMatchObject({
      values: [3],
      times: [times[1]],
    });
  });

  test.each(['abc', '1', '1,2,3', '1,NaN', '1,1e999'])('%s is refused', async (coordinates) => {
    expect((await get(`/collections/steps/point/${coordinates}`)).status).toBe(400);
  });
});

describe('a profile', () => {
  test('has samples evenly spaced along the ground, ends included', async () => {
    const { status, body } = await post('/collections/steps/profile?samples=3&interpolation=nearest', {
      type: 'LineString',
      coordinates: [
        [10.5, 47.5],
        [16.5, 47.5],
      ],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      band_names: ['height'],
      samples: [{ distance: 0, values: [20] }, { coordinates: [13.5, 47.5], values: [23] }, { values: [26] }],
    });
    const [{ length } = {}] = await server.database.query(
      `select st_length(st_segmentize('srid=4326;linestring(10.5 47.5, 16.5 47.5)'::geometry, 0.05)::geography) as length`,
    );
    expect(Number(member(body, 'length')) / Number(length)).toBeCloseTo(1, 4);
  });

  test('has what is computed of the bands', async () => {
    const { body } = await post('/collections/steps/profile?samples=3&interpolation=nearest&expression=b1-20', {
      type: 'LineString',
      coordinates: [
        [10.5, 47.5],
        [16.5, 47.5],
      ],
    });
    expect(body).toMatchObject({ band_names: ['b1-20'], samples: [{ values: [0] }, { values: [3] }, { values: [6] }] });
  });

  test('of a point, or of too many samples, is refused', async () => {
    expect((await post('/collections/steps/profile', { type: 'Point', coordinates: [0, 0] })).status).toBe(400);
    const line = {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    };
    expect((await post('/collections/steps/profile?samples=1', line)).status).toBe(400);
    expect((await post('/collections/steps/profile?samples=10001', line)).status).toBe(413);
  });
});

interface Cut {
  readonly width: number;
  readonly height: number;
  readonly alpha: (column: number, row: number) => number;
}

async function picture(response: Response): Promise<Cut> {
  expect(response.status).toBe(200);
  const { data, info } = await sharp(Buffer.from(await response.arrayBuffer()))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, alpha: (column, row) => data[(row * info.width + column) * 4 + 3] ?? -1 };
}

/** Bands of float32 and a mask as NumPy's file format has them (version 1.0), for arrays that end in rows and columns. */
async function numbers(response: Response): Promise<{ readonly header: string; readonly body: Buffer }> {
  expect(response.status).toBe(200);
  const bytes = Buffer.from(await response.arrayBuffer());
  const length = bytes.readUInt16LE(8);
  return { header: bytes.toString('latin1', 10, 10 + length), body: bytes.subarray(10 + length) };
}

const crop = (path: string): Promise<Response> => fetch(`${server.root}/collections/steps${path}`);

describe('a crop', () => {
  test('of the whole has the cells of the raster, or the size that is asked for', async () => {
    const whole = await picture(await crop('/preview'));
    expect([whole.width, whole.height]).toEqual([WIDTH, HEIGHT]);
    expect(whole.alpha(0, 0)).toBe(0);
    expect(whole.alpha(1, 0)).toBe(255);
    const small = await picture(await crop('/preview?max_size=4'));
    expect([small.width, small.height]).toEqual([4, 3]);
    const named = await crop('/preview.jpg?width=20');
    expect(named.headers.get('content-type')).toBe('image/jpeg');
    expect((await picture(named)).width).toBe(20);
    const sized = await picture(await crop('/preview/16x12.webp'));
    expect([sized.width, sized.height]).toEqual([16, 12]);
  });

  test('of a box has the cells that it touches, in the format of its path', async () => {
    const response = await crop('/bbox/11,48,13,50.png');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await picture(response)).toMatchObject({ width: 2, height: 2 });
    const jpeg = await crop('/bbox/11,48,13,50/64x64.jpg');
    expect(jpeg.headers.get('content-type')).toBe('image/jpeg');
    expect(await picture(jpeg)).toMatchObject({ width: 64, height: 64 });
  });

  test.each([
    '/bbox/11,48,13,50.png',
    '/bbox/11,48,13,50/64x64.jpg',
    '/preview',
    '/preview/16x12.webp',
    '/preview.npy',
    '/statistics',
    '/valuecount',
  ])('%s that is asked for again, or by many at once, is computed once', async (path) => {
    await (await crop(`${path}?nodata=-7`)).arrayBuffer();
    const again = await crop(`${path}?nodata=-7`);
    expect(again.headers.get('cache-status')).toContain('hit');
    expect(again.status).toBe(200);
  });

  test('as NumPy has the very numbers and a mask', async () => {
    const { header, body } = await numbers(await crop('/bbox/10,48,12,50.npy'));
    expect(header).toContain("'shape': (2, 2, 2)");
    expect(header).toContain("'<i2'");
    expect([0, 1, 2, 3].map((n) => body.readInt16LE(2 * n)).slice(1)).toEqual([1, 10, 11]);
    expect([4, 5, 6, 7].map((n) => body.readInt16LE(2 * n) !== 0)).toEqual([false, true, true, true]);
  });

  test('as GeoTIFF is a download', async () => {
    const response = await crop('/preview?f=geotiff');
    expect(response.headers.get('content-type')).toBe('image/tiff; application=geotiff');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="steps.tif"');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString('latin1', 0, 2)).toBe('II');
  });

  test('of a formula has what it computes', async () => {
    const { header, body } = await numbers(await crop(`/bbox/11,49,13,50.npy?expression=${encodeURIComponent('b1/4')}`));
    expect(header).toContain("'<f4'");
    expect([0, 1].map((n) => body.readFloatLE(4 * n))).toEqual([0.25, 0.5]);
  });

  test('by a feature of another collection has nothing outside of it', async () => {
    const { body } = await numbers(await crop('/bbox/11,45,15,49.npy?clip=plots/7'));
    const inside = Array.from({ length: 16 }, (_, n) => body.readInt16LE(2 * (16 + n)) !== 0);
    expect(inside).toEqual(Array.from({ length: 16 }, (_, n) => [1, 2].includes(n % 4) && [1, 2].includes(Math.floor(n / 4))));
    const buffered = await picture(await crop('/preview?clip=plots/7&clip-buffer=120km'));
    expect([buffered.alpha(0, 1), buffered.alpha(1, 3), buffered.alpha(3, 3)]).toEqual([0, 255, 255]);
    expect((await crop('/preview?clip=plots/8')).status).toBe(400);
    const twice = await post('/collections/steps/feature?clip=plots/7', box(11, 45, 15, 49));
    expect(twice.status).toBe(400);
  });

  test('by a polygon is transparent outside of it', async () => {
    const response = await fetch(`${server.root}/collections/steps/feature?width=60&height=60`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/geo+json' },
      body: JSON.stringify({
        type: 'Polygon',
        coordinates: [
          [
            [12, 44],
            [18, 44],
            [18, 50],
            [12, 44],
          ],
        ],
      }),
    });
    const triangle = await picture(response);
    expect([triangle.width, triangle.height]).toEqual([60, 60]);
    expect(triangle.alpha(5, 5)).toBe(0);
    expect(triangle.alpha(50, 50)).toBe(255);
  });

  test('in another CRS lies in that, with square pixels', async () => {
    const mercator = await picture(await crop('/bbox/11,45,17,49.png?dst_crs=EPSG:3857&max_size=60&resampling=nearest'));
    // 6° of longitude and latitudes 45 to 49 in metres of Web Mercator.
    const [across, down] = [6 * 111_319.4908, 6_274_861.394 - 5_621_521.486];
    expect(mercator.height / mercator.width).toBeCloseTo(down / across, 1);
  });

  test.each([
    ['/bbox/1,2,3.png', 400],
    ['/bbox/5,5,5,6.png', 400],
    ['/bbox/5,6,7,5.png', 400],
    ['/bbox/900000,5000000,800000,6000000.png?coord_crs=EPSG:3857', 400],
    ['/bbox/1,2,3,4.bmp', 400],
    ['/bbox/1,2,3,4/0x5.png', 400],
    ['/bbox/1,2,3,4/99999x5.png', 413],
    ['/preview?width=0', 400],
    ['/preview?width=20000', 413],
    ['/preview?dst_crs=EPSG:999999', 400],
    ['/preview?f=gif', 400],
    ['/preview?colormap_name=nope', 400],
    ['/preview?rescale=5,1', 400],
    ['/preview?expression=b1**', 400],
  ])('%s is refused', async (path, status) => {
    expect((await crop(path)).status).toBe(status);
  });
});

describe('a box over the antimeridian', () => {
  const numbers = async (path: string): Promise<readonly (readonly string[])[]> => {
    const response = await fetch(`${server.root}/collections${path}`);
    const text = await response.text();
    expect(response.status, text.slice(0, 200)).toBe(200);
    return text
      .trim()
      .split('\n')
      .filter((line) => /^ *-?\d/.test(line))
      .map((line) => line.trim().split(/ +/));
  };

  test.each([
    // Columns count from 1: 351 … 360 lie at 170° to 180°, 1 … 10 east of them.
    ['world', [...Array.from({ length: 10 }, (_, n) => 351 + n), ...Array.from({ length: 10 }, (_, n) => 1 + n)]],
    ['turned', Array.from({ length: 20 }, (_, n) => 171 + n)],
  ])('shows both sides of it in the cells of %s', async (table, columns) => {
    for (const spelling of ['170,-5,-170,5', '170,-5,190,5', '-190,-5,-170,5']) {
      const rows = await numbers(`/${table}/bbox/${spelling}.asc`);
      expect(
        rows.map((row) => row.map(Number)),
        spelling,
      ).toEqual(Array.from({ length: 10 }, () => columns));
    }
  });

  test('is the same as the map of the place', async () => {
    const look = 'rescale=0,360&colormap_name=viridis&categorical=false';
    const [map, crop] = await Promise.all(
      [`/map?bbox=170,-5,-170,5&crs=[OGC:CRS84]&width=40&height=20&${look}`, `/bbox/170,-5,-170,5/40x20.png?${look}`].map(async (path) => {
        const response = await fetch(`${server.root}/collections/world${path}`);
        return sharp(Buffer.from(await response.arrayBuffer()))
          .ensureAlpha()
          .raw()
          .toBuffer();
      }),
    );
    expect(map?.length).toBe(40 * 20 * 4);
    expect(crop?.equals(map ?? Buffer.alloc(0))).toBe(true);
  });
});

describe('a raster with a time column', () => {
  test('has its first and last time in the collection document', async () => {
    const { body } = await get('/collections/months');
    expect(member(body, 'extent', 'temporal')).toMatchObject({ interval: [['2024-01-01T00:00:00Z', '2024-03-01T00:00:00Z']] });
  });
});

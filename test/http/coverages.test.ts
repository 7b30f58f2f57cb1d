import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { readTiff } from '../unit/image/read-tiff.ts';
import { send, type WireAnswer } from './bad-inputs/wire.ts';

// OGC API Coverages rc2 on a ramp whose values name their cells, in degrees, in a national grid, and with a time.

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase('odd');
  await database.query(readFileSync(new URL('../../conformance/fixture.sql', import.meta.url), 'utf8'));
  await database.query(
    `create table ramp (rid int primary key, rast raster);
     comment on table ramp is '{"title": "Ramp", "bands": [{"name": "height", "unit": "m"}, {"name": "depth"}]}';
     insert into ramp select n + 1, st_addband(
         st_mapalgebra(st_addband(st_makeemptyraster(50, 40, n * 50, 40, 1, -1, 0, 0, 4326), '16BSI'::text, 0, -32768), 1, '16BSI', '([rast.x] - 1 + ' || n * 50 || ') + 100 * ([rast.y] - 1)'),
         st_addband(st_makeemptyraster(50, 40, n * 50, 40, 1, -1, 0, 0, 4326), '16BSI'::text, n, -32768))
       from generate_series(0, 1) n;
     create table valley (rid int primary key, rast raster);
     insert into valley select 1, st_mapalgebra(st_addband(st_makeemptyraster(100, 50, 500000, 5300000, 100, -100, 0, 0, 25832), '16BSI'::text, 0, null), 1, '16BSI', '[rast.x] * 10');
     create table scene (rid int primary key, taken date, rast raster);
     insert into scene select n, d::date, st_addband(st_makeemptyraster(16, 16, 0, 16, 1, -1, 0, 0, 4326), '8BUI'::text, v, null)
       from (values (1, '2026-01-01', 50), (2, '2026-02-01', 100), (3, '2026-03-01', 150)) s (n, d, v);
     create table lasting (rid int primary key, since date, until date, rast raster);
     comment on table lasting is '{"start": "since", "end": "until"}';
     insert into lasting values
       (1, '2026-01-01', '2026-12-31', st_addband(st_makeemptyraster(1, 1, 0, 1, 1, -1, 0, 0, 4326), '8BUI'::text, 1, 0)),
       (2, '2026-03-01', '2026-04-30', st_addband(st_makeemptyraster(1, 1, 1, 1, 1, -1, 0, 0, 4326), '8BUI'::text, 2, 0));
     create table sounding (rid int primary key, pressure int, member text, rast raster);
     insert into sounding select n, p, m, st_addband(st_makeemptyraster(2, 2, 0, 2, 1, -1, 0, 0, 4326), '8BUI'::text, v, 0)
       from (values (1, 850, 'a', 11), (2, 500, 'a', 12), (3, 850, 'b', 21), (4, 500, 'b', 22), (5, 300, 'b', 23)) s (n, p, m, v);
     create table nad27 (rid int primary key, rast raster);
     insert into nad27 select 1, st_mapalgebra(st_addband(st_makeemptyraster(100, 80, -120.01, 40.01, 0.0002, -0.0002, 0, 0, 4267), '16BSI'::text, 0, null), 1, '16BSI', '[rast.x] - 1 + 100 * ([rast.y] - 1)');
     create table large (rid serial primary key, rast raster);
     insert into large (rast) select st_addband(st_makeemptyraster(500, 500, x * 5, 60 - y * 5, 0.01, -0.01, 0, 0, 4326), '8BUI'::text, x * 10 + y + 1, 0)
       from generate_series(0, 19) x, generate_series(0, 9) y where (x + y) % 2 = 0;
     create index on large using gist (st_convexhull(rast));
     select addrasterconstraints(t, 'rast'::name) from unnest(array['ramp', 'valley', 'scene', 'lasting', 'sounding', 'nad27', 'large']::name[]) t;
     grant select on all tables in schema public to public;
     analyze`,
  );
  server = await startTestServer({ database });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

const get = (target: string, headers: Readonly<Record<string, string>> = {}): Promise<WireAnswer> => send(server.root, { target, headers });
const problem = (answer: WireAnswer): { readonly type: string; readonly detail: string } => JSON.parse(answer.body.toString());

interface Covjson {
  readonly domain: {
    readonly axes: Readonly<
      Record<string, { readonly start: number; readonly stop: number; readonly num: number; readonly values?: readonly string[] }>
    >;
  };
  readonly parameters: Readonly<Record<string, { readonly unit?: { readonly symbol: string } }>>;
  readonly ranges: Readonly<
    Record<
      string,
      { readonly axisNames: readonly string[]; readonly shape: readonly number[]; readonly values: readonly (number | null)[] }
    >
  >;
}

async function numbers(target: string): Promise<Covjson> {
  const answer = await get(`${target}${target.includes('?') ? '&' : '?'}f=coveragejson`);
  expect(answer.status, answer.body.subarray(0, 400).toString()).toBe(200);
  const document: Covjson = JSON.parse(answer.body.toString());
  return document;
}

const json = async <T>(target: string): Promise<T> => {
  const answer = await get(target);
  expect(answer.status, answer.body.subarray(0, 400).toString()).toBe(200);
  const document: T = JSON.parse(answer.body.toString());
  return document;
};

describe('Coverages core', () => {
  test('the whole in its own cells and CRS, as GeoTIFF unless asked otherwise', async () => {
    const answer = await get('/collections/valley/coverage');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('image/tiff; application=geotiff');
    expect(answer.headers['content-crs']).toBe('http://www.opengis.net/def/crs/EPSG/0/25832');
    expect(answer.headers['content-bbox']).toBe('500000,5295000,510000,5300000');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="valley.tif"');
    const { width, height, channels } = await sharp(answer.body).metadata();
    expect([width, height, channels]).toEqual([100, 50, 1]);
  });

  test('every raster links its coverage, domain set and range type; its schema names the fields', async () => {
    const { links } = await json<{ readonly links: readonly { readonly rel: string; readonly href: string; readonly type: string }[] }>(
      '/collections/ramp',
    );
    for (const [rel, path] of [
      ['https://www.opengis.net/def/rel/ogc/1.0/coverage', ''],
      ['http://www.opengis.net/def/rel/ogc/1.0/coverage', ''],
      ['http://www.opengis.net/def/rel/ogc/1.0/coverage-domainset', '/domainset'],
      ['http://www.opengis.net/def/rel/ogc/1.0/coverage-rangetype', '/rangetype'],
      ['http://www.opengis.net/def/rel/ogc/1.0/tilesets-coverage', '/tiles'],
    ]) {
      expect(links.find((link) => link.rel === rel)?.href, rel).toBe(`${server.root}/collections/ramp/coverage${path}`);
    }
    const schema = await json<{
      readonly properties: Readonly<Record<string, { readonly type: string; readonly 'x-ogc-propertySeq': number }>>;
    }>('/collections/ramp/schema');
    expect(Object.entries(schema.properties).map(([name, { type, 'x-ogc-propertySeq': seq }]) => [name, type, seq])).toEqual([
      ['height', 'integer', 1],
      ['depth', 'integer', 2],
    ]);
  });

  test('a collection tells its cells along each axis of its CRS, and a title of each field', async () => {
    const gridOf = async (id: string): Promise<unknown> => {
      const { extent } = await json<{ readonly extent: { readonly spatial: { readonly grid: unknown } } }>(`/collections/${id}`);
      return extent.spatial.grid;
    };
    expect(await gridOf('ramp')).toEqual([
      { cellsCount: 100, resolution: 1, firstCoordinate: 0.5, relativeBounds: [-0.5, 0.5] },
      { cellsCount: 40, resolution: 1, firstCoordinate: 0.5, relativeBounds: [-0.5, 0.5] },
    ]);
    expect(await gridOf('valley')).toEqual([
      { cellsCount: 100, resolution: 100, firstCoordinate: 500_050, relativeBounds: [-50, 50] },
      { cellsCount: 50, resolution: 100, firstCoordinate: 5_295_050, relativeBounds: [-50, 50] },
    ]);
    expect(await gridOf('nad27')).toMatchObject([{ cellsCount: 80 }, { cellsCount: 100 }]);
    expect(await gridOf('places')).toBeUndefined();
    const { properties } = await json<{ readonly properties: Readonly<Record<string, { readonly title: string }>> }>(
      '/collections/ramp/schema',
    );
    expect(properties['depth']?.title).toBe('depth');
  });

  test('a collection without rasters has none', async () => {
    expect((await get('/collections/places/coverage')).status).toBe(404);
    expect((await get('/collections/nope/coverage')).status).toBe(404);
  });

  test('people get a page', async () => {
    const answer = await get('/collections/ramp/coverage', { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body.toString()).toContain('100 × 40');
  });

  test.each(['1bb', '2bui', '4bui', '8bsi', '8bui', '16bsi', '16bui', '32bsi', '32bui', '32bf', '64bf'])(
    'the numbers of %s are those of the database',
    async (type) => {
      const [row] = await database.query(
        `select array_agg(v order by y desc, x) as values from odd.pixel_${type}, lateral (select st_x(geom) x, st_y(geom) y, val v from st_pixelascentroids(rast, 1, false)) p`,
      );
      const [nodata] = await database.query(`select st_bandnodatavalue(rast, 1) as value from odd.pixel_${type} limit 1`);
      const { ranges } = await numbers(`/collections/odd.pixel_${type}/coverage`);
      const stored: readonly number[] = Array.isArray(row?.['values']) ? row['values'] : [];
      const expected = stored.map((value) => (value === nodata?.['value'] || Number.isNaN(value) ? null : value));
      expect(stored.length).toBe(512);
      expect(ranges['b1']?.values).toEqual(expected);
    },
  );
});

describe('Coverages subsetting', () => {
  test('a subset grows to whole cells; limits may be open', async () => {
    const { domain, ranges } = await numbers('/collections/ramp/coverage?subset=Lat(38.5:39.5),Lon(10.2:12.7)&properties=height');
    expect(domain.axes['x']).toEqual({ start: 10.5, stop: 12.5, num: 3 });
    expect(domain.axes['y']).toEqual({ start: 39.5, stop: 38.5, num: 2 });
    expect(ranges['height']?.values).toEqual([10, 11, 12, 110, 111, 112]);
    const open = await numbers('/collections/ramp/coverage?subset=Lat(39:*),Lon(98:*)&properties=height');
    expect(open.ranges['height']?.values).toEqual([98, 99]);
  });

  test('a bbox is the same; another CRS and aliases of axes too', async () => {
    const wanted = (await numbers('/collections/ramp/coverage?subset=Lat(38:40),Lon(10:13)')).ranges;
    for (const query of [
      'bbox=10,38,13,40',
      'bbox=38,10,40,13&bbox-crs=EPSG:4326',
      'subset=lat(38:40)&subset=Long(10:13)',
      'subset=x(10:13),y(38:40)',
      'subset=Latitude(38:40),Longitude(10:13)&subset-crs=[OGC:CRS84]',
    ]) {
      expect((await numbers(`/collections/ramp/coverage?${query}`)).ranges, query).toEqual(wanted);
    }
    const projected = await numbers('/collections/valley/coverage?subset=E(500100:500300),N(5299900:5300000)');
    expect(projected.ranges['b1']?.values).toEqual([20, 30]);
  });

  test('a subset across the antimeridian has the cells of both sides', async () => {
    const { domain, ranges } = await numbers('/collections/elevation/coverage?subset=Lat(10:12),Lon(176:-176)');
    expect(domain.axes['x']).toEqual({ start: 177, stop: 183, num: 4 });
    const east = await numbers('/collections/elevation/coverage?subset=Lat(10:12),Lon(176:180)');
    const west = await numbers('/collections/elevation/coverage?subset=Lat(10:12),Lon(-180:-176)');
    const [all = [], left = [], right = []] = [ranges, east.ranges, west.ranges].map((range) => range['b1']?.values);
    expect(all).toEqual([left[0], left[1], right[0], right[1], left[2], left[3], right[2], right[3]]);
    expect(all).not.toContain(null);
  });

  test("degrees of data in degrees are the data's own unless the request says of which datum", async () => {
    const of = async (query: string): Promise<unknown> => (await numbers(`/collections/nad27/coverage?${query}`)).ranges;
    const own = await of('subset=Lon(-120.005:-120.003),Lat(40.003:40.005)');
    expect(await of('subset=Lon(-120.005:-120.003),Lat(40.003:40.005)&subset-crs=EPSG:4267')).toEqual(own);
    expect(await of('subset=x(-120.005:-120.003),y(40.003:40.005)')).toEqual(own);
    // NAD 27 lies some 100 m off WGS 84 in the west of America: more than these cells are wide.
    const other = await of('subset=Lon(-120.005:-120.003),Lat(40.003:40.005)&subset-crs=[OGC:CRS84]');
    expect(other).not.toEqual(own);
    expect(await of('bbox=-120.005,40.003,-120.003,40.005')).toEqual(other);
  });

  test('slices of one axis, of both, and the numbers at a position', async () => {
    expect((await numbers('/collections/ramp/coverage?subset=Lat(39.5)&properties=height')).ranges['height']?.shape).toEqual([1, 100]);
    expect(await json('/collections/ramp/coverage?subset=Lat(39.5),Lon(7.5)&properties=height&f=json')).toBe(7);
    expect(await json('/collections/ramp/coverage?subset=Lat(38.5),Lon(57.5)&f=json')).toEqual({ height: 157, depth: 1 });
    const accepted = await get('/collections/ramp/coverage?subset=Lat(38.5),Lon(57.5)&properties=2', { Accept: 'application/json' });
    expect(JSON.parse(accepted.body.toString())).toBe(1);
  });

  test('time: the latest unless one is asked for', async () => {
    const value = async (query: string) =>
      (await numbers(`/collections/scene/coverage?subset=Lat(8.5),Lon(8.5)${query}`)).ranges['b1']?.values;
    expect(await value('')).toEqual([150]);
    expect(await value('&datetime=2026-02-01')).toEqual([100]);
    expect(await value('&subset=time(%222026-01%22)')).toEqual([50]);
    expect(await value('&subset=time(*)')).toEqual([150]);
    expect((await get('/collections/scene/coverage')).headers['content-datetime']).toBe('2026-03-01T00:00:00Z');
    expect((await get('/collections/scene/coverage?datetime=1990')).status).toBe(404);
  });

  test.each([
    ['subset=Foo(1)', 400, 'invalid-parameter'],
    ['subset=Lat(10', 400, 'invalid-parameter'],
    ['subset=Lat(20:10)', 400, 'invalid-parameter'],
    ['subset=E(1:2)', 400, 'invalid-parameter'],
    ['subset=Lat(91:99)', 404, 'not-found'],
    ['bbox=120,0,130,10', 404, 'not-found'],
    ['subset=Lat(0:1)&bbox=0,0,1,1', 400, 'conflicting-parameters'],
    ['subset=time(%222020%22)&datetime=2020-01-01T00:00:00Z', 400, 'conflicting-parameters'],
    ['properties=nope', 400, 'invalid-parameter'],
    ['properties=height&exclude-properties=depth', 400, 'conflicting-parameters'],
    ['exclude-properties=height,depth', 400, 'invalid-parameter'],
    ['scale-factor=0', 400, 'invalid-parameter'],
    ['scale-factor=-1', 400, 'invalid-parameter'],
    ['scale-factor=abc', 400, 'invalid-parameter'],
    ['resolution=Foo(1)', 400, 'invalid-parameter'],
    ['resolution=Lat(-1)', 400, 'invalid-parameter'],
    ['width=10&resolution=Lat(1)', 400, 'conflicting-parameters'],
    ['subset=Lat(1)&height=10', 400, 'conflicting-parameters'],
    ['subset=Lon(1)&resolution=Lon(2)', 400, 'conflicting-parameters'],
    ['subset=Lat(1),Lon(1)&scale-factor=2', 400, 'conflicting-parameters'],
    ['width=1000000', 413, 'content-too-large'],
    ['crs=EPSG:999998', 400, 'unsupported-crs'],
    ['f=png', 400, 'invalid-parameter'],
    ['f=las', 400, 'invalid-parameter'],
    ['foo=1', 400, 'unknown-parameter'],
  ])('%s is %i %s', async (query, status, slug) => {
    const answer = await get(`/collections/ramp/coverage?${query}`);
    expect(answer.status, answer.body.subarray(0, 300).toString()).toBe(status);
    expect(problem(answer).type).toMatch(new RegExp(`/${slug}$`));
  });
});

describe('Coverages over an interval of time', () => {
  const months = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'];
  const spot = 'subset=Lat(8:9),Lon(8:10)';

  test.each([
    ['datetime=2026-01/2026-03', months],
    ['datetime=../2026-02-01', months.slice(0, 2)],
    ['datetime=2026-02/..', months.slice(1)],
    ['subset=time(%222026-01%22:%222026-02%22)', months.slice(0, 2)],
    ['subset=time(*:*)', months],
    ['datetime=2026-02-01/2026-02-01', months.slice(1, 2)],
  ])('%s has an axis of its instants', async (query, times) => {
    const answer = await get(`/collections/scene/coverage?${spot}&${query}&f=coveragejson`);
    expect(answer.status, answer.body.subarray(0, 300).toString()).toBe(200);
    const { domain, ranges }: Covjson = JSON.parse(answer.body.toString());
    expect(domain.axes['t']?.values).toEqual(times);
    expect(ranges['b1']?.axisNames).toEqual(['t', 'y', 'x']);
    expect(ranges['b1']?.shape).toEqual([times.length, 1, 2]);
    expect(ranges['b1']?.values).toEqual(times.flatMap((at) => [50 * (months.indexOf(at) + 1), 50 * (months.indexOf(at) + 1)]));
    expect(answer.headers['content-datetime']).toBe(times.length === 1 ? times[0] : `${times[0]}/${times.at(-1)}`);
  });

  test('is a series at a position', async () => {
    const { domain, ranges } = await json<Covjson>('/collections/scene/coverage?subset=Lat(8.5),Lon(8.5)&datetime=2026-01/2026-03&f=json');
    expect(domain.axes['t']?.values).toEqual(months);
    expect(ranges['b1']?.values).toEqual([50, 100, 150]);
  });

  test('scaled and in another CRS too', async () => {
    for (const query of ['width=4&height=3', 'crs=EPSG:3857&width=4&height=3']) {
      const { ranges } = await numbers(`/collections/scene/coverage?datetime=2026-01/2026-02&${query}`);
      expect(ranges['b1']?.shape).toEqual([2, 3, 4]);
      expect(new Set(ranges['b1']?.values)).toEqual(new Set([50, 100]));
    }
  });

  test('has rows that last from the start of the interval on, and only times under the area', async () => {
    const { domain, ranges } = await numbers('/collections/lasting/coverage?datetime=2026-02-10/2026-12-31');
    expect(domain.axes['t']?.values).toEqual(['2026-02-10T00:00:00Z', '2026-03-01T00:00:00Z']);
    expect(ranges['b1']?.values).toEqual([1, null, 1, 2]);
    const east = await numbers('/collections/lasting/coverage?datetime=2026-01-01/2026-12-31&subset=Lon(1.2:1.8)');
    expect(east.domain.axes['t']?.values).toEqual(['2026-03-01T00:00:00Z']);
    expect((await get('/collections/lasting/coverage?datetime=2026-01-01/2026-02-15&subset=Lon(1.2:1.8)')).status).toBe(404);
  });

  test('is a GeoTIFF or an array of a band for each instant', async () => {
    const tiff = await get('/collections/scene/coverage?datetime=2026-01/2026-03');
    const [image] = readTiff(tiff.body);
    expect(image?.bands.map((band) => band[0])).toEqual([50, 100, 150]);
    for (const [i, at] of months.entries()) expect(image?.tags.get(42_112)).toContain(`<Item name="time" sample="${i}">${at}</Item>`);
    expect((await get('/collections/scene/coverage?datetime=2026-01/2026-03&f=raw')).headers['values-shape']).toBe('3,16,16');
    const text = await get(`/collections/scene/coverage?${spot}&datetime=2026-01/2026-03&f=xyz`);
    expect(text.body.toString().split('\n')[0]).toBe('8.5 8.5 50 100 150');
  });

  test('is one picture where pixel_selection says what its pixels are', async () => {
    const of = async (selection: string): Promise<Covjson> =>
      numbers(`/collections/scene/coverage?${spot}&datetime=2026-01/2026-03&pixel_selection=${selection}`);
    expect((await of('first')).ranges['b1']?.values).toEqual([150, 150]);
    expect((await of('mean')).ranges['b1']).toMatchObject({ shape: [1, 2], values: [100, 100] });
    const png = await get('/collections/scene/coverage?datetime=2026-01/2026-03&pixel_selection=lowest&f=png');
    expect((await sharp(png.body).stats()).channels[0]?.max).toBe(50);
  });

  test.each(['png', 'asc'])('is refused as %s, which holds one time', async (f) => {
    const answer = await get(`/collections/scene/coverage?datetime=2026-01/2026-03&f=${f}`);
    expect(answer.status).toBe(400);
    expect(problem(answer).detail).toContain(`Cannot write 3 positions along time as ${f}`);
    expect((await get(`/collections/scene/coverage?datetime=2026-02/2026-02&f=${f}`)).status).toBe(200);
  });

  test('counts its cells at all instants against the limit', async () => {
    const [width, height] = [2048, 2736];
    expect(3 * width * height).toBeGreaterThan(16_777_216);
    const answer = await get(`/collections/scene/coverage?datetime=2026-01/2026-03&width=${width}&height=${height}&f=geotiff`);
    expect([answer.status, problem(answer).type]).toEqual([413, expect.stringMatching(/content-too-large$/)]);
  });

  test('is listed by the domain set', async () => {
    const { generalGrid } = await json<{
      readonly generalGrid: { readonly axisLabels: readonly string[]; readonly axis: readonly object[] };
    }>('/collections/scene/coverage/domainset');
    expect(generalGrid.axisLabels).toEqual(['Lon', 'Lat', 'time']);
    expect(generalGrid.axis[2]).toEqual({ type: 'IrregularAxis', axisLabel: 'time', coordinate: months, uomLabel: 'RFC 3339' });
    const page = await get('/collections/scene/coverage/domainset', { Accept: 'text/html' });
    expect(page.body.toString()).toContain('3 instants');
  });
});

describe('Coverages along further dimensions', () => {
  const spot = 'subset=Lat(0.5),Lon(0.5)';

  test.each([
    ['subset=pressure(500)', [[12]]],
    ['subset=pressure(500)&subset=member("b")', [[22]]],
    ['pressure=850&member=b', [[21]]],
    ['subset=pressure(*),member(*)', [[21]]],
  ])('%s is a slice', async (query, values) => {
    const { domain, ranges } = await numbers(`/collections/sounding/coverage?${spot}&${query.replaceAll('"', '%22')}`);
    expect(Object.keys(domain.axes)).toEqual(['x', 'y']);
    expect(ranges['b1']?.values).toEqual(values.flat());
  });

  test('an interval keeps its axis', async () => {
    const { domain, ranges } = await numbers(`/collections/sounding/coverage?${spot}&subset=pressure(400:*)&member=a`);
    expect(domain.axes['pressure']?.values).toEqual([500, 850]);
    expect(ranges['b1']).toEqual({
      type: 'NdArray',
      dataType: 'integer',
      axisNames: ['pressure', 'y', 'x'],
      shape: [2, 1, 1],
      values: [12, 11],
    });
  });

  test('several axes run in the order of the request, the last fastest', async () => {
    const document = await json<Covjson>(`/collections/sounding/coverage?${spot}&subset=member(%22a%22:%22b%22),pressure(*:*)&f=json`);
    expect(document.ranges['b1']?.axisNames).toEqual(['member', 'pressure', 'y', 'x']);
    expect(document.ranges['b1']?.shape).toEqual([2, 3, 1, 1]);
    expect(document.ranges['b1']?.values).toEqual([null, 12, 11, 23, 22, 21]);
    const tiff = await get(`/collections/sounding/coverage?subset=member(%22a%22:%22b%22),pressure(*:*)`);
    const [image] = readTiff(tiff.body);
    expect(image?.bands.map(([value]) => value)).toEqual([0, 12, 11, 23, 22, 21]);
    expect(image?.tags.get(42_112)).toContain('<Item name="pressure" sample="2">850</Item>');
  });

  test('an interval is one picture where pixel_selection says what its pixels are', async () => {
    const { ranges } = await numbers(`/collections/sounding/coverage?${spot}&subset=pressure(*:*)&pixel_selection=highest`);
    expect(ranges['b1']?.values).toEqual([23]);
  });

  test.each([
    ['subset=pressure(501)', 404],
    ['subset=pressure(1:2)', 404],
    ['subset=member(%22c%22)', 404],
    ['subset=depth(1)', 400],
    ['subset=pressure(%22low%22)', 400],
    ['subset=pressure(*:*)&f=png', 400],
  ])('%s is refused with %i', async (query, status) => {
    expect((await get(`/collections/sounding/coverage?${query}`)).status).toBe(status);
    if (!query.endsWith('png'))
      expect((await get(`/collections/sounding/coverage/tiles/WorldCRS84Quad/0/0/1?${query}`)).status).toBe(status);
  });

  test('are told by the extent of the collection', async () => {
    const { extent } = await json<{ readonly extent: Readonly<Record<string, { readonly interval?: readonly (readonly unknown[])[] }>> }>(
      '/collections/sounding',
    );
    expect(extent['pressure']?.interval).toEqual([[300, 850]]);
    expect(Object.keys(extent)).toEqual(expect.arrayContaining(['pressure', 'member']));
  });

  test('tiles take them too, but no axes of space', async () => {
    const tile = '/collections/sounding/coverage/tiles/WorldCRS84Quad/0/0/1';
    const [slice] = readTiff((await get(`${tile}?subset=pressure(850),member(%22b%22)&resampling=nearest`)).body);
    expect(slice?.bands).toHaveLength(1);
    expect(new Set(slice?.bands[0])).toEqual(new Set([0, 21]));
    const [series] = readTiff(
      (await get('/collections/scene/coverage/tiles/WorldCRS84Quad/3/3/8?datetime=2026-01/2026-03&resampling=nearest')).body,
    );
    expect(series?.bands.map((band) => Math.max(...band))).toEqual([50, 100, 150]);
    expect((await get(`${tile}?subset=Lat(0:1)`)).status).toBe(400);
  });
});

describe('Coverages scaling, fields and CRS', () => {
  test.each([
    ['width=50', [40, 50]],
    ['height=10', [10, 100]],
    ['subset=Lat(1)&width=10', [1, 10]],
    ['resolution=', [40, 100]],
    ['exclude-properties=&width=50', [40, 50]],
    ['width=30&height=7', [7, 30]],
    ['resolution=Lat(2),Lon(4)', [20, 25]],
    ['resolution=Lat(2),Lon()', [20, 100]],
    ['scale-factor=4', [10, 25]],
    ['scale-axes=Lat(2),Lon(5)', [20, 20]],
    ['scale-size=Lat(10),Lon(20)', [10, 20]],
    ['scaleSize=Lat(10),Long(20)', [10, 20]],
    ['scaleSize=Lon(33)', [40, 33]],
  ])('%s', async (query, shape) => {
    expect((await numbers(`/collections/ramp/coverage?${query}`)).ranges['height']?.shape).toEqual(shape);
  });

  test('a scaled subset is exactly the box that was asked for, averaged', async () => {
    const { domain, ranges } = await numbers(
      '/collections/ramp/coverage?subset=Lat(36:40),Lon(10:14)&scaleSize=Lat(2),Lon(2)&properties=height',
    );
    expect(domain.axes['x']).toEqual({ start: 11, stop: 13, num: 2 });
    // The mean of four cells each: 10, 11, 110, 111 and so on, rounded to the type of the band.
    expect(ranges['height']?.values).toEqual(
      [61, 63, 261, 263].map((value) => expect.toSatisfy((v: number) => Math.abs(v - (value - 0.5)) <= 0.5)),
    );
    const nearest = await numbers(
      '/collections/ramp/coverage?subset=Lat(38:40),Lon(10:12)&width=4&height=4&resampling=nearest&properties=height',
    );
    expect(nearest.ranges['height']?.values?.slice(0, 4)).toEqual([10, 10, 11, 11]);
  });

  test('fields come in the order asked for, by name or number', async () => {
    const at = 'subset=Lat(39.5),Lon(60.5)&f=json';
    expect(Object.keys(await json<object>(`/collections/ramp/coverage?${at}&properties=depth,height`))).toEqual(['depth', 'height']);
    expect(await json(`/collections/ramp/coverage?${at}&properties=2`)).toBe(1);
    expect(Object.keys(await json<object>(`/collections/ramp/coverage?${at}&rangeSubset=depth,height`))).toEqual(['depth', 'height']);
    expect((await get(`/collections/ramp/coverage?${at}&rangeSubset=depth&properties=height`)).status).toBe(400);
    expect(await json(`/collections/ramp/coverage?${at}&exclude-properties=height`)).toBe(1);
    const twice = await get('/collections/ramp/coverage?subset=Lat(39.5),Lon(60.5)&f=coveragejson&properties=depth,depth');
    expect(twice.body.toString().match(/"depth":\{"type":"NdArray"/g)).toHaveLength(1);
  });

  test('another CRS keeps the numbers where they are', async () => {
    for (const crs of ['EPSG:3857', '[EPSG:3857]', 'http://www.opengis.net/def/crs/EPSG/0/3857']) {
      const answer = await get(`/collections/ramp/coverage?crs=${crs}&properties=height&resampling=nearest&f=coveragejson`);
      expect(answer.headers['content-crs']).toBe('http://www.opengis.net/def/crs/EPSG/0/3857');
      const { domain, ranges }: Covjson = JSON.parse(answer.body.toString());
      const [x, y] = [domain.axes['x'], domain.axes['y']];
      if (x === undefined || y === undefined) throw new Error('no axes');
      const [there] = await database.query(
        `select st_x(p) x, st_y(p) y from st_transform(st_setsrid(st_makepoint(30.5, 20.5), 4326), 3857) p`,
      );
      const column = Math.round(((Number(there?.['x']) - x.start) / (x.stop - x.start)) * (x.num - 1));
      const row = Math.round(((Number(there?.['y']) - y.start) / (y.stop - y.start)) * (y.num - 1));
      expect(ranges['height']?.values[row * x.num + column]).toBe(30 + 1900);
    }
  });
});

describe('Coverages documents of earlier drafts', () => {
  test('the domain set has the outer edges, the range type the types', async () => {
    const { generalGrid } = await json<{
      readonly generalGrid: { readonly axisLabels: readonly string[]; readonly axis: readonly object[]; readonly srsName: string };
    }>('/collections/ramp/coverage/domainset');
    expect(generalGrid.srsName).toBe('http://www.opengis.net/def/crs/OGC/1.3/CRS84');
    expect(generalGrid.axis).toEqual([
      { type: 'RegularAxis', axisLabel: 'Lon', lowerBound: 0, upperBound: 100, resolution: 1, uomLabel: 'degree' },
      { type: 'RegularAxis', axisLabel: 'Lat', lowerBound: 0, upperBound: 40, resolution: 1, uomLabel: 'degree' },
    ]);
    const { field } = await json<{ readonly field: readonly object[] }>('/collections/ramp/coverage/rangetype');
    expect(field).toEqual([
      {
        type: 'Quantity',
        id: 'height',
        name: 'height',
        definition: 'ogcType:signedShort',
        uom: { type: 'UnitReference', code: 'm' },
        nodata: -32768,
      },
      { type: 'Quantity', id: 'depth', name: 'depth', definition: 'ogcType:signedShort', nodata: -32768 },
    ]);
  });
});

describe('Coverages encodings', () => {
  test.each([
    ['geotiff', 'image/tiff; application=geotiff'],
    ['image/tiff', 'image/tiff; application=geotiff'],
    ['cog', 'image/tiff; application=geotiff; profile=cloud-optimized'],
    ['coveragejson', 'application/vnd.cov+json'],
    ['png', 'image/png'],
    ['npy', 'application/x-binary'],
    ['asc', 'text/plain; charset=utf-8'],
    ['xyz', 'text/plain; charset=utf-8'],
  ])('f=%s is %s', async (f, type) => {
    const answer = await get(`/collections/valley/coverage?f=${encodeURIComponent(f)}`);
    expect(answer.status, answer.body.subarray(0, 300).toString()).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['content-crs']).toBe('http://www.opengis.net/def/crs/EPSG/0/25832');
  });

  test('a profile chooses the cloud-optimised file', async () => {
    const profile = 'http://www.opengis.net/def/profile/geotiff/cloud-optimized';
    const plain = await get('/collections/valley/coverage', { Accept: 'image/tiff' });
    expect(plain.headers['content-profile']).toBeUndefined();
    expect(plain.headers['vary']).toContain('Accept-Profile');
    for (const wish of [`<${profile}>`, `<urn:example:none>, <${profile}>;q=0.8`]) {
      const answer = await get('/collections/valley/coverage', { Accept: 'image/tiff; application=geotiff', 'Accept-Profile': wish });
      expect(answer.headers['content-profile'], wish).toBe(`<${profile}>`);
    }
    expect((await get('/collections/valley/coverage', { 'Accept-Profile': '<urn:example:none>' })).headers['etag']).toBe(
      plain.headers['etag'],
    );
    // What is kept for one wish is not sent for another.
    expect((await get('/collections/valley/coverage', { Accept: 'image/tiff' })).headers['content-profile']).toBeUndefined();
    const json = await get('/collections/valley/coverage', { Accept: 'application/json', 'Accept-Profile': `<${profile}>` });
    expect(json.headers['content-type']).toBe('application/json');
  });

  test('ranges of bytes and tags spare clients a second download', async () => {
    const whole = await get('/collections/ramp/coverage');
    expect(whole.headers['accept-ranges']).toBe('bytes');
    const part = await get('/collections/ramp/coverage', { Range: 'bytes=100-299' });
    expect(part.status).toBe(206);
    expect(part.headers['content-range']).toBe(`bytes 100-299/${whole.body.length}`);
    expect(part.headers['etag']).toBe(whole.headers['etag']);
    expect(Buffer.compare(part.body, whole.body.subarray(100, 300))).toBe(0);
    const tail = await get('/collections/ramp/coverage', { Range: 'bytes=-10', 'If-Range': String(whole.headers['etag']) });
    expect(Buffer.compare(tail.body, whole.body.subarray(-10))).toBe(0);
    expect((await get('/collections/ramp/coverage', { Range: 'bytes=0-9', 'If-Range': '"other"' })).status).toBe(200);
    const beyond = await get('/collections/ramp/coverage', { Range: `bytes=${whole.body.length}-` });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${whole.body.length}`]);
    expect((await get('/collections/ramp/coverage', { 'If-None-Match': String(whole.headers['etag']) })).status).toBe(304);
  });

  test('what is large comes in pieces, whole and in order', async () => {
    const before = process.memoryUsage().rss;
    const answer = await get('/collections/large/coverage');
    expect(answer.status).toBe(200);
    expect(answer.body.length).toBeGreaterThan(50_000_000);
    const { data, info } = await sharp(answer.body, { limitInputPixels: false })
      .extract({ left: 4990, top: 2490, width: 20, height: 20 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(20);
    // Blocks (9, 4), (10, 4), (9, 5) and (10, 5) meet in the middle of the cut; those of odd sum hold nothing.
    expect([data[0], data[15 * info.channels], data[15 * 20 * info.channels], data[(15 * 20 + 15) * info.channels]]).toEqual([
      0, 105, 96, 0,
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(700_000_000);
  });
});

describe('Coverages tiles', () => {
  test('hold the numbers of the cells of a tile', async () => {
    const answer = await get('/collections/ramp/coverage/tiles/WorldCRS84Quad/1/0/2?properties=height&resampling=nearest');
    expect(answer.status, answer.body.subarray(0, 300).toString()).toBe(200);
    expect(answer.headers['content-type']).toBe('image/tiff; application=geotiff');
    const { width, height } = await sharp(answer.body).metadata();
    expect([width, height]).toEqual([256, 256]);
    expect((await get('/collections/ramp/coverage/tiles/WorldCRS84Quad/1/1/0')).status).toBe(404);
    expect((await get('/collections/ramp/coverage/tiles/WorldCRS84Quad/1/5/0')).status).toBe(404);
    expect((await get('/collections/ramp/coverage/tiles/WorldCRS84Quad/1/0/2?properties=nope')).status).toBe(400);
  });

  test('are described like other tilesets', async () => {
    const tileset = await json<{ readonly dataType: string; readonly links: readonly { readonly rel: string; readonly type: string }[] }>(
      '/collections/ramp/coverage/tiles/WebMercatorQuad?f=json',
    );
    expect(tileset.dataType).toBe('coverage');
    expect(tileset.links.find(({ rel }) => rel === 'item')?.type).toBe('image/tiff; application=geotiff');
  });
});

describe('Rows of rasters', () => {
  interface Rows {
    readonly numberMatched: number;
    readonly features: readonly {
      readonly id: number;
      readonly geometry: { readonly type: string; readonly coordinates: readonly (readonly (readonly number[])[])[] };
      readonly properties: object;
    }[];
  }

  test('are outlines among the items, chosen by box, time and columns', async () => {
    const all = await json<Rows>('/collections/scene/items');
    expect(all.numberMatched).toBe(3);
    expect(all.features.map(({ id, properties }) => ({ id, ...properties }))).toEqual([
      { id: 1, rid: 1, taken: '2026-01-01' },
      { id: 2, rid: 2, taken: '2026-02-01' },
      { id: 3, rid: 3, taken: '2026-03-01' },
    ]);
    expect(all.features[0]?.geometry.type).toBe('Polygon');
    const inBox = await json<Rows>('/collections/ramp/items?bbox=60,10,70,20');
    expect(inBox.features.map(({ id }) => id)).toEqual([2]);
    const lons = inBox.features[0]?.geometry.coordinates[0]?.map(([lon]) => lon) ?? [];
    expect([Math.min(...lons.map(Number)), Math.max(...lons.map(Number))]).toEqual([50, 100]);
    expect((await json<Rows>('/collections/scene/items?datetime=2026-02-01/..')).features.map(({ id }) => id)).toEqual([2, 3]);
    expect((await json<Rows>('/collections/scene/items?taken=2026-01-01')).features.map(({ id }) => id)).toEqual([1]);
    expect((await json<Rows>('/collections/ramp/items?limit=1')).numberMatched).toBe(2);
    const projected = (await json<Rows>('/collections/valley/items?bbox=9,47.8,9.01,47.9')).features;
    expect(projected.map(({ id }) => id)).toEqual([1]);
    expect((await json<Rows>('/collections/valley/items?bbox=0,0,1,1')).features).toEqual([]);
  });

  test('are each a feature and a file', async () => {
    const row = await json<{
      readonly id: number;
      readonly links: readonly { readonly rel: string; readonly type: string; readonly href: string }[];
    }>('/collections/ramp/items/2');
    expect(row.id).toBe(2);
    expect(row.links.find(({ type }) => type === 'image/tiff; application=geotiff')?.href).toBe(
      `${server.root}/collections/ramp/items/2?f=geotiff`,
    );
    const tiff = await get('/collections/ramp/items/2?f=geotiff');
    expect(tiff.headers['content-disposition']).toBe('attachment; filename="ramp.tif"');
    const { width, height, channels } = await sharp(tiff.body).metadata();
    expect([width, height, channels]).toEqual([50, 40, 2]);
    const png = await get('/collections/scene/items/1?f=png');
    expect(png.headers['content-type']).toBe('image/png');
    expect((await sharp(png.body).metadata()).width).toBe(16);
    const asc = await get('/collections/scene/items/2?f=asc');
    expect(asc.body.toString()).toMatch(/^ncols\s+16\s+nrows\s+16/i);
    expect(asc.body.toString()).toContain('100 100 100');
    expect((await get('/collections/ramp/items/99')).status).toBe(404);
    expect((await get('/collections/ramp/items/99?f=geotiff')).status).toBe(404);
    expect((await get('/collections/places/items/1?f=geotiff')).status).toBe(400);
    expect((await get('/collections/scene/items?f=html')).status).toBe(200);
    expect((await get('/collections/scene/items/1?f=html')).status).toBe(200);
  });
});

describe('Coverages API operations', () => {
  test('the operation has the name and parameters of the standard', async () => {
    const api = await json<{
      readonly paths: Readonly<
        Record<string, { readonly get: { readonly operationId: string; readonly parameters: readonly { readonly name: string }[] } }>
      >;
    }>('/api?f=json');
    const operation = api.paths['/collections/{collectionId}/coverage']?.get;
    expect(operation?.operationId.endsWith('.getCoverage')).toBe(true);
    expect(operation?.parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'subset',
        'subset-crs',
        'bbox',
        'bbox-crs',
        'datetime',
        'crs',
        'properties',
        'exclude-properties',
        'resolution',
        'width',
        'height',
        'scale-factor',
        'scale-axes',
        'scale-size',
        'f',
      ]),
    );
  });
});

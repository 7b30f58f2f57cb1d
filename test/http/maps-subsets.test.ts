import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { serveTables } from '../support/served-tables.ts';

// OGC API Maps 1.0, general subsetting and time, on maps, map tiles and XYZ tiles: scenes of one value each, told apart by columns of all types.

const server = serveTables(`create table scene (
       rid int primary key, taken date, cloud float8, sensor text, pressure int, made timestamptz, day_only date, is_night boolean, lat int, rast raster);
     insert into scene select n, d::date, c, s, p, m::timestamptz, o::date, n = 2, n * 7, st_addband(st_makeemptyraster(16, 16, 0, 16, 1, -1, 0, 0, 4326), '8BUI'::text, v, null)
       from (values (1, 50, '2026-01-01', 10, 'B', 500, '2020-05-05 12:00+02', '2020-02-01'),
                    (2, 100, '2026-02-01', 12.5, 'a', 700, '2021-05-05', '2020-03-01'),
                    (3, 150, '2026-03-01', 70, 'ß', 900, '2022-01-01', '2020-04-01')) s (n, v, d, c, s, p, m, o);
     create table still (rid int primary key, rast raster);
     insert into still select 1, st_addband(st_makeemptyraster(16, 16, 20, 16, 1, -1, 0, 0, 4326), '8BUI'::text, 200, null);
     create table journey (id int primary key, began timestamptz, geom geometry(Point, 4326));
     insert into journey values (1, '2019-07-01 10:00+00', 'SRID=4326;POINT(3 3)'), (2, '2027-01-01', 'SRID=4326;POINT(4 4)');
     select addrasterconstraints(t, 'rast'::name) from unnest(array['scene', 'still']::name[]) t`);
const { get } = server;

const detail = async (target: string): Promise<string> => {
  const problem: { readonly detail: string } = JSON.parse((await get(target)).body.toString());
  return problem.detail;
};

/** The grey of a pixel, 0 where it is transparent. */
async function grey(target: string, [column, row]: readonly [number, number]): Promise<number> {
  const answer = await get(target);
  expect(answer.status, `${target}: ${answer.body.subarray(0, 300).toString()}`).toBe(200);
  const { data, info } = await sharp(answer.body).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (row * info.width + column) * 4;
  return data[at + 3] === 0 ? 0 : (data[at] ?? -1);
}

const LOOK = 'rescale=0,255&categorical=false';
/** The same ground by each resource. */
const PLACES: readonly (readonly [path: string, pixel: readonly [number, number]])[] = [
  ['/collections/scene/map?width=16', [8, 8]],
  ['/collections/scene/map/tiles/WorldCRS84Quad/2/1/4?', [30, 230]],
  ['/map/tiles/WorldCRS84Quad/2/1/4?collections=scene', [30, 230]],
  ['/xyz/scene/3/4/3.png?', [30, 230]],
];

const CHOICES: readonly (readonly [query: string, grey: number])[] = [
  ['subset=cloud(10)', 50],
  ['subset=cloud(11:20)', 100],
  ['subset=cloud(60:*)', 150],
  ['subset=cloud(*:11)', 50],
  ['subset=cloud(*)', 150],
  ['subset=pressure(600:800),cloud(0:100)', 100],
  ['subset=pressure(500)&subset=cloud(*:*)', 50],
  ['subset=sensor("a")', 100],
  ['subset=sensor("A":"Z")', 50],
  ['subset=sensor("b":*)', 150],
  ['subset=is_night(true)', 100],
  ['subset=made("2021")', 100],
  ['subset=made("2020-05-05T10:00:00Z")', 50],
  ['subset=made("2021-06":"2022")', 150],
  ['subset=made(*)', 150],
  ['subset=day_only("2020-03-01")', 100],
  ['subset=day_only("2020-03":"2020-05")', 150],
  ['subset=time("2026-01")', 50],
  ['subset=datetime("2026-02-01")', 100],
  ['subset=time(*)', 150],
  ['datetime=2026-02', 100],
];

describe('a subset along time and further dimensions', () => {
  test.each(CHOICES)('%s', async (query, value) => {
    const encoded = query.replaceAll('"', '%22').replaceAll('ß', '%C3%9F');
    for (const [path, pixel] of PLACES) expect(await grey(`${path}&${LOOK}&${encoded}`, pixel), path).toBe(value);
  });

  test('a column has a parameter of its own name, also where the name means space', async () => {
    for (const [path, pixel] of PLACES.filter(([place]) => !place.startsWith('/map/'))) {
      expect(await grey(`${path}&${LOOK}&cloud=10`, pixel), path).toBe(50);
      expect(await grey(`${path}&${LOOK}&lat=14`, pixel), path).toBe(100);
    }
  });

  test.each([
    'subset=cloud(95)',
    'subset=cloud(30:60)',
    'subset=cloud(71:*)',
    'subset=sensor(%22Q%22)',
    'subset=made(%221999%22)',
    'subset=time(%221999%22)',
    'datetime=1999',
    'subset=cloud(10),pressure(501)',
  ])('%s is outside the data', async (query) => {
    for (const [path, pixel] of PLACES) {
      if (path.startsWith('/xyz/')) expect(await grey(`${path}&${LOOK}&${query}`, pixel), path).toBe(0);
      else expect((await get(`${path}&${query}`)).status, path).toBe(404);
    }
    const formula = `layers=a=scene&formula=a&${query}`;
    expect(await grey(`/algebra/3/4/3.png?${formula}`, [30, 230]), formula).toBe(0);
  });

  test('a map of several leaves out what has nothing at that time; what has no time is there at all times', async () => {
    const tile = '/map/tiles/WorldCRS84Quad/2/1/4?';
    for (const time of ['datetime=1999', 'subset=time(%221999%22)']) {
      expect((await get(`${tile}collections=scene&${time}`)).status, time).toBe(404);
      expect(await grey(`${tile}collections=scene,still&${LOOK}&${time}`, [30, 230]), time).toBe(0);
      expect(await grey(`${tile}collections=scene,still&${LOOK}&${time}`, [159, 210]), time).toBe(200);
    }
    expect(await grey(`${tile}collections=scene,still&${LOOK}&datetime=2026-02`, [30, 230])).toBe(100);
    expect(await grey(`${tile}collections=scene,still&${LOOK}&datetime=2026-02`, [159, 210])).toBe(200);
  });

  test('the answer says how far the data reach', async () => {
    await expect
      .poll(() => detail('/collections/scene/map?subset=cloud(95)'), { timeout: 15_000 })
      .toBe('Collection "scene" has nothing at cloud(95) along this axis, which reaches from 10 to 70');
  });

  test.each([
    'subset=wind(1)',
    'subset=cloud(much)',
    'subset=cloud(20:10)',
    'subset=made(%22soon%22)',
    'datetime=2026&subset=time(%222026%22)',
  ])('%s is refused', async (query) => {
    for (const [path] of PLACES) expect((await get(`${path}&${query}`)).status, path).toBe(400);
  });

  test('a tile takes no spatial axes; the CRS of heights changes nothing', async () => {
    expect(await detail('/collections/scene/map/tiles/WorldCRS84Quad/2/1/4?subset=Lat(1:2)')).toBe(
      'Cannot use Lat(1:2) with a tile: its address says where it lies',
    );
    expect((await get('/collections/scene/map/tiles/WorldCRS84Quad/2/1/4?subset=cloud(10)&subset-crs=[EPSG:4979]')).status).toBe(200);
  });

  test('what was added is found at once, although extents are kept', async () => {
    expect((await get('/collections/scene/map?subset=cloud(33)')).status).toBe(404);
    await server.database.query(
      `insert into scene select 4, '2026-01-15', 33, 'x', 1, null, null, false, 0, st_addband(st_makeemptyraster(16, 16, 0, 16, 1, -1, 0, 0, 4326), '8BUI'::text, 77, null)`,
    );
    expect(await grey(`/collections/scene/map?width=16&${LOOK}&subset=cloud(33)`, [8, 8])).toBe(77);
    await server.database.query('delete from scene where rid = 4');
  });
});

describe('a subset of everything', () => {
  const box = 'bbox=0,0,40,20&width=40&height=20';

  test('concerns what has the axis; what has none is shown', async () => {
    const target = `/map?collections=scene,still&${box}&${LOOK}&subset=cloud(10)`;
    expect(await grey(target, [8, 10])).toBe(50);
    expect(await grey(target, [28, 10])).toBe(200);
    const earlier = `/map?collections=scene,still&${box}&${LOOK}&subset=time(%222026-01%22)`;
    expect([await grey(earlier, [8, 10]), await grey(earlier, [28, 10])]).toEqual([50, 200]);
  });

  test('what has nothing there is left out; an axis that nothing has is refused', async () => {
    const target = `/map?collections=scene,still&${box}&${LOOK}&subset=cloud(95)`;
    expect([await grey(target, [8, 10]), await grey(target, [28, 10])]).toEqual([0, 200]);
    expect((await get('/map?collections=scene,still&subset=wind(1)')).status).toBe(400);
    expect((await get('/map?collections=scene&subset=cloud(95)')).status).toBe(404);
  });

  test('a map of what has no time is of the time asked for, else of all the time that the landing page tells', async () => {
    await expect
      .poll(async () => (await get('/map?collections=still&width=16')).headers['content-datetime'], { timeout: 15_000 })
      .toBe('2019-07-01T10:00:00Z/2027-01-01T00:00:00Z');
    expect((await get('/map?collections=still&width=16&datetime=2020-01-01T00:00:00Z')).headers['content-datetime']).toBe(
      '2020-01-01T00:00:00Z',
    );
    expect((await get('/collections/still/map?width=16')).headers['content-datetime']).toBeUndefined();
  });
});

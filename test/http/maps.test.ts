import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { pixelsOf, serveTables } from '../support/served-tables.ts';
import type { WireAnswer } from './bad-inputs/wire.ts';

// OGC API Maps 1.0 on a world of 2° cells with a corner left out, a national grid, and scenes with a time.

const server = serveTables(
  `${readFileSync(new URL('../../conformance/fixture.sql', import.meta.url), 'utf8')};
     create table island (rid int primary key, rast raster);
     insert into island select 1, st_addband(st_makeemptyraster(40, 20, -60, 30, 1, -1, 0, 0, 4326), array[
       row(1, '8BUI', 10, null), row(2, '8BUI', 20, null), row(3, '8BUI', 30, null)]::addbandarg[]);
     create table valley (rid int primary key, rast raster);
     insert into valley select 1, st_mapalgebra(st_addband(st_makeemptyraster(100, 50, 500000, 5300000, 100, -100, 0, 0, 25832), '16BSI'::text, 0, null), 1, '16BSI', '[rast.x] * 10');
     create table scene (rid int primary key, taken date, cloud float8, rast raster);
     insert into scene select n, d::date, n * 10, st_addband(st_makeemptyraster(16, 16, 0, 16, 1, -1, 0, 0, 4326), '8BUI'::text, v, null)
       from (values (1, '2026-01-01', 50), (2, '2026-02-01', 100), (3, '2026-03-01', 150)) s (n, d, v);
     select addrasterconstraints(t, 'rast'::name) from unnest(array['island', 'valley', 'scene']::name[]) t`,
);
const { get } = server;

const problem = (answer: WireAnswer): { readonly type: string; readonly detail: string } => JSON.parse(answer.body.toString());

describe('Maps core and collection map', () => {
  test('a collection is drawn in its own CRS with the place in the headers', async () => {
    const answer = await get('/collections/valley/map');
    const { width, height } = await pixelsOf(answer);
    expect([width, height]).toEqual([1024, 512]);
    expect(answer.headers['content-type']).toBe('image/png');
    expect(answer.headers['content-crs']).toBe('http://www.opengis.net/def/crs/EPSG/0/25832');
    expect(answer.headers['content-bbox']).toBe('500000,5295000,510000,5300000');
  });

  test('every raster links its map under both spellings of the relation, without a query', async () => {
    const document: { readonly links: readonly { readonly rel: string; readonly href: string; readonly type: string }[] } = JSON.parse(
      (await get('/collections/valley')).body.toString(),
    );
    for (const scheme of ['http', 'https']) {
      const link = document.links.find(
        ({ rel, type }) => rel === `${scheme}://www.opengis.net/def/rel/ogc/1.0/map` && type === 'image/png',
      );
      expect(link?.href).toBe(`${server.root}/collections/valley/map`);
      const tiles = document.links.find(({ rel }) => rel === `${scheme}://www.opengis.net/def/rel/ogc/1.0/tilesets-map`);
      expect(tiles?.href).toBe(`${server.root}/collections/valley/map/tiles`);
    }
  });

  test('the description has the CRSs and the box in that of the data; the service its limits', async () => {
    const document: {
      readonly crs: readonly string[];
      readonly storageCrs: string;
      readonly extent: { readonly spatial: { readonly storageCrsBbox: unknown } };
    } = JSON.parse((await get('/collections/valley')).body.toString());
    expect(document.storageCrs).toBe('http://www.opengis.net/def/crs/EPSG/0/25832');
    expect(document.crs).toEqual(expect.arrayContaining([document.storageCrs, 'http://www.opengis.net/def/crs/OGC/1.3/CRS84']));
    expect(document.extent.spatial.storageCrsBbox).toEqual([[500000, 5295000, 510000, 5300000]]);
    const api: { readonly info: { readonly 'x-OGC-limits': Readonly<Record<'maps' | 'tiles' | 'coverages' | 'rasters', object>> } } =
      JSON.parse((await get('/api?f=json')).body.toString());
    expect(api.info['x-OGC-limits'].maps).toEqual({ maxWidth: 16_383, maxHeight: 16_383, maxPixels: 16_777_216, maxCollections: 32 });
    expect(Object.keys(api.info['x-OGC-limits'].coverages)).toEqual(['maxCells']);
    expect(api.info['x-OGC-limits'].tiles).toEqual({ maxWidth: 2048, maxHeight: 2048, maxCollections: 32 });
    expect(api.info['x-OGC-limits'].rasters).toEqual({
      maxWidth: 16_383,
      maxHeight: 16_383,
      maxPixels: 16_777_216,
      maxSamples: 10_000,
      maxFeatures: 1000,
      maxPositions: 200_000,
      maxBodyBytes: 8_388_608,
      maxExpressionCharacters: 2000,
      maxExpressionNodes: 256,
      maxClipPositions: 50_000,
    });
  });

  test('a collection without rasters has none', async () => {
    expect((await get('/collections/places/map')).status).toBe(404);
    expect((await get('/collections/nope/map')).status).toBe(404);
  });

  test('people get a page with the picture', async () => {
    const answer = await get('/collections/valley/map?width=300', { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body.toString()).toContain('width=300&amp;f=png');
  });
});

describe('Maps dataset map and collections selection', () => {
  test('the landing page links it; it shows what is chosen, the first lowest', async () => {
    const landing: { readonly links: readonly { readonly rel: string; readonly href: string }[] } = JSON.parse(
      (await get('/?f=json')).body.toString(),
    );
    expect(landing.links.find(({ rel }) => rel.endsWith('/1.0/map'))?.href).toBe(`${server.root}/map`);
    const box = 'bbox=-60,10,-20,30&width=40&height=20';
    const over = await pixelsOf(await get(`/map?collections=elevation,island&${box}`));
    expect(over.at(20, 10)).toEqual([10, 20, 30, 255]);
    const under = await pixelsOf(await get(`/map?collections=island,elevation&${box}`));
    expect(under.at(20, 10)).not.toEqual([10, 20, 30, 255]);
    expect((await get('/map?bbox=-60,10,-20,30&width=40')).headers['content-crs']).toBe('http://www.opengis.net/def/crs/OGC/1.3/CRS84');
  });

  test('collections are ids or URLs of this server; others are a fault', async () => {
    const url = encodeURIComponent(`${server.root}/collections/island`);
    expect((await get(`/map?collections=${url}&width=40`)).status).toBe(200);
    expect(problem(await get('/map?collections=nope')).type).toMatch(/invalid-parameter$/);
    expect((await get(`/map?collections=${Array.from({ length: 1000 }, (_, i) => `c${i}`).join(',')}`)).status).toBe(400);
  });
});

describe('Maps scaling and display resolution', () => {
  test.each([
    ['width=300', [300, 150]],
    ['height=300', [600, 300]],
    ['width=10&height=77', [10, 77]],
    // 100 m a pixel: 1 : 357142.86 with pixels of 0.28 mm, 1 : 100,000 with those of 1 mm.
    ['scale-denominator=357142.857142857', [100, 50]],
    ['scale-denominator=100000&mm-per-pixel=1', [100, 50]],
    ['scale-denominator=357142.857142857&center=505000,5297500&center-crs=EPSG:25832&width=20&height=10', [20, 10]],
    ['scale-denominator=357142.857142857&width=20&height=10', [20, 10]],
    ['scale-denominator=357142.857142857&width=20', [20, 20]],
  ])('%s', async (query, size) => {
    const { width, height } = await pixelsOf(await get(`/collections/valley/map?${query}`));
    expect([width, height]).toEqual(size);
  });

  test('a center with a scale shows what lies around it', async () => {
    const answer = await get(
      '/collections/valley/map?scale-denominator=357142.857142857&center=505000,5297500&center-crs=EPSG:25832&width=20&height=10',
    );
    const bbox = String(answer.headers['content-bbox']).split(',').map(Number);
    // 20 × 10 pixels of 100 m of ground; on the middle meridian of UTM a metre of ground is 0.9996 m of the map.
    const [half, quarter] = [1000 * 0.9996, 500 * 0.9996];
    [505000 - half, 5297500 - quarter, 505000 + half, 5297500 + quarter].forEach((edge, i) => expect(bbox[i]).toBeCloseTo(edge, 3));
  });

  test('size and scale without a center show what lies around the middle of the data', async () => {
    const answer = await get('/collections/valley/map?scale-denominator=357142.857142857&width=20&height=10');
    const [west = 0, south = 0, east = 0, north = 0] = String(answer.headers['content-bbox']).split(',').map(Number);
    expect([(west + east) / 2, (south + north) / 2, east - west, north - south].map((n) => Math.round(n))).toEqual([
      505000, 5297500, 1999, 1000,
    ]);
  });

  test.each([
    // A degree of longitude is half as long at 60° as at the equator, and so is a metre of Mercator's.
    ['crs=[OGC:CRS84]&bbox=10,59.5,11,60.5', 111_320 / 2, 111_412],
    ['crs=[OGC:CRS84]&bbox=10,-0.5,11,0.5', 111_320, 110_574],
    ['crs=EPSG:3857&bbox=10,59.5,11,60.5', 111_320 / 2, 111_412],
    ['crs=EPSG:3395&bbox=10,59.5,11,60.5', 111_320 / 2, 111_412],
  ])('a scale is that of the ground at the middle: %s', async (area, across, up) => {
    // 1 : 1,000,000 with pixels of 1 mm: a kilometre each.
    const { width, height } = await pixelsOf(await get(`/collections/island/map?${area}&scale-denominator=1000000&mm-per-pixel=1`));
    expect([Math.abs(width - across / 1000), Math.abs(height - up / 1000)].every((difference) => difference < 1)).toBe(true);
  });

  test.each([
    'width=0',
    'width=-5',
    'width=1.5',
    'width=abc',
    'width=NaN',
    'height=',
    'scale-denominator=0',
    'scale-denominator=-1',
    'mm-per-pixel=0',
  ])('%s is refused', async (query) => {
    const answer = await get(`/collections/valley/map?${query}`);
    expect(answer.status).toBe(400);
    expect(problem(answer).type).toMatch(/invalid-parameter$/);
  });

  test.each(['width=100000', 'width=16384&height=16', 'width=4097&height=4096', 'scale-denominator=1'])(
    '%s is too large',
    async (query) => {
      expect((await get(`/collections/valley/map?${query}`)).status).toBe(413);
    },
  );
});

describe('Maps spatial subsetting and CRS', () => {
  test('the words of TiTiler say the same', async () => {
    for (const [words, standard] of [
      ['dst_crs=EPSG:3857&max_size=100', 'crs=EPSG:3857&width=100'],
      ['bbox=0,-10,20,10&coord_crs=EPSG:4326&max_size=64', 'bbox=-10,0,10,20&bbox-crs=EPSG:4326&width=64'],
      ['center=10,0&coord_crs=EPSG:4326&max_size=64', 'center=0,10&center-crs=EPSG:4326&width=64&height=64'],
    ] as const) {
      const [own, same] = [await get(`/collections/elevation/map?${words}`), await get(`/collections/elevation/map?${standard}`)];
      expect(own.status, own.body.subarray(0, 300).toString()).toBe(200);
      expect(own.headers['content-bbox'], words).toBe(same.headers['content-bbox']);
      expect(own.body.equals(same.body), words).toBe(true);
    }
    for (const twice of ['crs=EPSG:3857&dst_crs=EPSG:3857', 'bbox=0,0,9,9&bbox-crs=EPSG:4326&coord_crs=EPSG:4326'])
      expect(problem(await get(`/collections/elevation/map?${twice}`)).type).toMatch(/conflicting-parameters$/);
  });

  test('a bbox is in degrees unless its CRS is given, in that one’s axis order', async () => {
    const exact = (query: string) => get(`/collections/island/map?${query}&width=40&height=20`);
    for (const query of [
      'bbox=-60,10,-20,30',
      'bbox=10,-60,30,-20&bbox-crs=EPSG:4326',
      'subset=Lat(10:30),Lon(-60:-20)',
      'subset=Lat(*:30)&subset=Lon(-60:*)',
    ]) {
      const answer = await exact(query);
      expect(answer.headers['content-bbox'], query).toBe('-60,10,-20,30');
      expect((await pixelsOf(answer)).at(0, 0)).toEqual([10, 20, 30, 255]);
    }
  });

  test('the axis order of the answer is that of its CRS', async () => {
    const answer = await get('/collections/island/map?bbox=-60,10,-20,30&crs=http://www.opengis.net/def/crs/EPSG/0/4326&width=40');
    expect(answer.headers['content-crs']).toBe('http://www.opengis.net/def/crs/EPSG/0/4326');
    expect(answer.headers['content-bbox']).toBe('10,-60,30,-20');
  });

  test.each(['EPSG:3857', '[EPSG:3857]', 'https://www.opengis.net/def/crs/EPSG/0/3857', 'EPSG:3035', 'EPSG:3031', 'ESRI:54009'])(
    'the same ground is at the same place in %s',
    async (crs) => {
      const [width, height] = [400, 200];
      const answer = await get(`/collections/island/map?crs=${crs}&bbox=-70,5,-10,35&width=${width}&height=${height}`);
      const pixels = await pixelsOf(answer);
      const [row] = await server.database.query(
        `select st_x(p) x, st_y(p) y from st_transform(st_setsrid(st_makepoint(-40, 20), 4326), ${/(\d+)\]?$/.exec(crs)?.[1] ?? 0}) p`,
      );
      const numbers = String(answer.headers['content-bbox']).split(',').map(Number);
      const [west = 0, south = 0, east = 0, north = 0] = crs === 'EPSG:3035' ? [numbers[1], numbers[0], numbers[3], numbers[2]] : numbers;
      const column = Math.floor(((Number(row?.['x']) - west) / (east - west)) * width);
      const line = Math.floor(((north - Number(row?.['y'])) / (north - south)) * height);
      expect(pixels.at(column, line)).toEqual([10, 20, 30, 255]);
      expect(pixels.at(0, 0)[3] ?? 255).toBeLessThanOrEqual(255);
    },
  );

  test('outside the data a bbox is blank and a subset is not there', async () => {
    expect((await pixelsOf(await get('/collections/island/map?bbox=100,10,120,20&width=20'))).at(5, 5)[3]).toBe(0);
    expect((await get('/collections/island/map?subset=Lat(60:70),Lon(100:110)')).status).toBe(404);
  });

  test('a box across the antimeridian, and one wider than the world', async () => {
    const across = await pixelsOf(await get('/collections/elevation/map?bbox=170,-10,-170,10&width=40&height=40&rescale=0,1000'));
    for (const column of [1, 19, 20, 38]) expect(across.at(column, 20)[3]).toBe(255);
    const east = await pixelsOf(await get('/collections/elevation/map?bbox=170,-10,180,10&width=20&height=40&rescale=0,1000'));
    const west = await pixelsOf(await get('/collections/elevation/map?bbox=-180,-10,-170,10&width=20&height=40&rescale=0,1000'));
    for (const column of [1, 10, 17]) {
      expect(across.at(column, 20)).toEqual(east.at(column, 20));
      expect(across.at(column + 20, 20)).toEqual(west.at(column, 20));
    }
    expect(
      (
        await get(
          '/collections/elevation/map?bbox=-30000000,-20000000,30000000,20000000&bbox-crs=EPSG:3857&crs=EPSG:3857&width=300&height=200',
        )
      ).status,
    ).toBe(200);
  });

  test.each([
    ['EPSG:3857', [19_480_910.894, -557_305.257, 20_594_105.803, 557_305.257]],
    ['EPSG:3395', [19_480_910.894, -553_583.847, 20_594_105.803, 553_583.847]],
    ['EPSG:4087', [19_480_910.894, -556_597.454, 20_594_105.803, 556_597.454]],
    // Cut in the Pacific at 150° + 180°, so that nothing is to be unrolled.
    ['EPSG:3832', [2_782_987.27, -553_583.847, 3_896_182.178, 553_583.847]],
  ])('a box across the antimeridian goes on beyond it in %s', async (crs, expected) => {
    const answer = await get(`/collections/elevation/map?bbox=175,-5,-175,5&crs=${crs}&width=20&height=20`);
    const numbers = String(answer.headers['content-bbox']).split(',').map(Number);
    expect(numbers.map((edge, i) => Math.abs(edge - (expected[i] ?? Number.NaN)) < 0.01)).toEqual([true, true, true, true]);
  });

  test.each([
    ['bbox=0,0,1,1&center=1,1', 'conflicting-parameters'],
    ['bbox=0,0,1,1&subset=Lat(0:1)', 'conflicting-parameters'],
    ['scale-denominator=1000&width=10&bbox=0,0,1,1', 'conflicting-parameters'],
    ['scale-denominator=1000&width=10&subset=Lat(0:1),Lon(0:1)', 'conflicting-parameters'],
    ['bbox-crs=EPSG:99999999&bbox=0,0,1,1', 'unsupported-crs'],
    ['crs=EPSG:999998', 'unsupported-crs'],
    ['crs=foo', 'unsupported-crs'],
    ['subset=Foo(1:2)', 'invalid-parameter'],
    ['subset=Lat(2:1)', 'invalid-parameter'],
    ['subset=Lat(20)', 'invalid-parameter'],
    ['subset=E(1:2)&subset-crs=OGC:CRS84', 'invalid-parameter'],
    ['subset=Lat(0:1', 'invalid-parameter'],
    ['bbox=0,0,0,1', 'invalid-parameter'],
    ['bbox=0,1,1,0', 'invalid-parameter'],
    ['f=image/gif', 'invalid-parameter'],
    ['bgcolor=notacolor', 'invalid-parameter'],
    ['bgcolor=0xGGGGGG', 'invalid-parameter'],
    ['transparent=TRUE', 'invalid-parameter'],
    ['orientation=north', 'invalid-parameter'],
    ['foo=1', 'unknown-parameter'],
  ])('%s is %s', async (query, slug) => {
    const answer = await get(`/collections/island/map?${query}`);
    expect(answer.status).toBe(400);
    expect(problem(answer).type).toMatch(new RegExp(`/${slug}$`));
  });
});

describe('Maps background', () => {
  const corner = async (query: string, f = 'png') =>
    (await pixelsOf(await get(`/collections/island/map?bbox=-180,-90,180,90&width=400&height=200&f=${f}${query}`))).at(10, 10);

  test.each(['CC00CC', '0xCC00CC', '0xcc00cc'])('%s fills what has no data', async (color) => {
    expect(await corner(`&bgcolor=${color}`)).toEqual([204, 0, 204, 255]);
  });

  test('names, transparency and both together', async () => {
    expect(await corner('&bgcolor=Red')).toEqual([255, 0, 0, 255]);
    expect((await corner(''))[3]).toBe(0);
    expect((await corner('&bgcolor=red&transparent=true'))[3]).toBe(0);
    expect(await corner('&transparent=false')).toEqual([255, 255, 255, 255]);
    expect(await corner('', 'image/jpeg')).toEqual([255, 255, 255, 255]);
  });

  test('outside the area of a projection the void colour lies', async () => {
    const map = (query: string) => get(`/map?collections=island&crs=ESRI:54009&bbox=-180,-90,180,90&width=200&height=100${query}`);
    const plain = await pixelsOf(await map('&bgcolor=0x0000FF&void-color=0xFF0000'));
    expect(plain.at(2, 2)).toEqual([255, 0, 0, 255]);
    expect(plain.at(100, 80)).toEqual([0, 0, 255, 255]);
    const open = await pixelsOf(await map('&bgcolor=0x0000FF&void-transparent=true'));
    expect(open.at(2, 2)[3]).toBe(0);
    expect(open.at(100, 80)).toEqual([0, 0, 255, 255]);
    const follows = await pixelsOf(await map('&bgcolor=0x0000FF'));
    expect(follows.at(2, 2)).toEqual([0, 0, 255, 255]);
  });

  test('map tiles have it too', async () => {
    const tile = (query: string) => get(`/collections/island/map/tiles/WebMercatorQuad/1/0/0?${query}`);
    expect((await pixelsOf(await tile('bgcolor=red'))).at(2, 2)).toEqual([255, 0, 0, 255]);
    expect((await pixelsOf(await tile('bgcolor=red&transparent=true'))).at(2, 2)[3]).toBe(0);
  });
});

describe('Maps datetime and general subsetting', () => {
  const value = async (query: string) =>
    (await pixelsOf(await get(`/collections/scene/map?width=16&rescale=0,255&categorical=false${query}`))).at(8, 8)[0];

  test('the newest row lies on top unless a time is asked for', async () => {
    expect(await value('')).toBe(150);
    expect(await value('&datetime=2026-02-01')).toBe(100);
    expect(await value('&datetime=../2026-02-15')).toBe(100);
    expect(await value('&datetime=2026-01')).toBe(50);
    expect(await value('&subset=time(%222026-01-01%22:%222026-01-31%22)')).toBe(50);
    expect(await value('&subset=time(*)')).toBe(150);
    expect(await value('&pixel_selection=mean')).toBe(100);
  });

  test('the answer says its time', async () => {
    expect((await get('/collections/scene/map')).headers['content-datetime']).toBe('2026-01-01T00:00:00Z/2026-03-01T00:00:00Z');
    expect((await get('/collections/scene/map?datetime=2026-02-01T00:00:00Z')).headers['content-datetime']).toBe('2026-02-01T00:00:00Z');
    expect((await get('/collections/scene/map?datetime=2026-02-01T00:00:00Z/..')).headers['content-datetime']).toBe(
      '2026-02-01T00:00:00Z/2026-03-01T00:00:00Z',
    );
    expect((await get('/collections/scene/map?datetime=../..')).headers['content-datetime']).toBe(
      '2026-01-01T00:00:00Z/2026-03-01T00:00:00Z',
    );
    expect((await get('/collections/scene/map?datetime=/')).headers['content-datetime']).toBe('2026-01-01T00:00:00Z/2026-03-01T00:00:00Z');
  });

  test('a time outside the data is not there; two times are a conflict; others have no time', async () => {
    expect((await get('/collections/scene/map?datetime=1990')).status).toBe(404);
    expect(problem(await get('/collections/scene/map?datetime=2026&subset=time(%222026%22)')).type).toMatch(/conflicting-parameters$/);
    expect((await get('/collections/island/map?subset=time(%222026%22)')).status).toBe(400);
    expect((await get('/collections/scene/map?datetime=yesterday')).status).toBe(400);
  });

  const numbersOfTiles = (query: string) =>
    Promise.all(
      ['/collections/scene/map/tiles/WorldCRS84Quad/2/1/4', '/xyz/scene/3/4/3.png'].map(
        async (path) => (await pixelsOf(await get(`${path}?rescale=0,255&categorical=false&${query}`))).at(30, 230)[0],
      ),
    );

  test('other columns are axes', async () => {
    expect(await value('&subset=cloud(10)')).toBe(50);
    expect(await value('&subset=cloud(5:25)')).toBe(100);
    expect(await value('&cloud=20')).toBe(100);
    expect((await numbersOfTiles('cloud=10')).every((level) => level === 50)).toBe(true);
    expect((await get('/collections/scene/map?wind=10')).status).toBe(400);
    expect((await get('/collections/scene/map?cloud=much')).status).toBe(400);
    expect((await get('/collections/scene/map/tiles/WorldCRS84Quad/2/1/4?wind=10')).status).toBe(400);
    expect((await get('/collections/scene/map?subset=wind(10)')).status).toBe(400);
    expect((await get('/collections/scene/map?subset=cloud(low)')).status).toBe(400);
  });
});

describe('Maps orientation', () => {
  test('turns the content counter-clockwise about the middle; the box is that before', async () => {
    // One bright corner: north-east before, north-west after a quarter turn.
    const query = 'bbox=-20,10,20,50&width=40&height=40&bgcolor=black';
    const flat = await get(`/collections/scene/map?${query}&colormap_name=gray&rescale=0,150&categorical=false`);
    const turned = await get(`/collections/scene/map?${query}&colormap_name=gray&rescale=0,150&categorical=false&orientation=90`);
    expect(turned.headers['content-bbox']).toBe(flat.headers['content-bbox']);
    expect(turned.headers['content-orientation']).toBe('90');
    const [before, after] = [await pixelsOf(flat), await pixelsOf(turned)];
    for (const [column, row] of [
      [28, 37],
      [10, 37],
      [22, 35],
      [5, 5],
      [36, 39],
    ] as const) {
      expect(after.at(row, 39 - column), `${column} ${row}`).toEqual(before.at(column, row));
    }
    expect(before.at(28, 37)).toEqual([255, 255, 255, 255]);
  });
});

describe('Maps in the words of TiTiler and django-raster', () => {
  test('a formula over collections of different CRS and resolution', async () => {
    const box = 'bbox=9,47.8,9.1,47.84&width=40&height=20';
    const sum = await pixelsOf(await get(`/map?layers=a=elevation,b=valley&formula=a*0%2Bb&rescale=0,1000&${box}`));
    const alone = await pixelsOf(await get(`/collections/valley/map?crs=OGC:CRS84&rescale=0,1000&${box}`));
    for (const [column, row] of [
      [2, 2],
      [20, 10],
      [37, 14],
    ] as const) {
      expect(sum.at(column, row)[3]).toBe(255);
      expect(Math.abs((sum.at(column, row)[0] ?? 0) - (alone.at(column, row)[0] ?? 255))).toBeLessThanOrEqual(1);
    }
    expect((await get(`/map?layers=a=nope&formula=a&${box}`)).status).toBe(400);
    expect((await get(`/map?layers=a=elevation&formula=a%2Bc&${box}`)).status).toBe(400);
    expect((await get(`/map?layers=a:7=elevation&formula=a&${box}`)).status).toBe(400);
  });

  test('expressions, ranges and colour maps', async () => {
    const twice = await pixelsOf(await get('/collections/scene/map?width=16&expression=b1*2&rescale=0,300'));
    expect(twice.at(8, 8)).toEqual([255, 255, 255, 255]);
    const viridis = await pixelsOf(await get('/collections/scene/map?width=16&rescale=0,150&colormap_name=viridis&categorical=false'));
    expect(viridis.at(8, 8)).toEqual([253, 231, 36, 255]);
    expect((await get('/collections/scene/map?bidx=2')).status).toBe(400);
    expect(problem(await get('/collections/scene/map?expression=b1%2B')).detail).toContain('b1+');
  });
});

describe('Maps clipped by a feature', () => {
  test('show only what lies within it, or around it', async () => {
    await server.database.query(
      `create table shape (id int primary key, geom geometry(Geometry, 4326));
       insert into shape values (1, st_makeenvelope(-50, 15, -40, 25, 4326)), (2, st_setsrid(st_makepoint(-40, 20), 4326)),
         (3, st_segmentize(st_makeenvelope(-50, 15, -40, 25, 4326), 0.0005));
       grant select on shape to public; notify graticule`,
    );
    const box = 'bbox=-60,10,-20,30&width=40&height=20';
    await expect.poll(async () => (await get(`/collections/island/map?${box}&clip=shape/1`)).status, { timeout: 15_000 }).toBe(200);
    const cut = await pixelsOf(await get(`/collections/island/map?${box}&clip=shape/1`));
    expect([cut.at(15, 10)[3], cut.at(25, 10)[3], cut.at(15, 2)[3]]).toEqual([255, 0, 0]);
    const around = await pixelsOf(await get(`/collections/island/map?${box}&clip=shape/2&clip-buffer=300km`));
    expect([around.at(20, 10)[3], around.at(22, 10)[3], around.at(24, 10)[3]]).toEqual([255, 255, 0]);
    expect((await get('/collections/island/map?clip=shape/2')).status).toBe(400);
    expect((await get('/collections/island/map?clip=shape/3')).status).toBe(413);
    expect((await get('/collections/island/map?clip=shape/3&clip-buffer=300km')).status).toBe(413);
    expect((await get('/collections/island/map?clip=shape/9')).status).toBe(400);
    expect((await get('/collections/island/map?clip=nope/1')).status).toBe(400);
    expect((await get('/collections/island/map?clip-buffer=5m')).status).toBe(400);
    expect((await get('/collections/island/map?clip=shape/1&clip-buffer=far')).status).toBe(400);
  });

  test('so do coverages: the area is that of the feature', async () => {
    const {
      domain,
      ranges,
    }: {
      readonly domain: { readonly axes: Readonly<Record<string, { readonly num: number }>> };
      readonly ranges: Readonly<Record<string, { readonly values: readonly (number | null)[] }>>;
    } = JSON.parse((await get('/collections/island/coverage?clip=shape/1&f=coveragejson')).body.toString());
    expect([domain.axes['x']?.num, domain.axes['y']?.num]).toEqual([10, 10]);
    expect(ranges['b1']?.values.every((value) => value === 10)).toBe(true);
    const round: typeof ranges = JSON.parse(
      (await get('/collections/island/coverage?clip=shape/2&clip-buffer=300km&f=coveragejson')).body.toString(),
    ).ranges;
    expect(round['b1']?.values[0]).toBeNull();
    expect(round['b1']?.values.filter((value) => value === 10).length).toBeGreaterThan(10);
  });
});

describe('Maps encodings', () => {
  test('PNG, JPEG, WebP and TIFF are what they say', async () => {
    for (const [f, type, format] of [
      ['png', 'image/png', 'png'],
      ['image/png', 'image/png', 'png'],
      ['jpeg', 'image/jpeg', 'jpeg'],
      ['image/jpeg', 'image/jpeg', 'jpeg'],
      ['webp', 'image/webp', 'webp'],
      ['tiff', 'image/tiff', 'tiff'],
      ['image/tiff', 'image/tiff', 'tiff'],
    ] as const) {
      const answer = await get(`/collections/picture/map?width=60&f=${encodeURIComponent(f)}`);
      expect(answer.headers['content-type']).toBe(type);
      expect((await sharp(answer.body).metadata()).format).toBe(format);
    }
    const { channels } = await sharp((await get('/collections/elevation/map?width=60&f=tiff')).body).metadata();
    expect(channels).toBe(4);
  });
});

describe('Maps tilesets', () => {
  test('the range of values that colours stand for is told, the same by map, tile and TileJSON', async () => {
    const tileJsonAt = '/collections/valley/map/tiles/WebMercatorQuad/tilejson.json';
    const { rescale: [usual = []] = [] }: { readonly rescale?: readonly (readonly number[])[] } = JSON.parse(
      (await get(tileJsonAt)).body.toString(),
    );
    expect(usual[0]).toBeGreaterThanOrEqual(10);
    expect(usual[1]).toBeLessThanOrEqual(1000);
    expect(usual[0]).toBeLessThan(usual[1] ?? 0);
    for (const target of [
      '/collections/valley/map?width=50',
      '/collections/valley/map/tiles/WebMercatorQuad/8/89/134',
      '/xyz/valley/8/134/89.png',
    ])
      expect((await get(target)).headers['values-range'], target).toBe(usual.join(','));
    expect(JSON.parse((await get(`${tileJsonAt}?rescale=min,max`)).body.toString())).toMatchObject({ rescale: [[10, 1000]] });
    expect((await get('/collections/valley/map?width=50&rescale=5,90')).headers['values-range']).toBe('5,90');
    expect((await get('/collections/island/map?width=50')).headers['values-range']).toBe('0,255,0,255,0,255');
    const ofSeveral = await get('/map?collections=island,valley&width=50');
    expect(ofSeveral.headers['values-range']).toBeUndefined();
  });

  test('of a collection and of everything are linked and answer', async () => {
    const tile = await pixelsOf(await get('/map/tiles/WebMercatorQuad/0/0/0?collections=island'));
    expect(tile.at(100, 115)).toEqual([10, 20, 30, 255]);
    const list: { readonly tilesets: readonly { readonly dataType: string }[] } = JSON.parse(
      (await get('/map/tiles?f=json')).body.toString(),
    );
    expect(list.tilesets[0]?.dataType).toBe('map');
    const landing: { readonly links: readonly { readonly rel: string; readonly href: string }[] } = JSON.parse(
      (await get('/?f=json')).body.toString(),
    );
    expect(landing.links.some(({ rel, href }) => rel.endsWith('/tilesets-map') && href === `${server.root}/map/tiles`)).toBe(true);
  });

  test('a look is carried into the links of its tiles', async () => {
    const tileset: { readonly links: readonly { readonly rel: string; readonly href: string }[] } = JSON.parse(
      (await get('/collections/elevation/map/tiles/WebMercatorQuad?rescale=0,900&colormap_name=viridis&f=json')).body.toString(),
    );
    expect(tileset.links.find(({ rel }) => rel === 'item')?.href).toContain('rescale=0,900&colormap_name=viridis');
    const tileJson: { readonly tiles: readonly string[] } = JSON.parse(
      (await get('/collections/elevation/map/tiles/WebMercatorQuad/tilejson.json?bidx=1&rescale=0,900')).body.toString(),
    );
    expect(tileJson.tiles[0]).toContain('bidx=1&rescale=0,900&f=png');
  });

  test('the size of tiles is chosen', async () => {
    for (const [target, size] of [
      ['/collections/island/map/tiles/WebMercatorQuad/1/0/0?tilesize=512', 512],
      ['/xyz/island/1/0/0.png?tilesize=128', 128],
      ['/xyz/island/1/0/0@2x.png', 512],
      ['/collections/island/map/tiles/WebMercatorQuad/1/0/0?width=100&height=100&mm-per-pixel=0.5', 100],
    ] as const) {
      const { width, height } = await pixelsOf(await get(target));
      expect([width, height]).toEqual([size, size]);
    }
  });

  test('pixels of a tile need not be square; too many are refused', async () => {
    const { width, height, at } = await pixelsOf(await get('/collections/island/map/tiles/WebMercatorQuad/1/0/0?width=64&height=200'));
    expect([width, height]).toEqual([64, 200]);
    expect(at(50, 180)).toEqual([10, 20, 30, 255]);
    expect((await get('/collections/island/map/tiles/WebMercatorQuad/1/0/0?width=100000')).status).toBe(413);
    expect((await get('/collections/island/map/tiles/WebMercatorQuad/1/0/0?tilesize=0')).status).toBe(400);
  });

  test('a buffer shows what neighbours show', async () => {
    const look = 'rescale=0,1000&categorical=false';
    const grown = await pixelsOf(await get(`/collections/elevation/map/tiles/WorldCRS84Quad/1/0/1?buffer=10&padding=3&${look}`));
    expect([grown.width, grown.height]).toEqual([276, 276]);
    const own = await pixelsOf(await get(`/collections/elevation/map/tiles/WorldCRS84Quad/1/0/1?${look}`));
    const east = await pixelsOf(await get(`/collections/elevation/map/tiles/WorldCRS84Quad/1/0/2?${look}`));
    for (const row of [0, 100, 255]) {
      expect(grown.at(10, row + 10)).toEqual(own.at(0, row));
      expect(grown.at(270, row + 10)).toEqual(east.at(4, row));
    }
  });

  test('two tiles and the map of both agree pixel by pixel', async () => {
    const look = 'rescale=0,1000&colormap_name=viridis';
    const west = await pixelsOf(await get(`/collections/elevation/map/tiles/WorldCRS84Quad/1/0/1?${look}`));
    const east = await pixelsOf(await get(`/collections/elevation/map/tiles/WorldCRS84Quad/1/0/2?${look}`));
    const both = await pixelsOf(await get(`/collections/elevation/map?bbox=-90,0,90,90&width=512&height=256&${look}`));
    for (let row = 0; row < 256; row += 5) {
      for (let column = 0; column < 256; column += 3) {
        expect(both.at(column, row)).toEqual(west.at(column, row));
        expect(both.at(column + 256, row)).toEqual(east.at(column, row));
      }
    }
  });
});

describe('Maps API operations and CORS', () => {
  test('operations have the names and parameters of the standard', async () => {
    const api: {
      readonly paths: Readonly<
        Record<string, { readonly get: { readonly operationId: string; readonly parameters: readonly { readonly name: string }[] } }>
      >;
    } = JSON.parse((await get('/api?f=json')).body.toString());
    for (const [path, suffix] of [
      ['/map', '.dataset.getMap'],
      ['/collections/{collectionId}/map', '.collection.getMap'],
      ['/collections/{collectionId}/map/tiles', '.collection.map.getTileSetsList'],
      ['/collections/{collectionId}/map/tiles/{tileMatrixSetId}', '.collection.map.getTileSet'],
      ['/collections/{collectionId}/map/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}', '.collection.map.getTile'],
      ['/map/tiles', '.dataset.map.getTileSetsList'],
    ] as const) {
      expect(api.paths[path]?.get.operationId.endsWith(suffix), path).toBe(true);
    }
    const names = api.paths['/map']?.get.parameters.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'bbox',
        'bbox-crs',
        'crs',
        'width',
        'height',
        'scale-denominator',
        'mm-per-pixel',
        'center',
        'center-crs',
        'subset',
        'subset-crs',
        'datetime',
        'bgcolor',
        'transparent',
        'void-color',
        'void-transparent',
        'orientation',
        'collections',
        'f',
      ]),
    );
  });

  test('maps and tilesets answer other origins', async () => {
    for (const target of [
      '/map?width=10',
      '/collections/island/map?width=10',
      '/collections/island/map/tiles',
      '/collections/island/map?width=0',
    ]) {
      expect((await get(target, { Origin: 'https://example.com' })).headers['access-control-allow-origin']).toBe('*');
    }
  });
});

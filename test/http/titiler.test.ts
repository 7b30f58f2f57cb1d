import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { pixelsOf, serveTables, type Pixels } from '../support/served-tables.ts';

// The addresses and parameters of TiTiler 2.4 (titiler.core.factory.TilerFactory, dependencies.py), with the collection
// in the path where TiTiler has ?url=.

/** One-degree cells, 8 × 6, from 10° east and 50° north; the first has no data, the second is infinite, others are column + 10 · row. */
const [WIDTH, HEIGHT] = [8, 6];
const BOX = '11,45,15,49';

const server = serveTables(`create table hills (rid int primary key, rast raster);
     insert into hills select 1, st_setvalues(
       st_addband(st_makeemptyraster(${WIDTH}, ${HEIGHT}, 10, 50, 1, -1, 0, 0, 4326), '32BF'::text, 0, -1), 1, 1, 1,
       (select array_agg(line order by j) from (select j,
          array_agg(case when i + j = 0 then -1 when i = 1 and j = 0 then 12345.5 else i + 10 * j end order by i)::float8[] as line
         from generate_series(0, ${WIDTH - 1}) i, generate_series(0, ${HEIGHT - 1}) j group by j) lines));
     -- PostGIS stores infinity, but nothing of it writes any: 12345.5 becomes infinity in the bytes.
     update hills set rast = replace(rast::text, '00E64046', '0000807F')::raster;
     select addrasterconstraints('hills'::name, 'rast'::name)`);

const POLYGON = {
  type: 'Polygon',
  coordinates: [
    [
      [11, 45],
      [15, 45],
      [15, 49],
      [11, 49],
      [11, 45],
    ],
  ],
};

const get = (path: string): Promise<Response> => fetch(`${server.root}/collections/hills${path}`);

const post = (path: string): Promise<Response> =>
  fetch(`${server.root}/collections/hills${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/geo+json' },
    body: JSON.stringify(POLYGON),
  });

const pixels = async (response: Response): Promise<Pixels> =>
  pixelsOf({ status: response.status, body: Buffer.from(await response.arrayBuffer()) });

const EXTENSIONS = [
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['webp', 'image/webp'],
  ['avif', 'image/avif'],
  ['tif', 'image/tiff; application=geotiff'],
  ['tiff', 'image/tiff; application=geotiff'],
  ['npy', 'application/x-binary'],
  ['asc', 'text/plain'],
  ['xyz', 'text/plain'],
  ['raw', 'application/octet-stream'],
  ['bin', 'application/octet-stream'],
] as const;

describe.each(EXTENSIONS)('.%s', (extension, type) => {
  test.each([
    ['GET', `/preview.${extension}`],
    ['GET', `/preview/16x12.${extension}`],
    ['GET', `/bbox/${BOX}.${extension}`],
    ['GET', `/bbox/${BOX}/16x16.${extension}`],
    ['POST', `/feature.${extension}`],
    ['POST', `/feature/16x16.${extension}`],
  ])('%s %s', async (method, path) => {
    const response = await (method === 'GET' ? get(path) : post(path));
    expect([response.status, response.headers.get('content-type')?.startsWith(type)]).toEqual([200, true]);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
  });
});

test('info.geojson is info?f=geojson', async () => {
  const [theirs, ours] = await Promise.all([get('/info.geojson'), get('/info?f=geojson')]);
  expect(theirs.headers.get('content-type')).toBe('application/geo+json');
  const [first, second]: readonly unknown[] = [await theirs.json(), await ours.json()];
  expect(first).toMatchObject({ type: 'Feature', geometry: { type: 'Polygon' }, properties: { width: WIDTH, height: HEIGHT } });
  expect(Object(first).geometry).toEqual(Object(second).geometry);
});

describe('what lies under a picture', () => {
  const look = 'rescale=0,60&resampling=nearest';

  test.each(['/preview', '/bbox/10,44,18,50', '/feature'])('%s has the colour of bgcolor where nothing is', async (path) => {
    const ask = path === '/feature' ? post : get;
    const { at, width } = await pixels(await ask(`${path}?${look}&bgcolor=ff0000`));
    const [column, row] = width === WIDTH ? [0, 0] : [3, 3];
    expect(at(column, row)).toEqual(width === WIDTH ? [255, 0, 0, 255] : [187, 187, 187, 255]);
  });

  test('is nothing unless asked for, white with transparent=false', async () => {
    expect((await pixels(await get(`/preview?${look}`))).at(0, 0)[3]).toBe(0);
    expect((await pixels(await get(`/preview?${look}&transparent=false`))).at(0, 0)).toEqual([255, 255, 255, 255]);
    expect((await pixels(await get(`/preview/160x120.jpg?${look}&bgcolor=0000ff`))).at(5, 5)[2]).toBeGreaterThan(240);
  });

  test('is black without a mask, where there is no pixel at all too', async () => {
    expect((await pixels(await get(`/preview?${look}&return_mask=false`))).at(0, 0)).toEqual([0, 0, 0, 255]);
    const nowhere = await pixels(await get(`/bbox/100,10,101,11/4x4.png?${look}&return_mask=false`));
    expect(nowhere.at(1, 1)).toEqual([0, 0, 0, 255]);
    expect((await pixels(await get(`/bbox/100,10,101,11/4x4.png?${look}`))).at(1, 1)[3]).toBe(0);
  });
});

describe('nodata', () => {
  const alphas = async (nodata: string): Promise<readonly (number | undefined)[]> => {
    const { at } = await pixels(await get(`/preview?resampling=nearest&rescale=0,60&nodata=${nodata}`));
    return [at(0, 0)[3], at(1, 0)[3], at(2, 0)[3]];
  };

  test.each([
    ['2', [255, 255, 0]],
    ['nan', [255, 255, 255]],
    ['-inf', [255, 255, 255]],
  ])('%s', async (nodata, expected) => {
    expect(await alphas(nodata)).toEqual(expected);
  });

  test('of infinity hides what is infinite', async () => {
    expect(await alphas('inf')).toEqual([255, 0, 255]);
  });

  test('that is no number is refused', async () => {
    const response = await get('/preview?nodata=infinite');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('expected a number, nan, inf or -inf');
  });
});

describe('a point', () => {
  test('takes resampling for interpolation', async () => {
    const [nearest, bilinear]: readonly unknown[] = await Promise.all(
      ['nearest', 'bilinear'].map(async (word) => (await get(`/point/13,47.5?resampling=${word}`)).json()),
    );
    expect(nearest).toMatchObject({ values: [23] });
    expect(bilinear).toMatchObject({ values: [22.5] });
    expect((await get('/point/13,47.5?resampling=nearest&interpolation=nearest')).status).toBe(400);
  });
});

describe('statistics', () => {
  const statistics = async (query: string): Promise<unknown> => (await get(`/statistics?nodata=inf&${query}`)).json();

  test('take edges of bins in place of their number, the last closed, as numpy.histogram has them', async () => {
    // Without infinity the cells hold -1 (the band's own nodata value, which `nodata` replaces), 2 … 7, 10 … 17, up to 50 … 57.
    expect(await statistics('histogram_bins=0,10,25,57')).toMatchObject({
      b1: {
        histogram: [
          [6, 13, 27],
          [0, 10, 25, 57],
        ],
      },
    });
  });

  test.each(['5,5', '9,1', '0', '1.5', '', '1,x', '1,,2'])('refuse histogram_bins=%s', async (bins) => {
    expect(await statistics(`histogram_bins=${bins}`)).toMatchObject({ status: 400, detail: expect.stringContaining('histogram_bins') });
  });
});

describe('the buffer of a tile', () => {
  const tile = (query: string): Promise<Response> => get(`/map/tiles/WorldCRS84Quad/3/2/8?f=png&tilesize=64&rescale=0,60${query}`);

  test('may be half a pixel, as for heights with a row and a column more', async () => {
    const { width, height } = await pixels(await tile('&buffer=0.5'));
    expect([width, height]).toEqual([65, 65]);
  });

  test.each(['0.25', '-1', '129', 'x'])('of %s is refused', async (buffer) => {
    const response = await tile(`&buffer=${buffer}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('expected a multiple of 0.5 from 0 to 128');
  });
});

describe('tilejson.json', () => {
  const tileJson = async (query: string): Promise<unknown> => (await get(`/map/tiles/WebMercatorQuad/tilejson.json?${query}`)).json();

  test('takes zoom levels and a format, which its tiles need not know', async () => {
    expect(await tileJson('minzoom=3&maxzoom=9&tile_format=jpg&rescale=0,60&tilesize=512')).toMatchObject({
      minzoom: 3,
      maxzoom: 9,
      tiles: [`${server.root}/collections/hills/map/tiles/WebMercatorQuad/{z}/{y}/{x}?rescale=0,60&tilesize=512&f=jpeg`],
    });
  });

  test('has to have a zoom level left', async () => {
    expect(await tileJson('minzoom=9&maxzoom=3')).toMatchObject({ status: 400, detail: expect.stringContaining('from 9 to 3') });
  });
});

describe('a tile', () => {
  // The tile of zoom 4 that holds 11.25° to 22.5° east and 40.98° to 48.92° north, in 4 × 4 pixels.
  const AT = '/xyz/hills/5/17/11';

  test('as NumPy has the numbers that the picture shows, and a mask', async () => {
    const response = await fetch(`${server.root}${AT}.npy?tilesize=4&resampling=nearest`);
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
      200,
      'application/x-binary',
      null,
    ]);
    const bytes = Buffer.from(await response.arrayBuffer());
    const header = bytes.toString('latin1', 10, 10 + bytes.readUInt16LE(8));
    expect(header).toContain("'shape': (2, 4, 4)");
    expect(header).toContain("'<f4'");
    const [expected] = (await (await get('/point/12.65625,47.98')).json()).values;
    expect(bytes.readFloatLE(10 + header.length)).toBe(expected);
  });

  test('as GeoTIFF holds what is computed', async () => {
    const response = await fetch(`${server.root}${AT}@2x.tif?tilesize=4&expression=b1*0%2B7;b1*2&buffer=1`);
    expect(response.headers.get('content-type')).toBe('image/tiff; application=geotiff');
    const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect([width, height]).toEqual([10, 10]);
  });

  test('of a formula holds it too, and of several layers each', async () => {
    const numbers = async (query: string): Promise<readonly [header: string, first: number]> => {
      const response = await fetch(`${server.root}/algebra/5/17/11.npy?tilesize=4&resampling=nearest&${query}`);
      expect(response.status).toBe(200);
      const bytes = Buffer.from(await response.arrayBuffer());
      const header = bytes.toString('latin1', 10, 10 + bytes.readUInt16LE(8));
      return [header, bytes.readFloatLE(10 + header.length)];
    };
    const [one, value] = await numbers('layers=a=hills&formula=a*10');
    expect(one).toContain("'shape': (2, 4, 4)");
    const [three, first] = await numbers('layers=r=hills,g=hills,b=hills');
    expect(three).toContain("'shape': (4, 4, 4)");
    expect(value).toBe(10 * first);
  });

  test('that is no tile of a raster is refused', async () => {
    const response = await fetch(`${server.root}${AT}.mvt`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('has pictures (png, jpg, webp) and numbers (tif, npy), not .mvt');
    expect((await fetch(`${server.root}${AT}.jp2`)).status).toBe(400);
  });
});

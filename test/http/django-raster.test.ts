import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pixelsOf, serveTables } from '../support/served-tables.ts';

const server = serveTables(readFileSync(new URL('../fixtures/django-raster.sql', import.meta.url), 'utf8'));

const LEGEND = [
  { name: 'Wood', expression: 'x == 2', color: '#1b7837' },
  { name: 'Water', expression: '(4 < x) & (x <= 7)', color: '#2166ac' },
];

async function json(path: string): Promise<unknown> {
  const response = await fetch(`${server.root}${path}`);
  expect(response.status).toBe(200);
  return response.json();
}

/** The colour in the middle of a map tile. */
async function middleOf(path: string): Promise<readonly number[]> {
  const { width, height, at } = await pixelsOf(await server.get(path));
  return at(Math.floor(width / 2), Math.floor(height / 2));
}

describe('the addresses of django-raster', () => {
  test('draw a formula over layers by their numbers', async () => {
    // 1234.5 / 2 - 600 = 17.25 of -100 … 155: 117 of 255.
    const middle = await middleOf('/algebra/3/4/3.png?layers=a=2,b=1&formula=a/b-600&scale=-100,155');
    expect(middle[3]).toBe(255);
    expect(middle.slice(0, 3).every((part) => Math.abs(part - 117) <= 1)).toBe(true);
    // Where one of them has no data, there is none.
    expect((await middleOf('/algebra/3/5/3.png?layers=a=2,b=1&formula=a%2Bb'))[3]).toBe(0);
  });

  test('draw in the colours of a legend by its title or number', async () => {
    for (const legend of ['1', 'land%20USE']) {
      expect(await middleOf(`/algebra/3/4/3.png?layers=a=2,b=1&formula=a*0%2Bb&legend=${legend}`)).toEqual([27, 120, 55, 255]);
    }
    const missing = await fetch(`${server.root}/algebra/3/4/3.png?layers=a=1&formula=a&legend=nope`);
    expect(missing.status).toBe(400);
    expect(await missing.text()).toContain('no legend');
  });

  test('draw three layers as red, green and blue', async () => {
    expect(await middleOf('/algebra/3/4/3.png?layers=b=1,r=1,g=2&scale=0,2')).toEqual([255, 255, 255, 255]);
  });

  test('tell the number at a position in Web Mercator', async () => {
    expect(await json('/pixel/1113194.9/1118889.97?layers=a=2,b=1&formula=a-b')).toEqual({
      x: 1_113_194.9,
      y: 1_118_889.97,
      value: 1232.5,
    });
    expect(await json('/pixel/1113194.9/1118889.97?layers=a=2,b:0=1')).toMatchObject({ value: 1234.5, values: { a: 1234.5, b: 2 } });
    expect(await json('/pixel/-1113194.9/1118889.97?layers=a=2&formula=a')).toMatchObject({ value: null });
  });

  test.each([
    ['/algebra/3/4/3.png', 'layers is missing'],
    ['/algebra/3/4/3.png?layers=a&formula=a', 'name=collection'],
    ['/algebra/3/4/3.png?layers=a=99&formula=a', 'no raster collection'],
    ['/algebra/3/4/3.png?layers=a:7=1&formula=a', 'band 7'],
    ['/algebra/3/4/3.png?layers=a=1&formula=a%2B', 'position'],
    ['/algebra/3/4/3.png?layers=a=1&formula=c', 'c'],
    ['/pixel/x/1?layers=a=1', 'finite number'],
  ])('%s is refused with a reason', async (path, reason) => {
    const response = await fetch(`${server.root}${path}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(reason);
  });
});

test('the API document says what has to be given', async () => {
  const { paths } = Object(await json('/api?f=json'));
  const required = (path: string): readonly string[] =>
    Object(paths[path]).get.parameters.flatMap((parameter: { readonly name: string; readonly in: string; readonly required: boolean }) =>
      parameter.in === 'query' && parameter.required ? [parameter.name] : [],
    );
  expect(['/algebra/{z}/{x}/{tile}', '/pixel/{x}/{y}', '/legend', '/map'].map(required)).toEqual([['layers'], ['layers'], ['layer'], []]);
});

describe('a database of django-raster', () => {
  test('has a collection for each layer with tiles, under the names that people gave them', async () => {
    const { collections } = Object(await json('/collections'));
    expect(collections).toMatchObject([
      { id: 'raster_rastertile.1', title: 'Use', description: 'How land is used' },
      { id: 'raster_rastertile.2', title: 'Heights' },
    ]);
    expect(collections).toHaveLength(2);
  });

  test('knows layers by their number too', async () => {
    expect(await json('/collections/2')).toMatchObject({ id: 'raster_rastertile.2' });
  });

  test('gives each layer its own pyramid', async () => {
    expect(await json('/collections/raster_rastertile.1/info')).toMatchObject({
      dtype: 'uint8',
      nodata_value: 255,
      overviews: [2],
      width: 512,
      height: 512,
    });
    expect(await json('/collections/raster_rastertile.2/info')).toMatchObject({ dtype: 'float32', overviews: [], width: 256 });
  });

  test('answers from the tiles of the layer that is asked for', async () => {
    expect(await json('/collections/raster_rastertile.1/point/10,10')).toMatchObject({ values: [2] });
    expect(await json('/collections/raster_rastertile.1/point/80,10')).toMatchObject({ values: [6] });
    expect(await json('/collections/raster_rastertile.2/point/10,10')).toMatchObject({ values: [1234.5] });
    expect(await json('/collections/raster_rastertile.2/point/80,10')).toMatchObject({ values: [null] });
  });

  test('draws a layer in the colours of its legend, from the zoom level that fits', async () => {
    expect(await middleOf('/collections/raster_rastertile.1/map/tiles/WebMercatorQuad/3/3/4?f=png')).toEqual([27, 120, 55, 255]);
    expect(await middleOf('/collections/raster_rastertile.1/map/tiles/WebMercatorQuad/3/3/5?f=png')).toEqual([33, 102, 172, 255]);
    expect(await middleOf('/collections/raster_rastertile.1/map/tiles/WebMercatorQuad/2/1/2?f=png')).toEqual([33, 102, 172, 255]);
  });

  test('lists its legends, by title and by number', async () => {
    const { legends } = Object(await json('/colorMaps'));
    expect(legends).toMatchObject([{ id: 'Land use', source: 'django-raster' }]);
    const byTitle = Object(await json('/legends/Land%20use'));
    expect(byTitle).toMatchObject({ title: 'Land use', kind: 'classes' });
    expect(Object(await json('/legends/1')).entries).toEqual(byTitle.entries);
  });

  test('tells its legends at its own address too, by number and by layer', async () => {
    const legend = await json('/legend/1');
    expect(legend).toMatchObject(LEGEND);
    expect(await json('/legend?layer=1')).toMatchObject(LEGEND);
    // A list of entries is a colour map.
    const drawn = await middleOf(`/xyz/1/3/4/3.png?colormap=${encodeURIComponent(JSON.stringify(legend))}`);
    expect(drawn).toEqual([27, 120, 55, 255]);
    expect((await server.get('/legend')).status).toBe(400);
    expect((await server.get('/legend/99')).status).toBe(404);
    expect((await server.get('/legend?layer=99')).status).toBe(404);
  });

  test('is told to read the tables of layers and legends, and to leave out the others', async () => {
    const { findings } = Object(await (await fetch(`${server.adminRoot}/catalog`)).json());
    const told = Object.fromEntries(
      findings.map(({ relation, level }: { readonly relation: string; readonly level: string }) => [relation, level]),
    );
    expect(told).toMatchObject({ 'public.raster_rasterlayer': 'read', 'public.raster_legend': 'read' });
  });
});

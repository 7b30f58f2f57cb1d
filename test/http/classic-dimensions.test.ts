import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import type { WireAnswer } from './bad-inputs/wire.ts';
import { pixelsOf, startClassicService, textOf, type ClassicService, type Words } from './classic/service.ts';

// The further columns of a table of rasters as dimensions of WMS and WMTS.

const SQL = `create table stack (rid integer primary key, cloud float8, sensor text, style text, rast raster not null);
  insert into stack select n, 10 * n, (array['msi', 'olci', 'msi'])[n], 's',
    st_addband(st_makeemptyraster(64, 64, 9, 51, 0.03125, -0.03125, 0, 0, 4326), '8BUI'::text, 40 * n, null) from generate_series(1, 3) n;
  select addrasterconstraints('stack'::name, 'rast'::name);
  create index on stack using gist (st_convexhull(rast));
  grant select on all tables in schema public to public; analyze`;

let service: ClassicService;

beforeAll(async () => {
  service = await startClassicService({ sql: SQL });
  await eventually('the axes are known', 30_000, async () => (await wmsCapabilities()).includes('name="cloud"'));
}, 60_000);

afterAll(async () => {
  await service?.close();
});

const wmsCapabilities = async (version = '1.3.0'): Promise<string> =>
  textOf(await service.ask('/wms', { SERVICE: 'WMS', REQUEST: 'GetCapabilities', VERSION: version }));

const MAP: Words = {
  SERVICE: 'WMS',
  VERSION: '1.3.0',
  REQUEST: 'GetMap',
  LAYERS: 'stack',
  STYLES: '',
  CRS: 'CRS:84',
  BBOX: '9,49,11,51',
  WIDTH: '8',
  HEIGHT: '8',
  FORMAT: 'image/png',
  rescale: '0,255',
};
const map = (words: Words): Promise<WireAnswer> => service.ask('/wms', { ...MAP, ...words });
const tile = (query: string): Promise<WireAnswer> => service.get(`/wmts/stack/default/WebMercatorQuad/8/86/135.png?rescale=0,255&${query}`);
const grayOf = async (answer: Promise<WireAnswer>): Promise<number | undefined> => (await pixelsOf(await answer)).at(0.5, 0.5)[0];

describe('WMS', () => {
  test.each([
    ['20', 80],
    ['15/30', 80],
    ['25/35/5', 120],
    ['20,30', 80],
    ['all', 40],
    ['default', 40],
    ['', 40],
  ])('DIM_cloud=%s chooses rows', async (value, gray) => {
    expect(await grayOf(map({ DIM_CLOUD: value }))).toBe(gray);
    expect(await grayOf(map({ dim_cloud: value, LAYERS: 'quarters,stack' }))).toBe(gray);
  });

  test('chooses by several dimensions at once, and by the parameter of rasters', async () => {
    expect(await grayOf(map({ DIM_SENSOR: 'msi' }))).toBe(40);
    expect(await grayOf(map({ DIM_SENSOR: 'olci' }))).toBe(80);
    expect(await grayOf(map({ DIM_SENSOR: 'msi', DIM_CLOUD: '15/35' }))).toBe(120);
    expect(await grayOf(map({ subset: 'cloud(15:35)', DIM_SENSOR: 'msi' }))).toBe(120);
  });

  test.each([
    [{ DIM_CLOUD: '77' }, 'InvalidDimensionValue'],
    [{ DIM_CLOUD: 'x' }, 'InvalidDimensionValue'],
    [{ DIM_SENSOR: 'nope' }, 'InvalidDimensionValue'],
    [{ DIM_CLOUD: Array.from({ length: 101 }, () => '20').join(',') }, 'InvalidDimensionValue'],
    [{ DIM_CLOUD: '20,,30' }, 'InvalidDimensionValue'],
    [{ DIM_CLOUD: '30/20' }, 'InvalidDimensionValue'],
    [{ subset: 'cloud(77)' }, 'InvalidDimensionValue'],
  ])('%o is refused', async (words, code) => {
    const answer = await map(words);
    expect([answer.status, /code="(\w+)"/.exec(textOf(answer))?.[1]]).toEqual([400, code]);
  });

  test('means nothing to layers without the dimension', async () => {
    expect((await map({ LAYERS: 'quarters', DIM_CLOUD: '77' })).status).toBe(200);
    expect((await map({ subset: 'Lat(0:1)' })).status).toBe(400);
  });

  test('lists them', async () => {
    const modern = await wmsCapabilities();
    expect(modern).toContain('<Dimension name="cloud" units="" default="10/30" multipleValues="1" nearestValue="0">10,20,30</Dimension>');
    expect(modern).toContain(
      '<Dimension name="sensor" units="" default="msi,olci" multipleValues="1" nearestValue="0">msi,olci</Dimension>',
    );
    const older = await wmsCapabilities('1.1.1');
    expect(older).toContain('<Dimension name="cloud" units=""/>');
    expect(older).toContain('<Extent name="cloud" default="10/30" nearestValue="0">10,20,30</Extent>');
    const values = /<Dimension name="sensor"[^>]* default="([^"]+)"/.exec(modern)?.[1] ?? '';
    expect((await map({ DIM_SENSOR: values })).body.equals((await map({})).body)).toBe(true);
  });
});

describe('WMTS', () => {
  test.each([
    ['cloud=20', 80],
    ['cloud=15/35&sensor=msi', 120],
    ['sensor=olci', 80],
    ['cloud=all', 40],
    ['cloud=all&sensor=all', 40],
    ['subset=cloud(20)', 80],
    ['subset=cloud(15:35)&sensor=msi', 120],
  ])('%s chooses rows, by query and by path, as map tiles do', async (query, gray) => {
    const byPath = await tile(query);
    expect(await grayOf(Promise.resolve(byPath))).toBe(gray);
    const words = { service: 'WMTS', request: 'GetTile', version: '1.0.0', layer: 'stack', style: 'default', format: 'image/png' };
    const address = { TileMatrixSet: 'WebMercatorQuad', TileMatrix: '8', TileRow: '86', TileCol: '135', rescale: '0,255' };
    const byQuery = await service.get(`/wmts?${new URLSearchParams({ ...words, ...address }).toString()}&${query}`);
    expect(byQuery.body.equals(byPath.body)).toBe(true);
    if (!/all|\//.test(query)) {
      const same = await service.get(`/collections/stack/map/tiles/WebMercatorQuad/8/86/135?f=png&rescale=0,255&${query}`);
      expect(same.body.equals(byPath.body)).toBe(true);
    }
  });

  test.each([
    ['cloud=77', 'cloud'],
    ['cloud=x', 'cloud'],
    ['sensor=nope', 'sensor'],
  ])('%s is refused', async (query, locator) => {
    const answer = await tile(query);
    expect(answer.status).toBe(404);
    expect(textOf(answer)).toContain(`exceptionCode="InvalidParameterValue" locator="${locator}"`);
  });

  test('tells the numbers of what is chosen', async () => {
    const info = await service.get('/wmts/stack/default/WebMercatorQuad/8/86/135/128/128.txt?cloud=20');
    expect(textOf(info)).toBe('Layer stack\n  b1 = 80\n');
  });

  test('lists them, with templates that hold them; not a column whose name means something else', async () => {
    const text = textOf(await service.get('/wmts/1.0.0/WMTSCapabilities.xml'));
    const layer = /<Layer><ows:Title>[^<]*<\/ows:Title>(?:(?!<\/Layer>).)*<ows:Identifier>stack<.*?<\/Layer>/.exec(text)?.[0] ?? '';
    expect(layer).toContain(
      '<Dimension><ows:Identifier>cloud</ows:Identifier><Default>all</Default><Value>all</Value><Value>10</Value><Value>20</Value><Value>30</Value></Dimension>',
    );
    expect(layer).toContain('<Value>all</Value><Value>msi</Value><Value>olci</Value>');
    expect(layer).not.toContain('<ows:Identifier>style</ows:Identifier>');
    const template = /resourceType="tile" template="([^"]+)"/.exec(layer)?.[1] ?? '';
    expect(template).toMatch(/\.png\?cloud=\{cloud\}&amp;sensor=\{sensor\}/);
  });
});

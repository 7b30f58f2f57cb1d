import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WireAnswer } from './bad-inputs/wire.ts';
import { pixelsOf, startClassicService, textOf, type ClassicService, type Words } from './classic/service.ts';

const RED = [255, 0, 0];
const GREEN = [0, 255, 0];
const BLUE = [0, 0, 255];
const YELLOW = [255, 255, 0];
const WHITE = [255, 255, 255];

let service: ClassicService;

beforeAll(async () => {
  service = await startClassicService();
});

afterAll(async () => {
  await service?.close();
});

const MAP: Words = {
  SERVICE: 'WMS',
  VERSION: '1.3.0',
  REQUEST: 'GetMap',
  LAYERS: 'quarters',
  STYLES: '',
  CRS: 'CRS:84',
  BBOX: '8,48,12,52',
  WIDTH: '40',
  HEIGHT: '40',
  FORMAT: 'image/png',
};

const ask = (words: Words): Promise<WireAnswer> => service.ask('/wms', words);
const map = (words: Words = {}): Promise<WireAnswer> => ask({ ...MAP, ...words });
const info = (words: Words = {}): Promise<WireAnswer> =>
  map({ REQUEST: 'GetFeatureInfo', QUERY_LAYERS: words['LAYERS'] ?? 'quarters', I: '5', J: '5', ...words });

/** Code of the one exception of a report. */
function codeOf(answer: WireAnswer): string | undefined {
  const text = textOf(answer);
  expect(text).toContain('<ServiceException');
  return /<ServiceException[^>]* code="(\w+)"/.exec(text)?.[1];
}

describe('WMS versions', () => {
  test.each([
    [{}, '1.3.0'],
    [{ VERSION: '1.3.0' }, '1.3.0'],
    [{ VERSION: '100.0.0' }, '1.3.0'],
    [{ VERSION: '1.2.0' }, '1.1.1'],
    [{ VERSION: '1.1.1' }, '1.1.1'],
    [{ WMTVER: '1.1.0' }, '1.1.1'],
    [{ VERSION: '0.0.0' }, '1.1.1'],
    [{ VERSION: '1.3.0', WMTVER: '1.1.1' }, '1.3.0'],
  ] as const)('GetCapabilities with %o is answered in %s', async (words, version) => {
    const answer = await ask({ SERVICE: 'WMS', REQUEST: 'GetCapabilities', ...words });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(version === '1.3.0' ? 'text/xml' : 'application/vnd.ogc.wms_xml');
    expect(textOf(answer)).toContain(`Capabilities version="${version}"`);
  });

  test('names of parameters in any case and order, unknown ones and any Accept give the same map', async () => {
    const plain = await map();
    const words = Object.entries({ ...MAP, UNKNOWN: 'x', f: 'json' }).reverse();
    const target = `/wms?${new URLSearchParams(words.map(([name, value]) => [name.toLowerCase(), value])).toString()}`;
    const other = await service.get(target, { Accept: 'application/vnd.nothing' });
    expect(other.status).toBe(200);
    expect(other.body.equals(plain.body)).toBe(true);
  });
});

describe('WMS maps', () => {
  const corners = async (words: Words): Promise<readonly (readonly number[])[]> => {
    const { at } = await pixelsOf(await map(words));
    return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)].map((color) => color.slice(0, 3));
  };

  // Each box holds the middle of the four quarters in its middle.
  test.each([
    ['CRS:84, longitude first', { CRS: 'CRS:84', BBOX: '9,49,11,51' }],
    ['EPSG:4326, latitude first', { CRS: 'EPSG:4326', BBOX: '49,9,51,11' }],
    ['EPSG:4326 of 1.1.1, longitude first', { VERSION: '1.1.1', SRS: 'EPSG:4326', BBOX: '9,49,11,51' }],
    ['EPSG:3857, easting first', { CRS: 'EPSG:3857', BBOX: '1003000,6346000,1223000,6566000' }],
    ['EPSG:3035, northing first', { CRS: 'EPSG:3035', BBOX: '2892000,4221000,3092000,4421000' }],
    ['EPSG:3035 of 1.1.1, easting first', { VERSION: '1.1.1', SRS: 'EPSG:3035', BBOX: '4221000,2892000,4421000,3092000' }],
    ['EPSG:32632 by its URN, easting first', { CRS: 'urn:ogc:def:crs:EPSG::32632', BBOX: '471000,5438000,671000,5638000' }],
  ] as const)('are drawn at the same place in %s', async (_, words) => {
    expect(await corners(words)).toEqual([RED, GREEN, BLUE, YELLOW]);
  });

  test('have exactly the size asked for, whatever the shape of the box', async () => {
    for (const [width, height] of [
      [8, 5],
      [1024, 768],
      [1, 1],
    ] as const) {
      const pixels = await pixelsOf(await map({ WIDTH: String(width), HEIGHT: String(height) }));
      expect([pixels.width, pixels.height]).toEqual([width, height]);
    }
  });

  test('take boxes with exponents and signs', async () => {
    const plain = await map({ BBOX: '8,48,12,52' });
    const other = await service.get(
      `/wms?${new URLSearchParams({ ...MAP, BBOX: 'X' }).toString().replace('BBOX=X', 'BBOX=.8e1,48,%2B12,5.2E%2B1')}`,
    );
    expect(other.body.equals(plain.body)).toBe(true);
    const spaced = await service.get(
      `/wms?${new URLSearchParams({ ...MAP, BBOX: 'X' }).toString().replace('BBOX=X', 'BBOX=8,48,12,5.2E+1')}`,
    );
    expect(spaced.body.equals(plain.body)).toBe(true);
  });

  test('are white where nothing is, of another colour when asked, and transparent when asked', async () => {
    const beside = { BBOX: '6,48,10,52' };
    expect((await pixelsOf(await map(beside))).at(0.1, 0.5)).toEqual([...WHITE, 255]);
    expect((await pixelsOf(await map({ ...beside, BGCOLOR: '0x0A0B0C' }))).at(0.1, 0.5)).toEqual([10, 11, 12, 255]);
    const clear = await pixelsOf(await map({ ...beside, TRANSPARENT: 'tRuE' }));
    expect(clear.at(0.1, 0.5)[3]).toBe(0);
    expect(clear.at(0.7, 0.25)).toEqual([...RED, 255]);
    expect((await pixelsOf(await map({ ...beside, TRANSPARENT: 'TRUE', FORMAT: 'image/jpeg', BGCOLOR: '0x000000' }))).at(0.1, 0.5)).toEqual(
      [0, 0, 0, 255],
    );
  });

  test('go on beyond ±180°', async () => {
    const plain = await map({ BBOX: '8,48,12,52' });
    for (const box of ['368,48,372,52', '-352,48,-348,52']) expect((await map({ BBOX: box })).body.equals(plain.body), box).toBe(true);
  });

  test.each([
    ['CRS:84', '-1e300,-1e300,1e300,1e300'],
    ['CRS:84', '10,50,10.00000000000001,50.00000000000001'],
    ['CRS:84', '5e-324,5e-324,1e-323,1e-323'],
    ['EPSG:3857', '-1e300,-1e300,1e300,1e300'],
    ['EPSG:32661', '-4000000,-4000000,8000000,8000000'],
    ['EPSG:27700', '-10000000,-10000000,10000000,10000000'],
  ])('are drawn in %s of any box: %s', async (crs, box) => {
    expect((await pixelsOf(await map({ CRS: crs, BBOX: box }))).width).toBe(40);
  });

  test('without a place in common with the data are empty, not an error', async () => {
    expect((await pixelsOf(await map({ BBOX: '-60,-20,-50,-10' }))).at(0.5, 0.5)).toEqual([...WHITE, 255]);
    expect((await pixelsOf(await map({ BBOX: '-1000,-1000,-900,-900' }))).at(0.5, 0.5)).toEqual([...WHITE, 255]);
  });

  test.each(['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/png; mode=8bit'])('come as %s', async (format) => {
    const answer = await map({ FORMAT: format });
    expect(answer.headers['content-type']).toBe(format.split(';')[0]);
    const { format: found } = await sharp(answer.body).metadata();
    expect(found).toBe(
      { 'image/png': 'png', 'image/jpeg': 'jpeg', 'image/webp': 'webp', 'image/avif': 'heif' }[format.split(';')[0] ?? ''],
    );
  });

  test('come as TIFF that says where it lies', async () => {
    const answer = await map({ FORMAT: 'image/geotiff', CRS: 'EPSG:4326', BBOX: '48,8,52,12', TRANSPARENT: 'TRUE' });
    expect(answer.headers['content-type']).toBe('image/tiff');
    const { at, width, height } = await pixelsOf(answer);
    expect([width, height, at(0.25, 0.25)]).toEqual([40, 40, [...RED, 255]]);
    // ModelTiepoint and ModelPixelScale (GeoTIFF 1.1 §7.4): little-endian doubles.
    const doubles = (...values: readonly number[]): Buffer => Buffer.from(Float64Array.from(values).buffer);
    expect(answer.body.includes(doubles(0, 0, 0, 8, 52, 0))).toBe(true);
    expect(answer.body.includes(doubles(0.1, 0.1))).toBe(true);
  });

  test('show several layers, the first lowest', async () => {
    const box = { BBOX: '9,49,11,51' };
    const over = await pixelsOf(await map({ ...box, LAYERS: 'quarters,slope' }));
    // The slope has no data in the north, and is grey in the south.
    expect(over.at(0.25, 0.25).slice(0, 3)).toEqual(RED);
    expect(new Set(over.at(0.75, 0.75).slice(0, 3)).size).toBe(1);
    const under = await pixelsOf(await map({ ...box, LAYERS: 'slope,quarters' }));
    expect(under.at(0.75, 0.75).slice(0, 3)).toEqual(YELLOW);
  });

  test('show many layers as they would show the same few by few', async () => {
    const box = { BBOX: '9,49,11,51', TRANSPARENT: 'TRUE' };
    // What is opaque on top hides all below it: ten layers look like two.
    const many = await map({ ...box, LAYERS: [...Array.from({ length: 8 }, () => 'slope'), 'quarters', 'slope'].join(',') });
    expect(many.body.equals((await map({ ...box, LAYERS: 'quarters,slope' })).body)).toBe(true);
  });

  test('of a layer whose name holds commas, quotes and signs', async () => {
    const { at } = await pixelsOf(await map({ LAYERS: 'quarters,a,b & <c>/é', STYLES: ',', BBOX: '9,49,11,51', categorical: 'false' }));
    expect(at(0.5, 0.5).slice(0, 3)).toEqual([7, 7, 7]);
  });

  test('are kept for a while, by the names of their layers', async () => {
    const words = { BBOX: '8,48,12,51.5' };
    expect((await map(words)).headers['cache-status']).toBeUndefined();
    expect((await map(words)).headers['cache-status']).toBe('graticule; hit');
    const capabilities = await ask({ SERVICE: 'WMS', REQUEST: 'GetCapabilities' });
    expect(capabilities.headers['cache-control']).toBe('no-cache');
    expect(capabilities.headers['cache-status']).toBeUndefined();
  });
});

describe('WMS styles', () => {
  const slope = { LAYERS: 'slope', BBOX: '9,49,11,50' };

  test('are colour maps by name, the same as by the parameter of rasters', async () => {
    const styled = await map({ ...slope, STYLES: 'viridis' });
    expect(styled.body.equals((await map({ ...slope, colormap_name: 'viridis' })).body)).toBe(true);
    expect(styled.body.equals((await map(slope)).body)).toBe(false);
    expect((await map({ ...slope, STYLES: 'default' })).body.equals((await map(slope)).body)).toBe(true);
  });

  test('are stretches by name', async () => {
    const { at } = await pixelsOf(await map({ ...slope, STYLES: 'minmax' }));
    expect(at(0.001, 0.5)[0]).toBeLessThan(4);
    expect(at(0.999, 0.5)[0]).toBeGreaterThan(251);
    expect((await map({ ...slope, STYLES: 'p10-p90' })).body.equals((await map({ ...slope, rescale: 'p10,p90' })).body)).toBe(true);
  });

  test('go with the further parameters of rasters', async () => {
    const words = { BBOX: '9,49,11,51', bidx: '2', rescale: '0,255', STYLES: 'gray_r' };
    const { at } = await pixelsOf(await map(words));
    expect([at(0.25, 0.25)[0], at(0.75, 0.25)[0]]).toEqual([255, 0]);
    expect(codeOf(await map({ ...words, STYLES: 'nope' }))).toBe('StyleNotDefined');
    expect((await map({ ...words, rescale: '1' })).status).toBe(400);
  });

  test('of layers are told apart by commas', async () => {
    const words = { LAYERS: 'slope,quarters', BBOX: '9,49,11,51' };
    for (const styles of ['', ',', 'viridis,', 'default,default']) expect((await map({ ...words, STYLES: styles })).status).toBe(200);
    for (const styles of ['viridis', 'viridis,,', ',viridis'])
      expect(codeOf(await map({ ...words, STYLES: styles })), styles).toBe('StyleNotDefined');
  });
});

describe('WMS time', () => {
  const scene = { LAYERS: 'scenes', BBOX: '9,49,11,51', rescale: '0,255' };
  const gray = async (words: Words): Promise<number | undefined> => (await pixelsOf(await map({ ...scene, ...words }))).at(0.5, 0.5)[0];

  test('chooses rows; without it the newest lies on top, and a header says so', async () => {
    expect(await gray({ TIME: '2020-05-01T00:00:00Z' })).toBe(50);
    expect(await gray({ TIME: '2021-05-01T12:30:00Z' })).toBe(100);
    expect(await gray({ TIME: '2021' })).toBe(100);
    expect(await gray({ TIME: '2020-01-01/2021-12-31/P1D' })).toBe(100);
    expect(await gray({ TIME: 'current' })).toBe(150);
    expect(await gray({ TIME: '2020,2021' })).toBe(100);
    expect(await gray({ TIME: '2020-05-01T00:00:00Z,current', pixel_selection: 'last' })).toBe(50);
    const plain = await map(scene);
    expect(plain.headers['warning']).toBe(
      '99 graticule "Default value used: time=2020-05-01T00:00:00Z/2022-05-01T00:00:00.250000Z ISO8601"',
    );
    expect((await pixelsOf(plain)).at(0.5, 0.5)[0]).toBe(150);
    expect(await gray({ pixel_selection: 'last' })).toBe(50);
  });

  test.each(['2020-05-02', '1999', 'yesterday', '2021-12-31/2020-01-01', '2020/2021/2022/2023'])('%s is refused', async (time) => {
    expect(codeOf(await map({ ...scene, TIME: time }))).toBe('InvalidDimensionValue');
  });

  test('means nothing to layers without one', async () => {
    expect((await map({ TIME: '1999' })).status).toBe(200);
  });
});

describe('WMS GetFeatureInfo', () => {
  test('tells the values of all bands under a pixel, as text, page and JSON', async () => {
    const text = await info({ INFO_FORMAT: 'text/plain' });
    expect(text.headers['content-type']).toBe('text/plain');
    expect(textOf(text)).toBe('Layer quarters\n  b1 = 255\n  b2 = 0\n  b3 = 0\n');
    const html = await info({ INFO_FORMAT: 'text/html' });
    expect(html.headers['content-type']).toBe('text/html');
    expect(textOf(html)).toContain('<h1>Quarters &lt;&amp;&gt; "corners"</h1>');
    const json = await info({ INFO_FORMAT: 'application/json' });
    expect(JSON.parse(textOf(json))).toEqual({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          id: 'quarters.1',
          geometry: { type: 'Point', coordinates: [8.55, 51.45] },
          properties: { layer: 'quarters', b1: 255, b2: 0, b3: 0 },
        },
      ],
    });
  });

  test('finds the same pixel by I and J, X and Y, in every order of axes', async () => {
    const south = { I: '30', J: '30' };
    for (const words of [
      { ...south },
      { ...south, CRS: 'EPSG:4326', BBOX: '48,8,52,12' },
      { VERSION: '1.1.1', SRS: 'EPSG:4326', X: '30', Y: '30' },
      { ...south, CRS: 'EPSG:3857', BBOX: '890556,6106855,1335834,6800125' },
    ]) {
      expect(textOf(await info(words))).toBe('Layer quarters\n  b1 = 255\n  b2 = 255\n  b3 = 0\n');
    }
  });

  test('takes X and Y from clients of 1.3.0 that say so, and I and J from those of 1.1.1', async () => {
    const { I, J, ...rest } = { ...MAP, REQUEST: 'GetFeatureInfo', QUERY_LAYERS: 'quarters', I: '30', J: '5' };
    const text = textOf(await ask({ ...rest, I, J }));
    expect(text).toBe('Layer quarters\n  b1 = 0\n  b2 = 255\n  b3 = 0\n');
    expect(textOf(await ask({ ...rest, X: I, Y: J }))).toBe(text);
    expect(textOf(await ask({ ...rest, VERSION: '1.1.1', SRS: 'EPSG:4326', I, J }))).toBe(text);
    expect((await ask({ ...rest, X: I, J })).status).toBe(400);
    expect((await ask(rest)).status).toBe(400);
  });

  test.each(['application/vnd.ogc.gml', 'application/gml+xml; version=3.1', 'application/gml+xml; version=3.2'])(
    'tells the same as %s',
    async (format) => {
      const answer = await info({ INFO_FORMAT: format });
      expect(answer.headers['content-type']).toBe(format);
      const text = textOf(answer);
      expect(text).toContain('<layers:b1>255</layers:b1><layers:b2>0</layers:b2><layers:b3>0</layers:b3></layers:quarters>');
      expect(text).toMatch(/<gml:(coordinates|pos)>8\.55[, ]51\.45</);
      const names = await info({ LAYERS: 'a,b & <c>/é', I: '20', J: '20', INFO_FORMAT: format });
      expect(textOf(names)).toContain('<layers:layer>a,b &amp; &lt;c&gt;/é</layers:layer><layers:b1>7</layers:b1></layers:a_b____c___>');
    },
  );

  test('tells of the layers asked, and where there is no data', async () => {
    const words = { LAYERS: 'quarters,slope', QUERY_LAYERS: 'slope', BBOX: '9,49,11,51' };
    expect(textOf(await info(words))).toBe('Layer slope\n  no data\n');
    expect(textOf(await info({ ...words, J: '30' }))).toBe('Layer slope\n  b1 = 8\n');
  });

  test('tells one time, the newest, or as many as FEATURE_COUNT says', async () => {
    const words = { LAYERS: 'scenes', BBOX: '9,49,11,51' };
    expect(textOf(await info(words))).toBe('Layer scenes\n  time = 2022-05-01T00:00:00.250Z\n  b1 = 150\n');
    const all = textOf(await info({ ...words, FEATURE_COUNT: '10' }));
    expect(all.match(/b1 = \d+/g)).toEqual(['b1 = 150', 'b1 = 100', 'b1 = 50']);
    expect(textOf(await info({ ...words, TIME: '2020' }))).toContain('b1 = 50');
  });
});

describe('WMS DescribeLayer', () => {
  const describeLayers = (words: Words): Promise<WireAnswer> => ask({ SERVICE: 'WMS', REQUEST: 'DescribeLayer', ...words });

  test('leads to the coverages behind the layers', async () => {
    const answer = await describeLayers({ VERSION: '1.3.0', SLD_VERSION: '1.1.0', LAYERS: 'quarters,slope' });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/xml']);
    const text = textOf(answer);
    expect(text).toContain('<DescribeLayerResponse xmlns="http://www.opengis.net/sld"');
    expect([...text.matchAll(/<LayerDescription><owsType>wcs<\/owsType>/g)]).toHaveLength(2);
    const addresses = [...text.matchAll(/xlink:href="([^"]+)"\/><TypeName><se:CoverageName>(\w+)</g)];
    expect(addresses.map(([, , name]) => name)).toEqual(['quarters', 'slope']);
    for (const [, address = ''] of addresses) {
      const coverage = await fetch(address, { headers: { Accept: 'image/tiff' } });
      expect([coverage.status, coverage.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'image/tiff']);
    }
    const older = textOf(await describeLayers({ VERSION: '1.1.1', LAYERS: 'slope' }));
    expect(older).toContain(
      `<LayerDescription name="slope" owsType="WCS" owsURL="${service.server.root}/collections/slope/coverage"><Query typeName="slope"/>`,
    );
  });

  test('refuses what it does not know', async () => {
    expect(codeOf(await describeLayers({ VERSION: '1.3.0', LAYERS: 'nope' }))).toBe('LayerNotDefined');
    expect((await describeLayers({ VERSION: '1.3.0' })).status).toBe(400);
    expect((await describeLayers({ LAYERS: 'slope' })).status).toBe(400);
  });
});

describe('WMS GetLegendGraphic', () => {
  const legend = (words: Words = {}): Promise<WireAnswer> =>
    ask({ SERVICE: 'WMS', VERSION: '1.3.0', REQUEST: 'GetLegendGraphic', LAYER: 'slope', FORMAT: 'image/png', ...words });

  test('is the legend of the collection, in the style and with the parameters of the picture', async () => {
    const plain = await legend();
    expect(plain.headers['content-type']).toBe('image/png');
    expect(plain.body.equals((await service.get('/collections/slope/legend?f=png')).body)).toBe(true);
    const styled = await legend({ STYLE: 'magma' });
    expect(styled.body.equals(plain.body)).toBe(false);
    expect(styled.body.equals((await legend({ colormap_name: 'magma' })).body)).toBe(true);
    const drawing = await legend({ FORMAT: 'image/svg+xml' });
    expect(drawing.headers['content-type']).toBe('image/svg+xml');
    expect(textOf(drawing)).toContain('<svg ');
  });

  test('refuses what it does not know', async () => {
    expect(codeOf(await legend({ LAYER: 'nope' }))).toBe('LayerNotDefined');
    expect(codeOf(await legend({ STYLE: 'nope' }))).toBe('StyleNotDefined');
    expect(codeOf(await legend({ FORMAT: 'image/nope' }))).toBe('InvalidFormat');
  });

  test('is what the capabilities name', async () => {
    const text = textOf(await ask({ SERVICE: 'WMS', REQUEST: 'GetCapabilities' }));
    const addresses = [
      ...text.matchAll(/<LegendURL><Format>image\/png<\/Format><OnlineResource xlink:type="simple" xlink:href="([^"]+)"/g),
    ];
    // One of each layer of one band, three of the one of three bands.
    expect(addresses).toHaveLength(6);
    for (const [, address = ''] of addresses) {
      const answer = await fetch(address.replaceAll('&amp;', '&'));
      expect([answer.status, answer.headers.get('content-type')], address).toEqual([200, 'image/png']);
    }
  });
});

describe('WMS exceptions', () => {
  test('are reports of the version that was asked for', async () => {
    const modern = await map({ LAYERS: 'nope' });
    expect([modern.status, modern.headers['content-type'], codeOf(modern)]).toEqual([400, 'text/xml', 'LayerNotDefined']);
    expect(textOf(modern)).toContain('version="1.3.0" xmlns="http://www.opengis.net/ogc"');
    const older = await map({ VERSION: '1.1.1', SRS: 'EPSG:999999' });
    expect([older.headers['content-type'], codeOf(older)]).toEqual(['application/vnd.ogc.se_xml', 'InvalidSRS']);
  });

  test.each([
    ['INIMAGE', '1.3.0'],
    ['BLANK', '1.3.0'],
    ['application/vnd.ogc.se_inimage', '1.1.1'],
    ['application/vnd.ogc.se_blank', '1.1.1'],
  ])('%s are pictures of the format, size and background asked for', async (exceptions, version) => {
    const words = { EXCEPTIONS: exceptions, VERSION: version, LAYERS: 'nope', WIDTH: '300', HEIGHT: '200', BGCOLOR: '0xFF0000' };
    const answer = await map({ ...words, FORMAT: 'image/webp' });
    expect(answer.headers['content-type']).toBe('image/webp');
    const red = await pixelsOf(await map(words));
    expect([red.width, red.height]).toEqual([300, 200]);
    expect(red.at(0.99, 0.99)).toEqual([...RED, 255]);
    const { data } = await sharp((await map(words)).body)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const isPlain = data.every((value, i) => value === RED[i % 3]);
    expect(isPlain, 'says nothing').toBe(exceptions.toUpperCase().includes('BLANK'));
    expect((await pixelsOf(await map({ ...words, TRANSPARENT: 'TRUE' }))).at(0.99, 0.99)[3]).toBe(0);
    expect((await pixelsOf(await map({ ...words, WIDTH: '99999999' }))).width).toBe(256);
  });
});

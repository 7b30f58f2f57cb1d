import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WireAnswer } from './bad-inputs/wire.ts';
import { pixelsOf, startClassicService, textOf, type ClassicService, type Words } from './classic/service.ts';

let service: ClassicService;

beforeAll(async () => {
  service = await startClassicService();
});

afterAll(async () => {
  await service?.close();
});

const TILE: Words = {
  service: 'WMTS',
  request: 'GetTile',
  version: '1.0.0',
  layer: 'quarters',
  style: 'default',
  format: 'image/png',
  TileMatrixSet: 'WebMercatorQuad',
  TileMatrix: '6',
  TileRow: '21',
  TileCol: '33',
};

const get = (target: string, headers: Words = {}): Promise<WireAnswer> => service.get(target, headers);
const ask = (words: Words): Promise<WireAnswer> => service.ask('/wmts', words);
const without = (words: Words, name: string): Words => Object.fromEntries(Object.entries(words).filter(([other]) => other !== name));
const capabilities = (words: Words = {}): Promise<WireAnswer> => ask({ service: 'WMTS', request: 'GetCapabilities', ...words });

/** Status, code and locator of a report. */
function refusalOf(answer: WireAnswer): readonly unknown[] {
  const [, code, , locator] = /<ows:Exception exceptionCode="(\w+)"( locator="(\w+)")?/.exec(textOf(answer)) ?? [];
  expect(answer.headers['content-type']).toBe('application/xml');
  return [answer.status, code, locator];
}

/** Red, green, blue and alpha of a pixel of a tile of 256. */
async function colorAt(answer: WireAnswer, column: number, row: number): Promise<readonly number[]> {
  return (await pixelsOf(answer)).at((column + 0.5) / 256, (row + 0.5) / 256);
}

describe('WMTS capabilities', () => {
  test('are the same by query and by path, and may be kept only by asking', async () => {
    const byPath = await get('/wmts/1.0.0/WMTSCapabilities.xml');
    expect(byPath.headers['content-type']).toBe('application/xml');
    expect(byPath.headers['cache-control']).toBe('no-cache');
    expect(byPath.body.equals((await capabilities()).body)).toBe(true);
  });

  test('offer every layer with one default style, formats, sets and addresses', async () => {
    const text = textOf(await capabilities());
    const layer = /<Layer><ows:Title>Quarters &lt;&amp;&gt; "corners"<\/ows:Title>.*?<\/Layer>/.exec(text)?.[0] ?? '';
    expect(layer.match(/isDefault="true"/g)).toHaveLength(1);
    expect(layer).toContain('<ows:WGS84BoundingBox><ows:LowerCorner>8 48</ows:LowerCorner><ows:UpperCorner>12 52</ows:UpperCorner>');
    const mercator = /<ows:BoundingBox crs="urn:ogc:def:crs:EPSG:6.18:3:3857"><ows:LowerCorner>(.*?) (.*?)<\/ows:LowerCorner>/.exec(layer);
    const expected = [8, 48].map((degrees, axis) => (axis === 0 ? degrees * 111_319.490_793 : 6_106_854.834_885));
    // Tiles of the finest matrix are 2.4 m wide.
    [mercator?.[1], mercator?.[2]].forEach((value, axis) => expect(Math.abs(Number(value) - (expected[axis] ?? 0))).toBeLessThan(2.5));
    expect(layer).toContain('<TileMatrixSetLink><TileMatrixSet>WebMercatorQuad</TileMatrixSet><TileMatrixSetLimits>');
    expect(layer).toContain(
      `<ResourceURL format="image/png" resourceType="tile" template="${service.server.root}/wmts/quarters/{style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png"/>`,
    );
    expect(layer).toContain('{TileRow}/{TileCol}/{J}/{I}.json"/>');
    expect(text).toContain('<ows:SupportedCRS>urn:ogc:def:crs:EPSG:6.18:3:3857</ows:SupportedCRS>');
  });

  test('name a format with its address, and JPEG beside PNG only where nothing can be transparent', async () => {
    const text = textOf(await capabilities());
    const formats = (layer: string): readonly (readonly (string | undefined)[])[] => {
      const own = text.split('<Layer>').find((part) => part.includes(`<ows:Identifier>${layer}</ows:Identifier>`)) ?? '';
      return [/<Format>(.*?)</g, /ResourceURL format="(.*?)" resourceType="tile"/g].map((what) =>
        [...own.matchAll(what)].map(([, name]) => name),
      );
    };
    expect(formats('quarters')).toEqual([
      ['image/png', 'image/jpeg'],
      ['image/png', 'image/jpeg'],
    ]);
    expect(formats('slope')).toEqual([['image/png'], ['image/png']]);
  });

  test('put the axes of the corner in the order of the CRS', async () => {
    const text = textOf(await capabilities());
    const corner = (id: string): string | undefined =>
      new RegExp(`<ows:Identifier>${id}</ows:Identifier><ows:SupportedCRS>.*?<TopLeftCorner>(.*?)</TopLeftCorner>`).exec(text)?.[1];
    expect(corner('WorldCRS84Quad')).toBe('-180 90');
    expect(corner('WebMercatorQuad')).toMatch(/^-20037508\.34\d* 20037508\.34\d*$/);
  });

  test('come section by section', async () => {
    const has = async (sections: string): Promise<readonly boolean[]> => {
      const text = textOf(await capabilities({ Sections: sections }));
      return ['<ows:ServiceIdentification>', '<ows:ServiceProvider>', '<ows:OperationsMetadata>', '<Contents>', '<Themes>'].map((tag) =>
        text.includes(tag),
      );
    };
    expect(await has('All')).toEqual([true, true, true, true, true]);
    expect(await has('ServiceProvider,Contents')).toEqual([false, true, false, true, false]);
    expect(refusalOf(await capabilities({ Sections: 'Bogus' }))).toEqual([400, 'InvalidParameterValue', 'Sections']);
    expect(refusalOf(await capabilities({ Sections: '' }))).toEqual([400, 'MissingParameterValue', 'Sections']);
  });

  test('know who has them already', async () => {
    const sequence = Number(/updateSequence="(\d+)"/.exec(textOf(await capabilities()))?.[1]);
    const current = textOf(await capabilities({ updateSequence: String(sequence) }));
    expect(current).toMatch(/<Capabilities version="1.0.0" updateSequence="\d+"[^>]*\/>/);
    expect(textOf(await capabilities({ updateSequence: String(sequence - 1) }))).toContain('<Contents>');
    expect(refusalOf(await capabilities({ updateSequence: String(sequence + 1) }))).toEqual([400, 'InvalidUpdateSequence', undefined]);
  });

  test('negotiate the version', async () => {
    expect((await capabilities({ AcceptVersions: '2.0.0,1.0.0' })).status).toBe(200);
    expect(refusalOf(await capabilities({ AcceptVersions: '9.9.9' }))).toEqual([400, 'VersionNegotiationFailed', undefined]);
  });

  test('come as the type of XML that the client likes better', async () => {
    for (const [formats, type] of [
      ['text/xml', 'text/xml'],
      ['example/unknown,text/xml,application/xml', 'text/xml'],
      ['example/unknown', 'application/xml'],
    ] as const) {
      expect((await capabilities({ AcceptFormats: formats })).headers['content-type']).toBe(type);
    }
  });

  test('by path want a client that accepts XML', async () => {
    expect((await get('/wmts/1.0.0/WMTSCapabilities.xml', { Accept: 'example/unknown' })).status).toBe(406);
    expect((await get('/wmts/1.0.0/WMTSCapabilities.xml', { Accept: 'text/xml' })).status).toBe(200);
  });

  test('change with the time axis of a table', async () => {
    const times = (text: string): readonly (string | undefined)[] => [...text.matchAll(/<Value>(.*?)<\/Value>/g)].map((match) => match[1]);
    expect(times(textOf(await capabilities()))).toEqual([
      'all',
      '2020-05-01T00:00:00Z',
      '2021-05-01T12:30:00Z',
      '2022-05-01T00:00:00.250000Z',
    ]);
  });
});

describe('WMTS tiles', () => {
  test('are the same by query and by path, and as the map tiles of OGC API Tiles', async () => {
    const byQuery = await ask(TILE);
    expect(byQuery.headers['content-type']).toBe('image/png');
    expect(byQuery.body.equals((await get('/wmts/quarters/default/WebMercatorQuad/6/21/33.png')).body)).toBe(true);
    expect(byQuery.body.equals((await get('/collections/quarters/map/tiles/WebMercatorQuad/6/21/33?f=png')).body)).toBe(true);
  });

  test.each([
    ['image/png', 'png', 'png'],
    ['image/jpeg', 'jpg', 'jpeg'],
    ['image/webp', 'webp', 'webp'],
    ['image/avif', 'avif', 'heif'],
  ])('come as %s', async (mediaType, extension, format) => {
    const answer = await get(`/wmts/quarters/default/WebMercatorQuad/6/21/33.${extension}`);
    expect(answer.headers['content-type']).toBe(mediaType);
    expect(await sharp(answer.body).metadata()).toMatchObject({ format, width: 256, height: 256 });
    expect((await ask({ ...TILE, format: mediaType })).body.equals(answer.body)).toBe(true);
  });

  test('lie in the sets of the registry, also in those that are not listed', async () => {
    // From 9.84° to 11.25° east and 50.63° to 49.22° north: the middle of the quarters is at column 28, row 114.
    const degrees = await get('/wmts/quarters/default/WorldCRS84Quad/7/28/135.png');
    expect(await colorAt(degrees, 100, 20)).toEqual([0, 255, 0, 255]);
    expect((await get('/wmts/quarters/default/EuropeanETRS89_LAEAQuad/4/8/8.png')).status).toBe(200);
    for (const set of ['CDB1GlobalGrid', 'GNOSISGlobalGrid', 'Nope']) {
      expect(refusalOf(await ask({ ...TILE, TileMatrixSet: set }))).toEqual([400, 'InvalidParameterValue', 'TileMatrixSet']);
    }
  });

  test('are transparent where nothing is', async () => {
    expect((await colorAt(await get('/wmts/slope/default/WebMercatorQuad/7/42/67.png'), 250, 2))[3]).toBe(0);
  });

  test('take styles by name and the further parameters of rasters', async () => {
    const plain = await get('/wmts/slope/default/WebMercatorQuad/7/43/67.png');
    const styled = await get('/wmts/slope/magma/WebMercatorQuad/7/43/67.png');
    expect(styled.body.equals(plain.body)).toBe(false);
    expect(styled.body.equals((await get('/wmts/slope/default/WebMercatorQuad/7/43/67.png?colormap_name=magma')).body)).toBe(true);
    expect(refusalOf(await get('/wmts/slope/nope/WebMercatorQuad/7/43/67.png'))).toEqual([404, 'InvalidParameterValue', 'Style']);
  });

  test('of a time by dimension, by query and by path', async () => {
    const scene = { ...TILE, layer: 'scenes', TileMatrix: '8', TileRow: '86', TileCol: '135', rescale: '0,255' };
    const gray = async (time: string): Promise<number | undefined> => (await colorAt(await ask({ ...scene, Time: time }), 128, 128))[0];
    expect(await gray('2020-05-01T00:00:00Z')).toBe(50);
    expect(await gray('current')).toBe(150);
    expect(await gray('default')).toBe(150);
    expect(await gray('all')).toBe(150);
    expect(await gray('2021')).toBe(100);
    const byPath = await get('/wmts/scenes/2021-05-01T12:30:00Z/default/WebMercatorQuad/8/86/135.png?rescale=0,255');
    expect((await colorAt(byPath, 128, 128))[0]).toBe(100);
    expect(refusalOf(await ask({ ...scene, Time: '1999' }))).toEqual([400, 'InvalidParameterValue', 'Time']);
  });

  test('are kept like other tiles', async () => {
    const words = { ...TILE, TileRow: '22' };
    expect((await ask(words)).headers['cache-control']).toContain('max-age=60');
    expect((await ask(words)).headers['cache-status']).toBe('graticule; hit');
  });
});

describe('WMTS refusals', () => {
  test.each(['service', 'request', 'version', 'layer', 'style', 'format', 'TileMatrixSet', 'TileMatrix', 'TileRow', 'TileCol'])(
    '%s has to be there',
    async (name) => {
      const [status, code, locator] = refusalOf(await ask(without(TILE, name)));
      expect([status, code, String(locator).toLowerCase()]).toEqual([400, 'MissingParameterValue', name.toLowerCase()]);
    },
  );

  test.each([
    [{ service: 'BOGUS' }, 'InvalidParameterValue', 'service'],
    [{ request: 'GetBOGUS' }, 'InvalidParameterValue', 'request'],
    [{ layer: 'nope' }, 'InvalidParameterValue', 'Layer'],
    [{ style: 'nope' }, 'InvalidParameterValue', 'Style'],
    [{ format: 'image/nope' }, 'InvalidParameterValue', 'Format'],
    [{ TileMatrix: '99' }, 'InvalidParameterValue', 'TileMatrix'],
    [{ TileRow: 'abc' }, 'InvalidParameterValue', 'TileRow'],
    [{ TileRow: '-1' }, 'TileOutOfRange', 'TileRow'],
    [{ TileCol: '64' }, 'TileOutOfRange', 'TileCol'],
    [{ TileRow: '1' }, 'TileOutOfRange', 'TileRow'],
    [{ TileCol: '1' }, 'TileOutOfRange', 'TileCol'],
  ] as const)('%o is %s of %s', async (words, code, locator) => {
    expect(refusalOf(await ask({ ...TILE, ...words }))).toEqual([400, code, locator]);
  });

  test.each(['bidx=9', 'bidx=1&expression=b1', 'formula=a+b', 'Time=2020&datetime=2020', 'legend=nope', 'clip=quarters/1'])(
    '%s is a value that is not valid, though no one parameter be named',
    async (query) => {
      const answer = await get(`/wmts/scenes/default/WebMercatorQuad/8/86/135.png?${query}`);
      expect(refusalOf(answer).slice(0, 2)).toEqual([404, 'InvalidParameterValue']);
      const map = '/wms?version=1.3.0&request=GetMap&layers=scenes&styles=&crs=CRS:84&bbox=9,49,11,51&width=8&height=8&format=image/png';
      const report = await get(`${map}&${query}`);
      expect([report.status, textOf(report)]).toEqual([400, expect.stringMatching(/<ServiceException[ >]/)]);
    },
  );

  test('by path are 404', async () => {
    expect(refusalOf(await get('/wmts/nope/default/WebMercatorQuad/6/21/33.png'))).toEqual([404, 'InvalidParameterValue', 'Layer']);
    expect(refusalOf(await get('/wmts/quarters/default/WebMercatorQuad/6/99/33.png'))).toEqual([404, 'TileOutOfRange', 'TileRow']);
    expect(refusalOf(await get('/wmts/quarters/default/WebMercatorQuad/6/1/33.png'))).toEqual([404, 'TileOutOfRange', 'TileRow']);
    expect(refusalOf(await get('/wmts/quarters/default/WebMercatorQuad/6/21/33.gif'))).toEqual([404, 'InvalidParameterValue', 'Format']);
  });
});

describe('WMTS GetFeatureInfo', () => {
  const INFO: Words = { ...TILE, request: 'GetFeatureInfo', InfoFormat: 'application/json', I: '150', J: '40' };

  test('tells the values under a pixel, by query and by path', async () => {
    const answer = await ask(INFO);
    expect(answer.headers['content-type']).toBe('application/json');
    const found: {
      readonly features: readonly { readonly properties: unknown; readonly geometry: { readonly coordinates: readonly number[] } }[];
    } = JSON.parse(textOf(answer));
    expect(found.features.map(({ properties }) => properties)).toEqual([{ layer: 'quarters', b1: 255, b2: 0, b3: 0 }]);
    const [longitude = 0, latitude = 0] = found.features[0]?.geometry.coordinates ?? [];
    // Column 33 and row 21 of 64: 5.625° east and 52.48° north are their corner.
    expect(longitude).toBeCloseTo(5.625 + (150.5 / 256) * 5.625, 9);
    expect(latitude).toBeGreaterThan(51);
    expect(textOf(await get('/wmts/quarters/default/WebMercatorQuad/6/21/33/40/150.json'))).toBe(textOf(answer));
  });

  test.each([
    ['text/plain', 'txt'],
    ['text/html', 'html'],
    ['application/json', 'json'],
    ['application/geo+json', 'geojson'],
    ['application/vnd.ogc.gml', 'gml2'],
    ['application/gml+xml; version=3.1', 'gml3'],
    ['application/gml+xml; version=3.2', 'gml'],
  ])('answers as %s, by query and by path, and says so in the capabilities', async (format, extension) => {
    const answer = await ask({ ...INFO, InfoFormat: format });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, format]);
    expect((await get(`/wmts/quarters/default/WebMercatorQuad/6/21/33/40/150.${extension}`)).body.equals(answer.body)).toBe(true);
    const text = textOf(await capabilities());
    expect(text).toContain(`<InfoFormat>${format}</InfoFormat>`);
    expect(text).toContain(`<ResourceURL format="${format}" resourceType="FeatureInfo" template="${service.server.root}/wmts/quarters/`);
  });

  test('refuses pixels outside the tile under the codes of the standard and of its test suite', async () => {
    for (const [name, value] of [
      ['I', '256'],
      ['J', '-1'],
      ['J', '999'],
    ] as const) {
      const answer = await ask({ ...INFO, [name]: value });
      expect(refusalOf(answer)).toEqual([400, 'PointIJOutOfRange', name]);
      expect(textOf(answer)).toContain(`exceptionCode="TileOutOfRange" locator="${name}"`);
    }
    expect(refusalOf(await ask({ ...INFO, I: 'x' }))).toEqual([400, 'InvalidParameterValue', 'I']);
    expect(refusalOf(await ask({ ...INFO, InfoFormat: 'nope' }))).toEqual([400, 'InvalidParameterValue', 'InfoFormat']);
    expect(refusalOf(await ask({ ...INFO, TileRow: '1' }))).toEqual([400, 'TileOutOfRange', 'TileRow']);
    expect(refusalOf(await ask(without(INFO, 'InfoFormat')))).toEqual([400, 'MissingParameterValue', 'InfoFormat']);
  });
});

describe('WMTS sets that a client names', () => {
  const setsOf = (text: string): readonly (string | undefined)[] =>
    [...text.matchAll(/<TileMatrixSet><ows:Title>[^<]*<\/ows:Title><ows:Identifier>(\w+)</g)].map((match) => match[1]);
  const linksOf = (text: string, layer: string): readonly (string | undefined)[] => {
    const own = text.split('<Layer>').find((part) => part.includes(`<ows:Identifier>${layer}</ows:Identifier>`)) ?? '';
    return [...own.matchAll(/<TileMatrixSetLink><TileMatrixSet>(\w+)</g)].map((match) => match[1]);
  };

  test('are listed instead of the usual ones, where a layer has tiles in them, with its limits', async () => {
    const text = textOf(await capabilities({ TileMatrixSets: 'UTM32WGS84Quad,NZTM2000Quad,EuropeanETRS89_LAEAQuad' }));
    expect(linksOf(text, 'quarters')).toEqual(['UTM32WGS84Quad', 'EuropeanETRS89_LAEAQuad']);
    expect(setsOf(text)).toEqual(['UTM32WGS84Quad', 'EuropeanETRS89_LAEAQuad']);
    expect(text.match(/<TileMatrixSetLimits>/g)?.length).toBeGreaterThan(4);
    expect(textOf(await get('/wmts/1.0.0/WMTSCapabilities.xml?tilematrixsets=UTM32WGS84Quad'))).toBe(
      textOf(await capabilities({ TileMatrixSets: 'UTM32WGS84Quad' })),
    );
    expect(linksOf(textOf(await capabilities()), 'quarters')).toEqual(['WebMercatorQuad', 'WorldCRS84Quad']);
  });

  test('are all that the standard can say', async () => {
    const text = textOf(await capabilities({ TileMatrixSets: 'all' }));
    const all = setsOf(text);
    expect(all).toEqual(expect.arrayContaining(['WebMercatorQuad', 'WorldCRS84Quad', 'UTM32WGS84Quad', 'EuropeanETRS89_LAEAQuad']));
    expect(all).not.toContain('CDB1GlobalGrid');
    expect(all).not.toContain('GNOSISGlobalGrid');
    for (const set of all.filter((_, i) => i % 9 === 0)) {
      const first = new RegExp(`<ows:Identifier>${set}</ows:Identifier><ows:SupportedCRS>.*?<TileMatrix><ows:Identifier>(.*?)<`).exec(
        text,
      )?.[1];
      const answer = await ask({ ...TILE, TileMatrixSet: set ?? '', TileMatrix: first ?? '', TileRow: '0', TileCol: '0' });
      // Of some the data lie outside the first tile.
      if (answer.status !== 200) expect([set, ...refusalOf(answer).slice(0, 2)]).toEqual([set, 400, 'TileOutOfRange']);
    }
  });

  test('have to be there', async () => {
    expect(refusalOf(await capabilities({ TileMatrixSets: 'Nope' }))).toEqual([400, 'InvalidParameterValue', 'TileMatrixSets']);
  });
});

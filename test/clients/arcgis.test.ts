import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { descendantsOf, parseXml, textOfChild } from '../../conformance/xml.ts';
import { serveTables } from '../support/served-tables.ts';

// The Maps SDK for JavaScript 5.1 is no package that may be depended on. What it asked of this server in Chromium is asked again here.

// One white cell of 10 degrees in the dark, its middle at 85° E, 5° N; and the same in UTM.
const TABLES = `
  create table heights (rid int primary key, rast raster);
  insert into heights select 1, st_setvalue(st_addband(st_makeemptyraster(36, 18, -180, 90, 10, -10, 0, 0, 4326), '8BUI'::text, 10), 27, 9, 255);
  create table heights_utm (rid int primary key, rast raster);
  insert into heights_utm select 1, st_setvalue(st_addband(st_makeemptyraster(60, 60, 200000, 6000000, 10000, -10000, 0, 0, 32632), '8BUI'::text, 10), 5, 5, 255);
  create table towns (id int primary key, name text, geom geometry(Point, 4326));
  insert into towns select n, 'Town ' || n, st_setsrid(st_point(n * 10, n * 5), 4326) from generate_series(-8, 8) n;
  create index on towns using gist (geom);
  select addrasterconstraints(t, 'rast'::name) from unnest(array['heights', 'heights_utm']::name[]) t;`;

const server = serveTables(TABLES);

/** Asks as a page of another origin; the answer may be read there. */
async function ask(target: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const answer = await fetch(`${server.root}${target}`, { headers: { Origin: 'https://maps.example.org', ...headers } });
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  return answer;
}

async function pixelsOf(answer: Response): Promise<{ readonly data: Buffer; readonly width: number; readonly height: number }> {
  expect(answer.headers.get('content-type')).toBe('image/png');
  const { data, info } = await sharp(Buffer.from(await answer.arrayBuffer()))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

describe('ArcGIS asks', () => {
  test.each([
    ['1.3.0', '', 'crs', '-90,-180,90,180', '90,-180,270,180'],
    ['1.1.1', '&version=1.1.1', 'srs', '-180,-90,180,90', '-180,90,180,270'],
  ])('WMS %s for its capabilities, for the world and for what lies beyond it', async (version, asked, name, world, beyond) => {
    const capabilities = await (await ask(`/wms?SERVICE=WMS&REQUEST=GetCapabilities${asked}`)).text();
    expect(capabilities).toContain(`version="${version}"`);
    const map = (box: string): Promise<Response> =>
      ask(
        `/wms?width=360&height=180&bbox=${encodeURIComponent(box)}&${name}=EPSG%3A4326&format=image%2Fpng&request=GetMap&service=WMS&styles=&transparent=TRUE&version=${version}&layers=heights`,
      );
    const { data, width } = await pixelsOf(await map(world));
    const at = (lon: number, lat: number): number => data[((90 - lat) * width + lon + 180) * 4] ?? -1;
    expect(at(85, 5)).toBeGreaterThan(at(65, 5));
    expect(at(85, 5)).toBeGreaterThan(at(85, -15));
    const outside = await pixelsOf(await map(beyond));
    expect(outside.data.every((value, i) => i % 4 !== 3 || value === 0)).toBe(true);
  });

  test('WMTS for grids that it knows, and for tiles by their template', async () => {
    const contents = parseXml(await (await ask('/wmts/1.0.0/WMTSCapabilities.xml')).text());
    const sets = descendantsOf(contents, 'TileMatrixSet').filter((set) => textOfChild(set, 'SupportedCRS') !== undefined);
    expect(sets.map((set) => textOfChild(set, 'Identifier'))).toEqual(expect.arrayContaining(['WebMercatorQuad', 'UTM32WGS84Quad']));
    for (const set of sets) {
      expect(textOfChild(set, 'SupportedCRS')).toMatch(/^urn:ogc:def:crs:(EPSG:[\d.:]*:\d+|OGC:1\.3:CRS84)$/);
      const matrices = descendantsOf(set, 'TileMatrix');
      const scales = matrices.map((matrix) => Number(textOfChild(matrix, 'ScaleDenominator')));
      scales.slice(1).forEach((scale, i) => expect((scales[i] ?? 0) / scale).toBeCloseTo(2, 6));
      expect(new Set(matrices.map((matrix) => textOfChild(matrix, 'TopLeftCorner'))).size).toBe(1);
    }
    for (const resource of descendantsOf(contents, 'ResourceURL').filter(({ attributes }) => attributes['resourceType'] === 'tile')) {
      const tile = String(resource.attributes['template']).replace(server.root, '').replace('{style}', 'default');
      const filled = tile.replace('{TileMatrixSet}', 'WebMercatorQuad').replace(/\{TileMatrix\}|\{TileRow\}|\{TileCol\}/g, '0');
      expect((await ask(filled)).status, filled).toBe(200);
    }
  });

  test('OGC API for its parts, for a few features and for those of a tile', async () => {
    const json = { Accept: 'application/json' };
    const landing: { readonly links: readonly { readonly rel: string }[] } = JSON.parse(await (await ask('/', json)).text());
    expect(landing.links.map(({ rel }) => rel)).toEqual(expect.arrayContaining(['service-desc', 'conformance', 'data']));
    expect(await (await ask('/conformance', json)).text()).toContain('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson');
    expect(await (await ask('/collections', json)).text()).toContain('"id":"towns"');
    const api = await ask('/api?f=json', { Accept: 'application/vnd.oai.openapi+json;version=3.0' });
    expect(await api.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.0/) });
    for (const [query, count] of [
      ['limit=5', 5],
      ['bbox=-180%2C-89.99999999999997%2C-2.842170943040401e-14%2C90&limit=5000', 8],
    ] as const) {
      const items = await ask(`/collections/towns/items?${query}`, { Accept: 'application/geo+json' });
      expect(items.headers.get('content-type')).toBe('application/geo+json');
      expect(await items.json()).toMatchObject({ type: 'FeatureCollection', numberReturned: count });
    }
  });

  test('a GeoTIFF that ends in .tif for ranges, and for a companion that need not be there', async () => {
    const file = '/collections/heights_utm/preview/60x60.tif';
    const whole = Buffer.from(await (await ask(file)).arrayBuffer());
    const first = await ask(file, { Range: 'bytes=0-1048576' });
    expect(first.status).toBe(206);
    expect(Buffer.from(await first.arrayBuffer())).toEqual(whole);
    const part = await ask(file, { Range: 'bytes=100-199' });
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${whole.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));
    expect((await ask(`${file}.aux.xml`)).status).toBe(400);
  });

  test('vector tiles by a style and by TileJSON', async () => {
    const style = await (await ask('/style.json?f=json')).json();
    expect(style).toMatchObject({ version: 8 });
    const tileJson: { readonly tiles: readonly string[] } = JSON.parse(
      await (await ask('/collections/towns/tiles/WebMercatorQuad/tilejson.json?f=json')).text(),
    );
    const tile = await ask((tileJson.tiles[0] ?? '').replace(server.root, '').replace(/\{[zxy]\}/g, '0'));
    expect(tile.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect((await tile.arrayBuffer()).byteLength).toBeGreaterThan(50);
  });
});

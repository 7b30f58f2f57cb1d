import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { CHROMIUM, launchChromium } from './browser.ts';
import { type Located, openOpenLayers, type OpenLayersPage } from './openlayers-page.ts';
import { withProgram } from './program.ts';

type Place = readonly [number, number];

/** Where one looks from: metres or degrees a pixel. */
interface View {
  readonly projection: string;
  readonly resolution: number;
}

const CLASSES = `"bands": [{"name": "lamp", "kind": "categorical",
  "classes": [{"value": 50, "label": "dark", "color": "#0000ff"}, {"value": 200, "label": "lit", "color": "#ff0000"}]}]`;

// One lit cell among dark ones, in degrees and in two projections; and the outline of the first as a polygon.
const TABLES = `
  create function beacon(west float, north float, cell float, crs int, columns int, lit_column int, lit_row int) returns raster language sql as
    $$ select st_setvalue(st_addband(st_makeemptyraster(columns, 64, west, north, cell, -cell, 0, 0, crs), '8BUI'::text, 50), lit_column, lit_row, 200) $$;
  create table beacon (rid int primary key, rast raster);
  insert into beacon values (1, beacon(0, 56, 0.25, 4326, 80, 35, 27));
  create table beacon_utm (rid int primary key, rast raster);
  insert into beacon_utm values (1, beacon(-20000, 6000000, 14000, 25832, 60, 34, 32));
  create table beacon_laea (rid int primary key, rast raster);
  insert into beacon_laea values (1, beacon(3900000, 3300000, 14000, 3035, 70, 28, 33));
  comment on table beacon is '{"title": "Beacon", ${CLASSES}}';
  comment on table beacon_utm is '{${CLASSES}}';
  comment on table beacon_laea is '{${CLASSES}}';
  create table lamp (id int primary key, geom geometry(Polygon, 4326));
  insert into lamp select 1, st_envelope(geom) from beacon, st_pixelaspolygon(rast, 35, 27) geom;
  select addrasterconstraints(t, 'rast'::name) from unnest(array['beacon', 'beacon_utm', 'beacon_laea']::name[]) t;
  create index on lamp using gist (geom);
  grant select on all tables in schema public to public;
  analyze`;

const CELLS: Readonly<Record<string, readonly [number, number]>> = { beacon: [35, 27], beacon_utm: [34, 32], beacon_laea: [28, 33] };

/** Where tiles of WebMercatorQuad 7 and WorldCRS84Quad 6 have a pixel of the screen for each of theirs. */
const MERCATOR: View = { projection: 'EPSG:3857', resolution: 156_543.033_928_040_97 / 128 };
const DEGREES: View = { projection: 'EPSG:4326', resolution: 0.703_125 / 64 };

const VIEWS: readonly View[] = [
  MERCATOR,
  { projection: 'EPSG:4326', resolution: 0.0125 },
  { projection: 'EPSG:3035', resolution: 700 },
  { projection: 'EPSG:25832', resolution: 700 },
];

withProgram(CHROMIUM, (executablePath) => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let page: OpenLayersPage;
  const places = new Map<string, Place>();

  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(TABLES);
    for (const [table, [column, row]] of Object.entries(CELLS)) {
      const [found] = await database.query(
        `select st_x(p) as lon, st_y(p) as lat from ${table}, st_transform(st_pixelascentroid(rast, ${column}, ${row}), 4326) p`,
      );
      places.set(table, [Number(found?.['lon']), Number(found?.['lat'])]);
    }
    server = await startTestServer({ database });
    browser = await launchChromium(executablePath);
    page = await openOpenLayers(browser);
  });

  afterAll(async () => {
    await page?.close();
    await browser?.close();
    await server?.close();
    await database?.close();
  });

  const placeOf = (table: string): Place => {
    const place = places.get(table);
    if (place === undefined) throw new Error(`Nothing is lit in ${table}`);
    return place;
  };

  /** Draws the layer that an expression makes, beside the lit cell and not on it, and says where the cell was seen. */
  const locate = (layer: string, table: string, { projection, resolution }: View, given: object = {}): Promise<Located> => {
    const [lon, lat] = placeOf(table);
    return page.run<Located>(
      `const { root, place } = given;
       const map = await draw(${layer}, { projection: given.projection, resolution: given.resolution, center: given.center });
       return locateRed(map, place);`,
      { root: server.root, place: [lon, lat], center: [lon + 0.4, lat - 0.3], projection, resolution, ...given },
    );
  };

  /** The lit cell is where it lies on the ground, within a pixel, among dark ones. */
  const expectAtItsPlace = ({ count, others, offset, lonLat }: Located, table: string, { resolution, projection }: View): void => {
    const [lon, lat] = placeOf(table);
    const degree = projection === 'EPSG:4326' ? resolution : (resolution / 111_320) * 1.6;
    expect(count).toBeGreaterThan(60);
    expect(others).toBeGreaterThan(5000);
    expect(offset).toBeLessThan(1);
    expect(Math.abs(lonLat[0] - lon)).toBeLessThan(degree);
    expect(Math.abs(lonLat[1] - lat)).toBeLessThan(degree);
  };

  const cases = (tables: readonly string[], views: readonly View[]): [string, string, View][] =>
    tables.flatMap((table) => views.map((view): [string, string, View] => [table, view.projection, view]));

  describe('OpenLayers shows the lit cell where it is', { timeout: 60_000 }, () => {
    describe.each(['1.3.0', '1.1.1'])('by WMS %s', (version) => {
      const parameters = `params: { LAYERS: given.table, VERSION: '${version}' }, url: root + '/wms', crossOrigin: 'anonymous'`;

      test.each(cases(Object.keys(CELLS), VIEWS))('in tiles: %s in %s', async (table, _projection, view) => {
        const layer = `new ol.layer.Tile({ source: new ol.source.TileWMS({ ${parameters} }) })`;
        expectAtItsPlace(await locate(layer, table, view, { table }), table, view);
      });

      test.each(cases(['beacon', 'beacon_laea'], VIEWS))('in one picture: %s in %s', async (table, _projection, view) => {
        const layer = `new ol.layer.Image({ source: new ol.source.ImageWMS({ ratio: 1, ${parameters} }) })`;
        expectAtItsPlace(await locate(layer, table, view, { table }), table, view);
      });

      test.each(VIEWS)('and GetFeatureInfo in $projection tells the value that /point has there', async ({ projection, resolution }) => {
        for (const [table, [lon, lat]] of places) {
          for (const shift of [0, 0.6]) {
            const position = [lon + shift, lat];
            const answer = await page.run<{ readonly features: readonly { readonly properties: Readonly<Record<string, unknown>> }[] }>(
              `const source = new ol.source.TileWMS({ url: given.root + '/wms', params: { LAYERS: given.table, VERSION: '${version}' } });
               const url = source.getFeatureInfoUrl(ol.proj.fromLonLat(given.position, given.projection), given.resolution, given.projection,
                 { INFO_FORMAT: 'application/json' });
               return (await fetch(url)).json();`,
              { root: server.root, table, position, projection, resolution: resolution / 8 },
            );
            const point: unknown = await (await fetch(`${server.root}/collections/${table}/point/${position.join(',')}`)).json();
            expect(answer.features[0]?.properties).toMatchObject({ layer: table, lamp: shift === 0 ? 200 : 50 });
            expect(point).toMatchObject({ values: [shift === 0 ? 200 : 50] });
          }
        }
      });
    });

    describe.each(['KVP', 'REST'])('by WMTS from its capabilities, %s', (encoding) => {
      test.each([
        ['WebMercatorQuad', 'beacon', MERCATOR],
        ['WebMercatorQuad', 'beacon_laea', MERCATOR],
        ['WorldCRS84Quad', 'beacon', DEGREES],
        ['WorldCRS84Quad', 'beacon_utm', DEGREES],
        ['EuropeanETRS89_LAEAQuad', 'beacon_laea', { projection: 'EPSG:3035', resolution: 700 }],
      ] as const)('%s: %s', async (set, table, view) => {
        const layer = `new ol.layer.Tile({ source: await (async () => {
          const text = await (await fetch(root + '/wmts/1.0.0/WMTSCapabilities.xml')).text();
          const capabilities = new ol.format.WMTSCapabilities().read(text);
          const options = ol.source.WMTS.optionsFromCapabilities(capabilities,
            { layer: given.table, matrixSet: given.set, requestEncoding: '${encoding}', crossOrigin: 'anonymous' });
          if (options.requestEncoding !== '${encoding}' || options.matrixSet !== given.set) throw new Error(JSON.stringify([options.requestEncoding, options.matrixSet]));
          return new ol.source.WMTS(options);
        })() })`;
        expectAtItsPlace(await locate(layer, table, view, { table, set }), table, view);
      });
    });

    test.each([
      ['WebMercatorQuad', 'beacon', MERCATOR],
      ['WebMercatorQuad', 'beacon_utm', MERCATOR],
      ['WorldCRS84Quad', 'beacon', DEGREES],
      ['EuropeanETRS89_LAEAQuad', 'beacon_laea', { projection: 'EPSG:3035', resolution: 700 }],
    ] as const)('by OGC API map tiles: %s of %s', async (set, table, view) => {
      const layer = `new ol.layer.Tile({ source: new ol.source.OGCMapTile(
        { url: root + '/collections/' + given.table + '/map/tiles/' + given.set, projection: given.projection, crossOrigin: 'anonymous' }) })`;
      expectAtItsPlace(await locate(layer, table, view, { table, set }), table, view);
    });

    test.each([
      ['WebMercatorQuad', MERCATOR],
      ['WorldCRS84Quad', DEGREES],
    ] as const)('by OGC API vector tiles: %s', async (set, view) => {
      const layer = `new ol.layer.VectorTile({
        source: new ol.source.OGCVectorTile({ url: root + '/collections/lamp/tiles/' + given.set, projection: given.projection, format: new ol.format.MVT() }),
        background: '#0000ff', style: { 'fill-color': '#ff0000' } })`;
      const { count, offset } = await locate(layer, 'beacon', view, { set });
      expect(count).toBeGreaterThan(60);
      expect(offset).toBeLessThan(1);
    });

    test.each(VIEWS)('by OGC API maps in $projection', async (view) => {
      const layer = `new ol.layer.Image({ source: new ol.source.OGCMap({ url: root + '/collections/beacon/map', ratio: 1, crossOrigin: 'anonymous' }) })`;
      expectAtItsPlace(await locate(layer, 'beacon', view), 'beacon', view);
    });

    // In other projections OpenLayers itself moves the numbers, at the size of their cells: then a place is right within a cell.
    test.each([
      ['beacon', DEGREES],
      ['beacon_utm', { projection: 'EPSG:25832', resolution: 700 }],
      ['beacon_laea', { projection: 'EPSG:3035', resolution: 700 }],
    ] as const)('by the coverage itself, drawn by the browser: %s', async (table, view) => {
      const layer = `new ol.layer.WebGLTile({
        source: new ol.source.GeoTIFF({ normalize: false, interpolate: false, sources: [{ url: root + '/collections/' + given.table + '/coverage?f=cog' }] }),
        style: { color: ['case', ['>', ['band', 1], 100], ['color', 255, 0, 0], ['color', 0, 0, 255]] } })`;
      expectAtItsPlace(await locate(layer, table, view, { table }), table, view);
    });

    test('by XYZ tiles', async () => {
      const layer = `new ol.layer.Tile({ source: new ol.source.XYZ({ url: root + '/xyz/beacon/{z}/{x}/{y}.png', crossOrigin: 'anonymous' }) })`;
      expectAtItsPlace(await locate(layer, 'beacon', MERCATOR), 'beacon', MERCATOR);
    });

    test('by TileJSON, within a pixel of the last level that it has', async () => {
      const url = `${server.root}/collections/beacon/map/tiles/WebMercatorQuad/tilejson.json`;
      const { maxzoom }: { readonly maxzoom: number } = JSON.parse(await (await fetch(url)).text());
      // Enlarged four times, so that the screen asks for no tile outside the limits: OpenLayers does not heed the bounds.
      const closer: View = { projection: 'EPSG:3857', resolution: 156_543.033_928_040_97 / 2 ** (maxzoom + 2) };
      const layer = `new ol.layer.Tile({ source: new ol.source.TileJSON({ url: given.url, crossOrigin: 'anonymous' }) })`;
      const { count, offset } = await locate(layer, 'beacon', closer, { url });
      expect(count).toBeGreaterThan(60);
      expect(offset / 4).toBeLessThan(1);
    });
  });
});

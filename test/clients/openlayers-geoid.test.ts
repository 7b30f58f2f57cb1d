import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { CHROMIUM, launchChromium } from './browser.ts';
import { type Located, openOpenLayers, type OpenLayersPage } from './openlayers-page.ts';
import { withProgram } from './program.ts';

/** Cells of the geoid below this are its hollow south of India; a picture of them alone is red there and blue elsewhere. */
const HOLLOW = -106.5;
const LOOK = { colormap: JSON.stringify({ [`x<${HOLLOW}`]: 'ff0000', [`x>=${HOLLOW}`]: '0000ff' }), resampling: 'nearest' };

withProgram(CHROMIUM, (executablePath) => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let page: OpenLayersPage;
  let place: readonly [number, number];

  beforeAll(async () => {
    database = await createTestDatabase('demo');
    const [found] = await database.query(
      `select avg(st_x(geom)) as lon, avg(st_y(geom)) as lat, count(*) from geoid, st_pixelascentroids(rast, 1) where val < ${HOLLOW}`,
    );
    expect(Number(found?.['count'])).toBeGreaterThan(2);
    place = [Number(found?.['lon']), Number(found?.['lat'])];
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

  describe('OpenLayers finds the hollow of the geoid where the table has it', { timeout: 60_000 }, () => {
    const query = new URLSearchParams(LOOK).toString();
    const wms = (version: string): string =>
      `url: root + '/wms', params: { LAYERS: 'geoid', VERSION: '${version}', ...look }, crossOrigin: 'anonymous'`;
    const tiles = (source: string): string => `new ol.layer.Tile({ source: new ol.source.${source} })`;
    const picture = (source: string): string => `new ol.layer.Image({ source: new ol.source.${source} })`;

    test.each([
      ['tiles of WMS 1.3.0', 'EPSG:3857', tiles(`TileWMS({ ${wms('1.3.0')} })`)],
      ['tiles of WMS 1.3.0', 'EPSG:4326', tiles(`TileWMS({ ${wms('1.3.0')} })`)],
      ['a picture of WMS 1.1.1', 'EPSG:4326', picture(`ImageWMS({ ratio: 1, ${wms('1.1.1')} })`)],
      ['XYZ', 'EPSG:3857', tiles(`XYZ({ url: root + '/xyz/geoid/{z}/{x}/{y}.png?${query}', crossOrigin: 'anonymous' })`)],
      [
        'OGC API map tiles',
        'EPSG:3857',
        tiles(`OGCMapTile({ url: root + '/collections/geoid/map/tiles/WebMercatorQuad?${query}', crossOrigin: 'anonymous' })`),
      ],
      [
        'OGC API maps',
        'EPSG:3857',
        picture(`OGCMap({ url: root + '/collections/geoid/map?${query}', ratio: 1, crossOrigin: 'anonymous' })`),
      ],
      [
        'the coverage',
        'EPSG:4326',
        `new ol.layer.WebGLTile({
          source: new ol.source.GeoTIFF({ normalize: false, interpolate: false, sources: [{ url: root + '/collections/geoid/coverage?f=cog' }] }),
          style: { color: ['case', ['<', ['band', 1], ${HOLLOW}], ['color', 255, 0, 0], ['color', 0, 0, 255]] } })`,
      ],
    ])('%s in %s', async (_, projection, layer) => {
      const resolution = projection === 'EPSG:4326' ? 0.703_125 / 64 : 156_543.033_928_040_97 / 128;
      const { count, others, offset } = await page.run<Located>(
        `const { root, place, look } = given; return locateRed(await draw(${layer}, given), place);`,
        { root: server.root, place, look: LOOK, projection, resolution, center: [place[0] + 0.4, place[1] - 0.3] },
      );
      expect(count).toBeGreaterThan(1000);
      expect(others).toBeGreaterThan(5000);
      expect(offset).toBeLessThan(1);
    });
  });
});

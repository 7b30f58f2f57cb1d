import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { CHROMIUM, launchChromium } from './browser.ts';
import { countColours } from './colours.ts';
import { servePage } from './page-server.ts';
import { withProgram } from './program.ts';

/** What the page's map says when it is idle or when its time is up. */
interface Shown {
  readonly errors: readonly string[];
  readonly layers: readonly string[];
}

withProgram(CHROMIUM, (executablePath) => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(readFileSync(new URL('../../conformance/fixture.sql', import.meta.url), 'utf8'));
    server = await startTestServer({ database });
    browser = await launchChromium(executablePath);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await database?.close();
  });

  describe('MapLibre on a page of another origin', () => {
    const show = async (style: string): Promise<Shown & { readonly colours: number }> => {
      const pages = await servePage(pageOf(style));
      const page = await browser.newPage({ viewport: { width: 512, height: 512 } });
      await page.goto(pages.url);
      await page.waitForFunction('window.shown !== undefined', undefined, { timeout: 30_000 });
      const shown: Shown = JSON.parse(await page.evaluate('JSON.stringify(window.shown)'));
      const colours = await countColours(await page.screenshot());
      await page.close();
      await pages.close();
      return { ...shown, colours };
    };

    test('shows the style of everything', { timeout: 60_000 }, async () => {
      const { errors, layers, colours } = await show(JSON.stringify(`${server.root}/style.json`));
      expect(errors).toEqual([]);
      expect(layers).toEqual(expect.arrayContaining(['places', 'regions']));
      expect(colours).toBeGreaterThan(10);
    });

    test('shows vector tiles and raster tiles by their TileJSON', { timeout: 60_000 }, async () => {
      const style = {
        version: 8,
        sources: {
          regions: { type: 'vector', url: `${server.root}/collections/regions/tiles/WebMercatorQuad/tilejson.json` },
          elevation: {
            type: 'raster',
            tileSize: 256,
            url: `${server.root}/collections/elevation/map/tiles/WebMercatorQuad/tilejson.json`,
          },
        },
        layers: [
          { id: 'elevation', type: 'raster', source: 'elevation' },
          {
            id: 'regions',
            type: 'line',
            source: 'regions',
            'source-layer': 'regions',
            paint: { 'line-color': '#ff0000', 'line-width': 3 },
          },
        ],
      };
      const { errors, layers, colours } = await show(JSON.stringify(style));
      expect(errors).toEqual([]);
      expect(layers).toEqual(['regions']);
      expect(colours).toBeGreaterThan(10);
    });
  });
});

/** A page with a map of the whole world and nothing else; `style` is a JavaScript expression. */
function pageOf(style: string): string {
  return `<!doctype html><html><head><link rel="stylesheet" href="maplibre-gl/dist/maplibre-gl.css"></head>
<body style="margin:0"><div id="map" style="width:512px;height:512px"></div><script type="module">
import * as maplibre from './maplibre-gl/dist/maplibre-gl.mjs';
const map = new maplibre.Map({ container: 'map', style: ${style}, center: [0, 20], zoom: 0, attributionControl: false,
  canvasContextAttributes: { preserveDrawingBuffer: true } });
const errors = [];
const tell = () => { window.shown = { errors, layers: [...new Set(map.queryRenderedFeatures().map((f) => f.sourceLayer))] }; };
map.on('error', (event) => errors.push(String(event.error && event.error.message)));
map.once('idle', tell);
setTimeout(() => window.shown ?? tell(), 20000);
</script></body></html>`;
}

import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { countColours } from './colours.ts';
import { servePage } from './page-server.ts';

/** A page of another origin with OpenLayers, geotiff.js and proj4, and the functions of `pages/openlayers.js`. */
export interface OpenLayersPage {
  /** Runs the body of an async function in the page; `place` and the like reach it as `given`. @throws Error with what was thrown there, or said on the console */
  run<T>(body: string, given?: unknown): Promise<T>;
  /** How many colours the page shows, each band rounded to 16 steps. */
  colours(): Promise<number>;
  close(): Promise<void>;
}

/** What a layer drew of a red cell. */
export interface Located {
  /** Red pixels, and pixels of any other colour. */
  readonly count: number;
  readonly others: number;
  /** Pixels between the middle of the red ones and the place where the cell lies. */
  readonly offset: number;
  readonly lonLat: readonly [number, number];
}

const PAGE = `<!doctype html><html><head><meta charset="utf-8">
<script src="geotiff/dist-browser/geotiff.js"></script><script src="proj4/dist/proj4.js"></script><script src="ol/dist/ol.js"></script>
</head><body style="margin:0"><div id="map" style="width:500px;height:500px"></div><script>
${readFileSync(new URL('pages/openlayers.js', import.meta.url), 'utf8')}
</script></body></html>`;

/** Opens the page; what it asks of other origins than the server's and its own fails. */
export async function openOpenLayers(browser: Browser): Promise<OpenLayersPage> {
  const pages = await servePage(PAGE);
  const page = await browser.newPage({ viewport: { width: 500, height: 500 }, deviceScaleFactor: 1 });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(pages.url);
  return {
    run: async <T>(body: string, given: unknown = null): Promise<T> => {
      faults.length = 0;
      // Errors cross as text: stacks of the page name files that nobody has.
      const answer: string = await page.evaluate(`(async (given) => { ${body} })(${JSON.stringify(given)})
        .then((value) => ({ value }), (error) => ({ error: String(error.stack ?? error) })).then(JSON.stringify)`);
      const { value, error }: { readonly value: T; readonly error?: string } = JSON.parse(answer);
      if (error !== undefined) throw new Error(error.replaceAll(pages.url, 'page:'));
      if (faults.length > 0) throw new Error(faults.join('; '));
      return value;
    },
    colours: async () => countColours(await page.screenshot()),
    close: async () => {
      await page.close();
      await pages.close();
    },
  };
}

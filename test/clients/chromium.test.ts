import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { CHROMIUM, launchChromium } from './browser.ts';
import { countColours } from './colours.ts';
import { withProgram } from './program.ts';

/** What a page did besides showing itself. */
interface Behaviour {
  readonly page: Page;
  /** Errors and warnings on the console, uncaught errors, failed requests. */
  readonly complaints: string[];
  /** Requests that left the server's host. */
  readonly foreign: string[];
}

const IDLE_MS = 20_000;

withProgram(CHROMIUM, (executablePath) => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(readFileSync(new URL('../../conformance/fixture.sql', import.meta.url), 'utf8'));
    server = await startTestServer({ database, env: { HOST: '0.0.0.0' } });
    browser = await launchChromium(executablePath);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await database?.close();
  });

  const open = async (url: string): Promise<Behaviour> => {
    const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
    const behaviour: Behaviour = { page, complaints: [], foreign: [] };
    const host = new URL(url).host;
    page.on('console', (message: ConsoleMessage) => {
      if (['error', 'warning'].includes(message.type()) && !isDriverWarning(message.text())) behaviour.complaints.push(message.text());
    });
    page.on('pageerror', (error: Error) => behaviour.complaints.push(error.message));
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText !== 'net::ERR_ABORTED')
        behaviour.complaints.push(`${request.url()}: ${String(request.failure()?.errorText)}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) behaviour.complaints.push(`${response.status()} ${response.url()}`);
    });
    page.on('request', (request) => {
      const target = new URL(request.url());
      if (target.protocol.startsWith('http') && target.host !== host) behaviour.foreign.push(request.url());
    });
    await page.goto(url, { waitUntil: 'networkidle', timeout: IDLE_MS });
    return behaviour;
  };

  const addresses = (): readonly (readonly [string, string])[] => {
    const outer = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal);
    const { port } = new URL(server.root);
    return [
      ['the loopback address', server.root],
      ...(outer === undefined ? [] : [['another address of this machine', `http://${outer.address}:${port}`] as const]),
    ];
  };

  describe('Chromium', () => {
    test('shows the viewer with a map that is not blank, quietly and from this host alone', { timeout: 90_000 }, async () => {
      for (const [where, root] of addresses()) {
        const { page, complaints, foreign } = await open(`${root}/viewer`);
        await page.waitForSelector('canvas.maplibregl-canvas', { timeout: IDLE_MS });
        const colours = await waitForColours(page);
        expect(colours, where).toBeGreaterThan(20);
        expect(complaints, where).toEqual([]);
        expect(foreign, where).toEqual([]);
        await page.close();
      }
    });

    test.each([
      '/',
      '/collections',
      '/collections/places',
      '/collections/elevation',
      '/collections/places/items',
      '/collections/places/items/1',
      '/collections/places/tiles',
      '/tileMatrixSets',
      '/conformance',
      '/api',
    ])('shows %s quietly', { timeout: 60_000 }, async (path) => {
      const { page, complaints, foreign } = await open(`${server.root}${path}${path.includes('?') ? '&' : '?'}f=html`);
      const text = await page.innerText('body');
      expect(text.length).toBeGreaterThan(100);
      expect(complaints).toEqual([]);
      expect(foreign).toEqual([]);
      await page.close();
    });

    test('pages fit a phone: nothing is wider than the screen', { timeout: 60_000 }, async () => {
      for (const path of ['/', '/collections', '/collections/places', '/collections/places/items']) {
        const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
        await page.goto(`${server.root}${path}?f=html`, { waitUntil: 'networkidle' });
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect(width, path).toBeLessThanOrEqual(362);
        await page.close();
      }
    });

    test('the first Tab leads to something visible', { timeout: 30_000 }, async () => {
      const page = await browser.newPage();
      await page.goto(`${server.root}/?f=html`);
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(
        `(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + ' ' + document.activeElement.tagName; })()`,
      );
      expect(String(outline)).toMatch(/ (A|BUTTON|INPUT)$/);
      await page.close();
    });
  });
});

/** Waits until the map's picture has settled into more than a few colours; gives their number, rounded to 16 steps a band. */
async function waitForColours(page: Page): Promise<number> {
  let count = 0;
  for (const until = Date.now() + IDLE_MS; Date.now() < until;) {
    await page.waitForTimeout(500);
    const before = count;
    count = await countColours(await page.locator('canvas.maplibregl-canvas').first().screenshot());
    if (count > 20 && count === before) return count;
  }
  return count;
}

/** What the software renderer of headless machines says of itself. */
function isDriverWarning(text: string): boolean {
  return /GPU stall due to ReadPixels|swiftshader|software WebGL/i.test(text);
}

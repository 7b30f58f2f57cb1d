import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { CHROMIUM, launchChromium, middleOfMap } from './browser.ts';
import { withProgram } from './program.ts';

const WAIT_MS = 20_000;
const POLL = { timeout: WAIT_MS, interval: 300 };

// A ramp from 0 in the west to 255 in the east, and a month of two colours.
const TABLES = `
  create table ramp (rid int primary key, rast raster);
  insert into ramp select 1, st_mapalgebra(st_addband(st_makeemptyraster(256, 128, -64, 32, 0.5, -0.5, 0, 0, 4326), '32BF'::text, 1), 1, '32BF', '[rast.x] - 1');
  create index on ramp using gist (st_convexhull(rast));
  comment on column ramp.rast is '{"title": "Ramp", "bands": [{"name": "height", "title": "Height", "unit": "m"}]}';
  create table months (rid int primary key, taken date, rast raster);
  insert into months select n, make_date(2024, n, 1),
    st_addband(st_makeemptyraster(64, 64, -32, 32, 1, -1, 0, 0, 4326), '32BF'::text, n * 100) from generate_series(1, 2) n;
  create index on months using gist (st_convexhull(rast));
  analyze`;

withProgram(CHROMIUM, (executablePath) => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(TABLES);
    server = await startTestServer({ database });
    browser = await launchChromium(executablePath);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await database?.close();
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1100, height: 700 } });
    faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) faults.push(message.text());
    });
  });

  afterEach(async () => {
    await page.close();
    expect(faults).toEqual([]);
  });

  async function open(collection: string, look = ''): Promise<void> {
    await page.goto(`${server.root}/collections/${collection}/map/tiles/WebMercatorQuad/map.html${look}`);
    await ready();
  }

  async function ready(): Promise<void> {
    await page.waitForSelector('.viewer-map[data-ready]', { timeout: WAIT_MS });
  }

  const middle = (): Promise<readonly number[]> => middleOfMap(page);

  /** How far the colour in the middle is from another, in the channel that differs most. */
  async function distance(color: readonly number[]): Promise<number> {
    const shown = await middle();
    return Math.max(...color.map((value, i) => Math.abs(value - (shown[i] ?? 0))));
  }

  async function chooseRamp(name: string): Promise<void> {
    await page.locator('[data-ramps] summary').click();
    await page.locator(`[name="colormap_name"][value="${name}"]`).check();
  }

  const GREY = [128, 128, 128];
  const VIRIDIS = [33, 145, 140];
  const VIRIDIS_LAST = [253, 231, 37];

  describe('the map of a raster', { timeout: 90_000 }, () => {
    test('takes the colours of the chosen map, in picture, legend and address, and keeps them over a reload', async () => {
      await open('ramp');
      await expect.poll(() => distance(GREY), POLL).toBeLessThan(12);
      await chooseRamp('viridis');
      await expect.poll(() => distance(VIRIDIS), POLL).toBeLessThan(16);
      expect(page.url()).toContain('#colormap_name=viridis');
      await expect.poll(() => page.locator('[data-legend]').getAttribute('src'), POLL).toContain('colormap_name=viridis');
      const legend = "document.querySelector('[data-legend]')";
      expect(await page.evaluate(`${legend}.decode().then(() => ${legend}.naturalWidth)`)).toBeGreaterThan(50);
      await page.reload();
      await ready();
      expect(await page.locator('[data-ramp-name]').innerText()).toBe('viridis');
      await expect.poll(() => distance(VIRIDIS), POLL).toBeLessThan(16);
    });

    test('stretches between the sliders, whose ends are those of the values', async () => {
      await open('ramp', '#colormap_name=viridis');
      const highest = page.getByRole('slider', { name: 'Highest value, slider' });
      await expect.poll(() => highest.getAttribute('max'), POLL).toBe('255');
      expect(await highest.getAttribute('min')).toBe('0');
      await page.locator('#look-max').fill('100');
      await expect.poll(() => distance(VIRIDIS_LAST), POLL).toBeLessThan(16);
      expect(page.url()).toMatch(/rescale=[\d.]+,100/);
      await highest.focus();
      await page.keyboard.press('End');
      await expect.poll(() => distance(VIRIDIS), POLL).toBeLessThan(16);
      expect(page.url()).toMatch(/rescale=[\d.]+,255/);
      await page.getByRole('button', { name: 'Automatic' }).click();
      await expect.poll(() => page.url(), POLL).not.toContain('rescale');
    });

    test('shows what the server has against an expression under its field, and goes on', async () => {
      await open('ramp', '#rescale=0,255');
      await page.getByLabel('Picture of').selectOption('expression');
      await page.getByLabel('Expression').fill('b1 *');
      const objection = page.locator('[data-fault="expression"]');
      await expect.poll(() => objection.isVisible(), POLL).toBe(true);
      expect(await objection.innerText()).toMatch(/Cannot parse expression "b1 \*".*position/);
      await page.getByLabel('Expression').fill('b1 * 2');
      await expect.poll(() => objection.isVisible(), POLL).toBe(false);
      await expect.poll(() => distance([255, 255, 255]), POLL).toBeLessThan(12);
      await page.getByLabel('Expression').fill('b1 + b2');
      await expect.poll(() => objection.isVisible(), POLL).toBe(true);
      expect(await objection.innerText()).toContain('b2');
    });

    test('runs an algorithm with its parameters', async () => {
      await open('ramp');
      await page.locator('#look-algorithm').selectOption('hillshade');
      await page.locator('#hillshade-azimuth').fill('90');
      await expect.poll(() => decodeURIComponent(page.url()), POLL).toContain('algorithm=hillshade&algorithm_params={"azimuth":90}');
      await expect.poll(() => page.locator('[data-url="xyz"] code').innerText(), POLL).toContain('algorithm=hillshade');
    });

    test('gives the addresses of what it shows', async () => {
      await open('ramp', '#colormap_name=viridis&rescale=0,100');
      const code = page.locator('[data-url="xyz"] code');
      await expect.poll(() => code.innerText(), POLL).toMatch(/colormap_name=viridis/);
      const template = await code.innerText();
      const answer = await fetch(template.replace('{z}', '1').replace('{y}', '0').replace('{x}', '1'));
      expect(answer.status).toBe(200);
      const document: unknown = await (await fetch(await page.locator('[data-url="tilejson"] code').innerText())).json();
      expect(document).toMatchObject({ tiles: [template] });
    });

    test('shows the value where one clicks, or presses Enter', async () => {
      await open('ramp');
      const picked = page.locator('[data-picked]');
      await page.locator('canvas.maplibregl-canvas').click();
      await expect.poll(() => picked.isVisible(), POLL).toBe(true);
      expect(await picked.innerText()).toMatch(/Values here[\s\S]*Height\s+12[5-9](\.\d+)? m/);
      await picked.getByRole('button', { name: 'Close' }).click();
      expect(await picked.isVisible()).toBe(false);
      expect(await page.evaluate(`document.activeElement?.tagName`)).toBe('CANVAS');
      await page.keyboard.press('Enter');
      await expect.poll(() => picked.isVisible(), POLL).toBe(true);
      expect(await page.evaluate(`document.activeElement?.hasAttribute('data-picked')`)).toBe(true);
    });

    test('shows one time or another, and the values of all', async () => {
      await open('months', '#rescale=0,200');
      await expect.poll(() => distance([255, 255, 255]), POLL).toBeLessThan(12);
      await page.getByLabel('Instant').selectOption('2024-01-01T00:00:00Z');
      await expect.poll(() => distance(GREY), POLL).toBeLessThan(12);
      await page.getByRole('slider', { name: /^Time/ }).focus();
      await page.keyboard.press('End');
      await expect.poll(() => distance([255, 255, 255]), POLL).toBeLessThan(12);
      await page.locator('canvas.maplibregl-canvas').click();
      const picked = page.locator('[data-picked]');
      await expect.poll(() => picked.isVisible(), POLL).toBe(true);
      expect(await picked.innerText()).toMatch(/2024-02-01\s+200\s+2024-01-01\s+100/);
    });

    test('lets the ground show through', async () => {
      await open('months', '#rescale=0,100000');
      await expect.poll(() => distance([0, 0, 0]), POLL).toBeLessThan(12);
      await page.getByRole('slider', { name: 'Opacity' }).fill('0');
      await expect.poll(() => distance([0, 0, 0]), POLL).toBeGreaterThan(150);
      expect(page.url()).toContain('opacity=0');
    });

    test('on a phone the choices stay away until they are wanted, and nothing is wider than the screen', async () => {
      await page.setViewportSize({ width: 390, height: 800 });
      await open('ramp');
      const field = page.getByLabel('Picture of');
      expect(await field.isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Show choices' }).click();
      expect(await field.isVisible()).toBe(true);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    });
  });

  describe('the viewer of everything', { timeout: 90_000 }, () => {
    test('leads to the look of a raster, and shows its value where one clicks', async () => {
      await page.goto(`${server.root}/viewer#show=ramp&at=2/0/0`);
      await ready();
      const picked = page.locator('[data-picked]');
      await page.locator('canvas.maplibregl-canvas').click();
      await expect.poll(() => picked.isVisible(), POLL).toBe(true);
      expect(await picked.innerText()).toMatch(/height\s+12\d/);
      await page.getByRole('link', { name: 'Choose the look of Ramp' }).click();
      await page.waitForURL(/\/collections\/ramp\/map\/tiles\/WebMercatorQuad\/map\.html$/);
    });
  });
});

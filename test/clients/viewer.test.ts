import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { CHROMIUM, launchChromium, middleOfMap } from './browser.ts';
import { withProgram } from './program.ts';

const WAIT_MS = 20_000;

// One square of 20 degrees in the middle of a picture of one colour, and a town far away.
const TABLES = `
  create table fields (id int primary key, name text, crop text, geom geometry(Polygon, 4326));
  insert into fields values (7, 'Long Acre', 'barley', st_makeenvelope(-10, -10, 10, 10, 4326));
  create index on fields using gist (geom);
  create table towns (id int primary key, name text, geom geometry(Point, 4326));
  insert into towns values (1, 'Far', 'srid=4326;point(140 36)');
  create index on towns using gist (geom);
  create table picture (rid int primary key, rast raster);
  insert into picture select 1, st_addband(st_addband(st_addband(st_makeemptyraster(256, 256, -64, 64, 0.5, -0.5, 0, 0, 4326),
    '8BUI'::text, 20), '8BUI'::text, 20), '8BUI'::text, 160);
  create index on picture using gist (st_convexhull(rast));
  analyze`;

withProgram(CHROMIUM, (executablePath) => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let page: Page;

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
    page = await browser.newPage({ viewport: { width: 900, height: 600 } });
  });
  afterEach(() => page.close());

  /** Opens the viewer and waits until its first layers have been asked for. */
  async function open(place = ''): Promise<void> {
    await page.goto(`${server.root}/viewer${place}`);
    await page.waitForSelector('.viewer-map[data-ready]', { timeout: WAIT_MS });
    await page.waitForLoadState('networkidle');
  }

  const middle = (): Promise<readonly number[]> => middleOfMap(page);

  describe('the viewer', { timeout: 90_000 }, () => {
    test('lists every collection and finds them by name', async () => {
      await open();
      const rows = page.locator('[data-layers] .layer');
      expect(await rows.count()).toBe(3);
      await page.fill('#viewer-search', 'field');
      await expect.poll(() => rows.count(), { timeout: 5000 }).toBe(1);
      expect(await rows.first().innerText()).toContain('Fields');
    });

    test('shows the attributes of what is clicked, with a link to the feature', async () => {
      await open('#show=fields');
      await page.getByRole('button', { name: 'Go to Fields' }).click();
      await page.waitForTimeout(1500);
      await page.waitForLoadState('networkidle');
      const picked = page.locator('[data-picked]');
      const canvas = page.locator('canvas.maplibregl-canvas');
      await expect
        .poll(
          async () => {
            await canvas.click();
            return picked.isVisible();
          },
          { timeout: WAIT_MS, interval: 500 },
        )
        .toBe(true);
      expect(await picked.innerText()).toMatch(/Long Acre[\s\S]*crop\s*barley/);
      const link = picked.locator('a');
      await link.waitFor({ timeout: 5000 });
      await link.click();
      await page.waitForURL(/\/collections\/fields\/items\/7$/);
      expect(await page.innerText('body')).toContain('barley');
    });

    test('is used by keyboard: switches, zoom, and what is in the middle', async () => {
      await open('#show=fields&at=4/0/0');
      const canvas = page.locator('canvas.maplibregl-canvas');
      await expect
        .poll(
          async () => {
            await canvas.focus();
            await page.keyboard.press('Enter');
            return page.locator('[data-picked]').isVisible();
          },
          { timeout: WAIT_MS, interval: 500 },
        )
        .toBe(true);
      expect(await page.evaluate(`document.activeElement?.hasAttribute('data-picked')`)).toBe(true);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.locator('[data-picked]').isVisible()).toBe(false);
      expect(await page.evaluate(`document.activeElement?.tagName`)).toBe('CANVAS');
      await page.keyboard.press('+');
      await expect.poll(() => page.url(), { timeout: WAIT_MS }).toContain('at=5.00/');
      const box = page.getByRole('checkbox', { name: 'Towns' });
      await box.focus();
      await page.keyboard.press('Space');
      await expect.poll(() => page.url(), { timeout: WAIT_MS }).toContain('towns');
    });

    test('lets a picture be seen through, and be switched off', async () => {
      await open('#show=picture');
      await page.getByRole('button', { name: 'Go to Picture' }).click();
      const isBlue = async (): Promise<boolean> => {
        const [red = 0, , blue = 0] = await middle();
        return blue - red > 100;
      };
      await expect.poll(isBlue, { timeout: WAIT_MS, interval: 300 }).toBe(true);
      const slider = page.getByRole('slider', { name: 'Opacity of Picture' });
      await slider.fill('10');
      await expect.poll(isBlue, { timeout: WAIT_MS, interval: 300 }).toBe(false);
      await slider.fill('100');
      await expect.poll(isBlue, { timeout: WAIT_MS, interval: 300 }).toBe(true);
      await page.getByRole('checkbox', { name: 'Picture' }).uncheck();
      await expect.poll(isBlue, { timeout: WAIT_MS, interval: 300 }).toBe(false);
    });

    test('goes to the data, and its address can be shared', async () => {
      await open('#show=towns');
      await page.getByRole('button', { name: 'Go to Towns' }).click();
      await expect.poll(() => decodeURIComponent(page.url()), { timeout: WAIT_MS }).toMatch(/36\.?\d*.*(139|140)|(139|140)\.?\d*.*36/);
      const shared = page.url();
      await page.goto('about:blank');
      await page.goto(shared);
      await page.waitForSelector('.viewer-map[data-ready]', { timeout: WAIT_MS });
      expect(await page.getByRole('checkbox', { name: 'Towns' }).isChecked()).toBe(true);
      expect(await page.getByRole('checkbox', { name: 'Fields' }).isChecked()).toBe(false);
    });
  });
});

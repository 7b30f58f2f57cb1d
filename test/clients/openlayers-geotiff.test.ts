import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { sharedPath } from '../support/shared.ts';
import { CHROMIUM, launchChromium } from './browser.ts';
import { openOpenLayers, type OpenLayersPage } from './openlayers-page.ts';
import { findProgram, withProgram } from './program.ts';

/** A file of real data: the CRS that it is in, the size of its cells there, a place in it in degrees. */
interface Sample {
  readonly table: string;
  readonly file: string;
  readonly srid: number;
  readonly cell: number;
  readonly center: readonly [number, number];
}

/** A position in the view's projection, and the values of the bands that a layer shows there (and its opacity, 255). */
type Reading = readonly [number, number, readonly number[]];

/** What the server answered to one request for a coverage. */
interface Answered {
  readonly status: number;
  readonly bytes: number;
}

const SAMPLES: readonly Sample[] = [
  { table: 'landsat', file: 'L7_ETMs.tif', srid: 31_985, cell: 28.5, center: [-34.87, -8] },
  { table: 'scene', file: 'riotiler_cog.tif', srid: 32_621, cell: 100.011_267_573_4, center: [-55.65, 72.49] },
  { table: 'egm', file: 'egm96_15.tif', srid: 4326, cell: 0.25, center: [78.7, 4.7] },
];

const folder = sharedPath('data', 'raster');
const gdal = { name: 'GDAL', path: findProgram('gdallocationinfo'), install: 'apt-get install gdal-bin' };

describe.skipIf(folder === undefined)('OpenLayers reads a coverage as a cloud-optimized GeoTIFF', () => {
  withProgram(CHROMIUM, (executablePath) => withProgram(gdal, (locationInfo) => testWith(executablePath, locationInfo)));
});

function testWith(executablePath: string, locationInfo: string): void {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let page: OpenLayersPage;

  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(`set postgis.gdal_enabled_drivers = 'GTiff'`);
    for (const { table, file, srid } of SAMPLES) {
      await database.query(`create table ${table} (rid serial primary key, rast raster)`);
      await database.query(`insert into ${table} (rast) select st_tile(st_setsrid(st_fromgdalraster($1), ${srid}), 256, 256)`, [
        readFileSync(fileOf(file)),
      ]);
      await database.query(
        `create index on ${table} using gist (st_convexhull(rast)); select addrasterconstraints('${table}'::name, 'rast'::name)`,
      );
    }
    await database.query('grant select on all tables in schema public to public; analyze');
    server = await startTestServer({ database, env: { GRATICULE_LOG_LEVEL: 'info' } });
    browser = await launchChromium(executablePath);
    page = await openOpenLayers(browser);
  });

  afterAll(async () => {
    await page?.close();
    await browser?.close();
    await server?.close();
    await database?.close();
  });

  const addressOf = (table: string): string => `${server.root}/collections/${table}/coverage?f=cog`;

  /** Shows a coverage of data in its own projection, `zoom` pixels of the screen a cell, and reads what is shown at every 23rd pixel. */
  const read = ({ table, srid, cell, center }: Sample, zoom: number, on = page, url = addressOf(table)): Promise<readonly Reading[]> =>
    on.run<readonly Reading[]>(
      `const source = new ol.source.GeoTIFF({ normalize: false, interpolate: false, sources: [{ url: given.url }] });
       const layer = new ol.layer.WebGLTile({ source });
       return numbersOf(await draw(layer, given), layer, 23);`,
      { url, projection: `EPSG:${srid}`, center, resolution: cell / zoom },
    );

  /** What the server sent of a coverage since `from` lines of its log. */
  const answersOf = (table: string, from: number): readonly Answered[] =>
    server.log
      .lines()
      .slice(from)
      .filter(({ target }) => String(target).startsWith(`/collections/${table}/coverage`))
      .map(({ status, bytes }) => ({ status: Number(status), bytes: Number(bytes) }));

  /** The values of all bands of a file at positions in its CRS, as GDAL has them. */
  const gdalValues = (file: string, readings: readonly Reading[]): readonly (readonly number[])[] => {
    const input = readings.map(([x, y]) => `${x} ${y}`).join('\n');
    const { stdout, status } = spawnSync(locationInfo, ['-valonly', '-geoloc', fileOf(file)], { input, encoding: 'utf8' });
    expect(status).toBe(0);
    const values = stdout.trim().split('\n').map(Number);
    const bands = values.length / readings.length;
    return readings.map((_, i) => values.slice(i * bands, (i + 1) * bands).map(Math.fround));
  };

  test.each(SAMPLES)('$table: the values under the pixels are those that GDAL reads from the file', { timeout: 60_000 }, async (sample) => {
    const readings = await read(sample, 2.3);
    expect(readings.length).toBeGreaterThan(400);
    const wanted = gdalValues(sample.file, readings);
    readings.forEach(([x, y, values], i) => expect([x, y, ...values.slice(0, wanted[i]?.length)]).toEqual([x, y, ...(wanted[i] ?? [])]));
    expect(new Set(readings.map(([, , values]) => values[0])).size).toBeGreaterThan(8);
  });

  test('a close look takes some ranges, a second look nothing, the whole its small overviews', { timeout: 60_000 }, async () => {
    const [, scene] = SAMPLES;
    if (scene === undefined) throw new Error('No sample is left');
    const whole = (await (await fetch(addressOf(scene.table))).arrayBuffer()).byteLength;
    const fresh = await openOpenLayers(browser);
    const look = async (zoom: number): Promise<readonly Answered[]> => {
      const from = server.log.lines().length;
      expect((await read(scene, zoom, fresh)).length).toBeGreaterThan(100);
      return answersOf(scene.table, from);
    };
    const close = await look(3);
    expect(close.map(({ status }) => status)).toEqual(close.map(() => 206));
    expect(close.length).toBeGreaterThan(0);
    expect(close.length).toBeLessThan(8);
    expect(sum(close)).toBeLessThan(whole / 2);
    expect(await look(3)).toEqual([]);
    const all = await look(0.18);
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 206));
    expect(sum(close) + sum(all)).toBeLessThan(whole / 2);
    await fresh.close();
  });

  test('a file without overviews is not fetched more than once either', { timeout: 60_000 }, async () => {
    const [, scene] = SAMPLES;
    if (scene === undefined) throw new Error('No sample is left');
    const url = `${server.root}/collections/${scene.table}/coverage?f=geotiff`;
    const whole = (await (await fetch(url)).arrayBuffer()).byteLength;
    const fresh = await openOpenLayers(browser);
    const from = server.log.lines().length;
    const readings = await read(scene, 0.18, fresh, url);
    const wanted = gdalValues(scene.file, readings);
    readings.forEach(([, , [value]], i) => expect(value).toBe(wanted[i]?.[0]));
    expect(sum(answersOf(scene.table, from))).toBeLessThan(whole * 1.1);
    await fresh.close();
  });
}

function sum(answers: readonly Answered[]): number {
  return answers.reduce((bytes, answer) => bytes + answer.bytes, 0);
}

function fileOf(name: string): string {
  return sharedPath('data', 'raster', name) ?? name;
}

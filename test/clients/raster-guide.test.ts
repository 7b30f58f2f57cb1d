import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GUIDE_ROOT, readGuide, type GuideCommand } from '../../docs/build/read-guide.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { CHROMIUM, launchChromium } from './browser.ts';
import { openOpenLayers } from './openlayers-page.ts';
import { findProgram, run, withProgram } from './program.ts';

const FILE = fileURLToPath(new URL('../../docs/guides/raster.md', import.meta.url));
const guide = readGuide(readFileSync(FILE, 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'graticule-guide-'));

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase('demo');
  await database.query(guide.tables);
  server = await startTestServer({ database });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What of the API document tells parameters. */
interface ApiDocument {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<string, { readonly parameters?: readonly { readonly $ref?: string; readonly in?: string; readonly name?: string }[] }>
      >
    >
  >;
  readonly components: { readonly parameters: Readonly<Record<string, { readonly in: string; readonly name: string }>> };
}

/** What the guide calls the addresses of rasters. */
const PLACES: readonly (readonly [string, RegExp])[] = [
  ['map', /\/map$/],
  ['map tiles', /map\/tiles\/.*tileCol\}$/],
  ['xyz', /^\/xyz\//],
  ['algebra', /^\/algebra\//],
  ['pixel', /^\/pixel\//],
  ['preview', /\/preview(\/|$)/],
  ['bbox', /\/bbox\//],
  ['feature', /\/feature(\/|$)/],
  ['legend', /\/legend$/],
  ['coverage', /\/coverage$/],
  ['coverage tiles', /coverage\/tiles\/.*tileCol\}$/],
  ['point', /\/point\//],
  ['profile', /\/profile$/],
  ['statistics', /\/statistics$/],
  ['valuecount', /\/valuecount$/],
  ['info', /\/info$/],
];
const TILES = ['map tiles', 'xyz', 'algebra'];
const CROPS = ['preview', 'bbox', 'feature'];
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'all tiles': TILES,
  crops: CROPS,
  pictures: ['map', ...TILES, ...CROPS, 'legend'],
};

/** The table of all parameters: names of a row, and the places where they may stand. */
function parameterRows(): { readonly names: readonly string[]; readonly places: readonly string[] }[] {
  const [, section = ''] = readFileSync(FILE, 'utf8').split('## All parameters\n');
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const [, names = '', , places = ''] = row.split('|');
    return {
      names: [...names.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []),
      places: places.split(',').flatMap((place) => GROUPS[place.trim()] ?? [place.trim()]),
    };
  });
}

/** The query parameters of raster addresses, and where each may stand. */
function parametersOf({ paths, components }: ApiDocument): Map<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const [path, methods] of Object.entries(paths)) {
    const place = PLACES.find(([, pattern]) => pattern.test(path))?.[0];
    if (place === undefined) continue;
    for (const { parameters = [] } of Object.values(methods)) {
      for (const given of parameters) {
        const known = given.$ref === undefined ? given : components.parameters[given.$ref.split('/').at(-1) ?? ''];
        if (known?.in !== 'query' || known.name === undefined) continue;
        found.set(known.name, (found.get(known.name) ?? new Set()).add(place));
      }
    }
  }
  return new Map([...found].map(([name, places]) => [name, [...places].toSorted()]));
}

const byLine = ({ line }: { readonly line: number }, rest: string): [string, string] => [`line ${line}`, rest];

describe('the guide to rasters', () => {
  test('shows pictures that are there, each made by an address of its own', () => {
    const made = guide.addresses.flatMap(({ picture }) => picture ?? []);
    expect(made).toEqual([...guide.pictures.keys()]);
    for (const picture of made) expect(existsSync(join(FILE, '..', picture)), picture).toBe(true);
  });

  test.each(guide.addresses.map((address) => byLine(address, address.url)))('%s: %s', async (line, url) => {
    const wanted = guide.addresses.find((address) => `line ${address.line}` === line)?.mediaType;
    const response = await fetch(url.replace(GUIDE_ROOT, server.root));
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.status, bytes.subarray(0, 500).toString()).toBe(200);
    expect(response.headers.get('content-type')?.replace(/; charset=.*/, '')).toBe(wanted);
    expect(bytes.length).toBeGreaterThan(0);
  });

  test('lists every parameter of rasters, and where it may stand, as the API document does', async () => {
    const document: ApiDocument = JSON.parse(await (await fetch(`${server.root}/api?f=json`)).text());
    const told = new Map(parameterRows().flatMap(({ names, places }) => names.map((name) => [name, places.toSorted()] as const)));
    expect(told).toEqual(parametersOf(document));
  });

  const commandsOf = (program: string): readonly GuideCommand[] => guide.commands.filter(({ text }) => text.startsWith(program));

  /** Runs a command of the guide against the server under test, in a folder of its own. */
  async function runCommand(text: string): Promise<string> {
    const command = text.replaceAll(GUIDE_ROOT, server.root).replaceAll(/^curl /gm, 'curl --silent --show-error ');
    const env = { ...process.env, GDAL_DEFAULT_WMS_CACHE_PATH: join(folder, 'cache'), GDAL_PAM_ENABLED: 'NO' };
    const { stdout } = await promisify(execFile)('sh', ['-e', '-c', command], { cwd: folder, env, maxBuffer: 1 << 26 });
    return stdout;
  }

  withProgram({ name: 'curl', path: findProgram('curl'), install: 'apt-get install curl' }, () => {
    test.each(commandsOf('curl').map((command) => byLine(command, command.text)))('%s: %s', async (line, text) => {
      const printed = await runCommand(text);
      const answer = guide.commands.find((one) => `line ${one.line}` === line)?.answer;
      if (answer !== undefined) expect(JSON.parse(printed)).toMatchObject(JSON.parse(answer));
      const file = / -o (\S+)/.exec(text)?.[1];
      if (file !== undefined) expect(readFileSync(join(folder, file)).subarray(1, 4).toString()).toBe('PNG');
    });
  });

  withProgram(CHROMIUM, (executablePath) => {
    test('gives layers that OpenLayers draws', { timeout: 60_000 }, async () => {
      const [, block = ''] = /\*\*OpenLayers\*\*[^]*?```js\n([^]*?)```/.exec(readFileSync(FILE, 'utf8')) ?? [];
      const layers = block
        .replaceAll(GUIDE_ROOT, server.root)
        .split(';\n')
        .filter((layer) => layer !== '');
      expect(layers).toHaveLength(3);
      const browser = await launchChromium(executablePath);
      for (const layer of layers) {
        const page = await openOpenLayers(browser);
        const projection = layer.includes('GeoTIFF') ? 'EPSG:4326' : 'EPSG:3857';
        await page.run(`await draw(${layer}, given)`, {
          projection,
          center: [78, 5],
          resolution: projection === 'EPSG:4326' ? 0.1 : 10_000,
        });
        expect(await page.colours(), layer).toBeGreaterThan(5); // of the 16 greys that are told apart
        await page.close();
      }
      await browser.close();
    });
  });

  withProgram({ name: 'GDAL', path: findProgram('gdalinfo'), install: 'apt-get install gdal-bin' }, (gdalinfo) => {
    test('gives commands that GDAL carries out, square in Web Mercator where the data reach the poles', { timeout: 60_000 }, async () => {
      for (const { text } of commandsOf('gdal')) await runCommand(text);
      const sizeOf = async (file: string): Promise<unknown> => {
        const described: { readonly size?: unknown } = JSON.parse(await run(gdalinfo, ['-json', join(folder, file)]));
        return described.size;
      };
      expect(await sizeOf('geoid.tif')).toEqual([360, 180]);
      expect(await sizeOf('europe.tif')).toEqual([600, 480]);
      expect(await sizeOf('tiles.tif')).toEqual([600, 600]);
    });
  });
});

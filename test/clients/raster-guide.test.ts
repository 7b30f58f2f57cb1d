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

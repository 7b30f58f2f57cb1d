import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GUIDE_ROOT, readGuide } from '../../docs/build/read-guide.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { findProgram, withProgram } from './program.ts';

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

  withProgram({ name: 'curl', path: findProgram('curl'), install: 'apt-get install curl' }, () => {
    test.each(guide.commands.map((command) => byLine(command, command.text)))('%s: %s', async (line, text) => {
      const command = text.replaceAll(GUIDE_ROOT, server.root).replace('curl ', 'curl --silent --show-error ');
      const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: folder, maxBuffer: 1 << 26 });
      const answer = guide.commands.find((one) => `line ${one.line}` === line)?.answer;
      if (answer !== undefined) expect(JSON.parse(stdout)).toMatchObject(JSON.parse(answer));
      const file = / -o (\S+)/.exec(text)?.[1];
      if (file !== undefined) expect(readFileSync(join(folder, file)).subarray(1, 4).toString()).toBe('PNG');
    });
  });
});

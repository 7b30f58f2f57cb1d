import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OPTIONAL = 'three-globe';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'graticule-lean-'));
  for (const name of ['start.mjs', 'package.json', 'dist', 'sql', 'schemas', 'assets']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter((entry) => entry !== OPTIONAL)) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
});

afterAll(() => {
  for (const action of ['stop', 'drop']) run('cluster', action);
  rmSync(folder, { recursive: true, force: true });
});

function environment(): Record<string, string> {
  const own = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || /^(PG|DATABASE_URL|GRATICULE_|PORT$|HOST$|VITEST|NODE_OPTIONS)/.test(name) ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(own), PORT: '0', GRATICULE_ADMIN_PORT: '0' };
}

function run(...args: readonly string[]): void {
  spawnSync(process.execPath, ['start.mjs', ...args], { cwd: folder, env: environment() });
}

test(
  'without the optional package the missing raster is named, the rest is loaded with progress and times, and served',
  { timeout: 120_000 },
  async () => {
    const child = spawn(process.execPath, ['start.mjs'], { cwd: folder, env: environment() });
    let output = '';
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    try {
      await eventually('it listens', 110_000, async () => child.exitCode !== null || /Start here +\S+/.test(output));
      const url = /Start here +(\S+)/.exec(output)?.[1] ?? '';
      expect(output).toContain(`blue_marble is left out: the optional package ${OPTIONAL} is not installed`);
      for (const step of ['Loading countries', 'Loading land', 'Loading cities', 'Building indexes', 'Gathering statistics']) {
        expect(output).toMatch(new RegExp(`${step}.* \\d+\\.\\d s`));
      }
      expect(output).toMatch(/Map +http\S+\/viewer\n +API +http\S+\/api\n/);
      expect(await (await fetch(new URL('collections?f=json', url))).json()).toMatchObject({ numberMatched: 4 });
      expect((await fetch(new URL('collections/geoid/map/tiles/WebMercatorQuad/0/0/0', url))).status).toBe(200);
    } finally {
      child.kill('SIGINT');
    }
    expect(await ended).toBe(0);
  },
);

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { run, withProgram } from './program.ts';

/** Debian's interpreter: the one on the PATH may be another, without QGIS. */
const PYTHON = '/usr/bin/python3';

interface Found {
  readonly valid: boolean;
  readonly features: number;
  readonly distinct: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly inBox: number;
  readonly vectorTiles: number | null;
  readonly rasterTiles: number | null;
}

const qgis = { name: 'QGIS', path: hasQgis() ? PYTHON : undefined, install: 'apt-get install python3-qgis qgis-providers', optional: true };

withProgram(qgis, (python) => {
  let database: TestDatabase;
  let server: TestServer;
  const folder = mkdtempSync(join(tmpdir(), 'graticule-qgis-'));

  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(readFileSync(new URL('../../conformance/fixture.sql', import.meta.url), 'utf8'));
    server = await startTestServer({ database });
  });

  afterAll(async () => {
    await server?.close();
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('QGIS reads all features, those in a box, vector tiles and raster tiles', { timeout: 90_000 }, async () => {
    const script = fileURLToPath(new URL('./qgis_reads.py', import.meta.url));
    const env = { QT_QPA_PLATFORM: 'offscreen', QGIS_CUSTOM_CONFIG_PATH: folder, XDG_RUNTIME_DIR: folder };
    const printed = await run(python, [script, server.root], env);
    const found: Found = JSON.parse(/^RESULT (.*)$/m.exec(printed)?.[1] ?? '{}');
    const [row] = await database.query(
      `select count(*)::int as n from places where st_intersects(geom, st_makeenvelope(0, 0, 90, 60, 4326))`,
    );
    expect(found).toMatchObject({ valid: true, features: 400, distinct: 400, inBox: row?.['n'] });
    expect(found.fields).toMatchObject({ name: 'String', population: 'Integer', height: 'Real' });
    expect(found.vectorTiles ?? 0).toBeGreaterThan(3);
    expect(found.rasterTiles ?? 0).toBeGreaterThan(20);
  });
});

function hasQgis(): boolean {
  if (!existsSync(PYTHON)) return false;
  try {
    execFileSync(PYTHON, ['-c', 'import qgis.core'], { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

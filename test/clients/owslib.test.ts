import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { run, withProgram } from './program.ts';

const PYTHON = '/usr/bin/python3';
const owslib = { name: 'OWSLib', path: hasOwslib() ? PYTHON : undefined, install: 'apt-get install python3-owslib', optional: true };

withProgram(owslib, (python) => {
  let database: TestDatabase;
  let server: TestServer;

  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(readFileSync(new URL('../../conformance/fixture.sql', import.meta.url), 'utf8'));
    server = await startTestServer({ database });
  });

  afterAll(async () => {
    await server?.close();
    await database?.close();
  });

  test('OWSLib finds collections, pages through features and reads one', { timeout: 60_000 }, async () => {
    const printed = await run(python, [fileURLToPath(new URL('./owslib_reads.py', import.meta.url)), server.root]);
    const found: Readonly<Record<string, unknown>> = JSON.parse(/^RESULT (.*)$/m.exec(printed)?.[1] ?? '{}');
    expect(found).toMatchObject({ openapi: '3.0.3', distinct: 400, matched: 400, feature: 'Place 7' });
    expect(found['collections']).toEqual(['islands', 'journeys', 'parcels', 'places', 'regions', 'sightings', 'wells']);
    expect(found['classes']).toBeGreaterThan(20);
  });

  test('OWSLib finds coverages, their domain set and range type, and reads one', { timeout: 60_000 }, async () => {
    const script = fileURLToPath(new URL('./owslib_coverages.py', import.meta.url));
    const printed = await run(python, [script, server.root, 'elevation']);
    const found: Readonly<Record<string, unknown>> = JSON.parse(/^RESULT (.*)$/m.exec(printed)?.[1] ?? '{}');
    expect(found).toMatchObject({ axes: ['Lon', 'Lat'], fields: ['ogcType:float32'], tiff: '49492a00' });
    expect(found['coverages']).toEqual(expect.arrayContaining(['elevation', 'picture']));
  });
});

function hasOwslib(): boolean {
  if (!existsSync(PYTHON)) return false;
  try {
    execFileSync(PYTHON, ['-c', 'import owslib.ogcapi.features'], { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

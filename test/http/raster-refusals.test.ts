import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

// What rasters are refused, and how it is said.

let source: TestDatabase;
let server: TestServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graticule-refused-'));
  // The server of the database may run as somebody else.
  await chmod(folder, 0o755);
  source = await createTestDatabase('empty');
  await source.query(`set postgis.gdal_enabled_drivers = 'GTiff'; set postgis.enable_outdb_rasters = true`);
  const file = join(folder, 'outside.tif');
  const within = `select ST_AddBand(ST_MakeEmptyRaster(20, 20, 0, 10, 0.5, -0.5, 0, 0, 4326), '16BSI'::text, 5, null)`;
  const [made] = await source.query(`select ST_AsTIFF((${within})) as bytes`);
  const bytes = made?.['bytes'];
  if (!Buffer.isBuffer(bytes)) throw new Error('no TIFF');
  await writeFile(file, bytes, { mode: 0o644 });
  await source.query(`
    create table inside (rid int primary key, taken date, rast raster);
    insert into inside select 1, '2026-01-01', (${within});
    create table outside (rid int primary key, rast raster);
    insert into outside select 1, ST_AddBand(ST_MakeEmptyRaster(20, 20, 0, 10, 0.5, -0.5, 0, 0, 4326), 1, '${file}'::text, array[1]);
    grant select on inside, outside to public`);
  server = await startTestServer({
    database: source,
    env: { GRATICULE_MAX_PIXELS: '70000' },
    // Each 501 is told to whoever runs the server, too.
    expectedErrors: /"status":501|files outside the database/,
  });
});

afterAll(async () => {
  await server?.close();
  await source?.close();
  await rm(folder, { recursive: true, force: true });
});

async function problem(path: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${server.root}${path}`);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body: unknown = await response.json();
  return { ...(typeof body === 'object' ? body : {}), status: response.status };
}

const TILE = '/map/tiles/WorldCRS84Quad/5/14/33?f=png';

test('pixels in files that the database may not read are 501, and say what would help', async () => {
  const refused = await problem(`/collections/outside${TILE}`);
  expect(refused).toMatchObject({ status: 501, title: 'Pixels in files that the database may not read' });
  expect(refused['detail']).toMatch(/postgis\.enable_outdb_rasters/);
  expect(refused['detail']).not.toContain(folder);
});

test('the problem has a page', async () => {
  expect((await fetch(`${server.root}/problems/pixels-outside`)).status).toBe(200);
});

test('more pixels than the setting allows are 413, and name the limit', async () => {
  expect((await fetch(`${server.root}/collections/inside${TILE}`)).status).toBe(200);
  const refused = await problem('/collections/inside/map?width=300&height=300&f=png');
  expect(refused).toMatchObject({ status: 413, detail: expect.stringContaining('70000') });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { send } from './bad-inputs/wire.ts';
import { decodeVectorTile } from './documents/vector-tile.ts';

/** The Swiss grid of one square of 480 km, in LV95 with easting first, as a user would write it. */
const SWISS = {
  id: 'SwissQuad',
  title: 'Switzerland',
  crs: 'http://www.opengis.net/def/crs/EPSG/0/2056',
  orderedAxes: ['E', 'N'],
  tileMatrices: [0, 1, 2].map((z) => ({
    id: `level ${z}`,
    scaleDenominator: 1875 / 2 ** z / 0.00028,
    cellSize: 1875 / 2 ** z,
    pointOfOrigin: [2_420_000, 1_350_000],
    tileWidth: 256,
    tileHeight: 256,
    matrixWidth: 2 ** z,
    matrixHeight: 2 ** z,
  })),
};

const folder = mkdtempSync(join(tmpdir(), 'graticule-tms-'));
const swiss = join(folder, 'swiss.json');
const broken = join(folder, 'broken.json');
let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  writeFileSync(swiss, JSON.stringify(SWISS));
  writeFileSync(broken, JSON.stringify({ ...SWISS, tileMatrices: [{ ...SWISS.tileMatrices[0], cellSize: -1 }] }));
  database = await createTestDatabase('empty');
  await database.query(
    `create table towns (id int primary key, geom geometry(Point, 4326));
     insert into towns values (1, 'srid=4326;point(7.4386 46.9511)'), (2, 'srid=4326;point(139.7 35.7)');
     create index on towns using gist (geom);
     create table heights (rid int primary key, rast raster);
     insert into heights select 1, st_addband(st_makeemptyraster(40, 20, 5.5, 48, 0.15, -0.15, 0, 0, 4326), '8BUI'::text, 90);
     create index on heights using gist (st_convexhull(rast)); analyze`,
  );
  server = await startTestServer({ database, env: { GRATICULE_TILE_MATRIX_SETS: swiss } });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
  rmSync(folder, { recursive: true });
});

describe('a tile matrix set of the user', () => {
  test('is listed and described beside the others', async () => {
    const list = await supertest(server.root).get('/tileMatrixSets?f=json');
    expect(list.text).toContain('SwissQuad');
    expect(list.text).toContain('WebMercatorQuad');
    const { body, status } = await supertest(server.root).get('/tileMatrixSets/SwissQuad?f=json');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 'SwissQuad', crs: SWISS.crs, orderedAxes: ['E', 'N'] });
    expect(body.tileMatrices).toHaveLength(3);
    expect(body.tileMatrices[1]).toMatchObject({ id: 'level 1', cellSize: 937.5, pointOfOrigin: [2_420_000, 1_350_000] });
  });

  test('has vector tiles with the features where they are', async () => {
    const answer = await send(server.root, { target: '/collections/towns/tiles/SwissQuad/level%200/0/0' });
    expect(answer.status).toBe(200);
    const { layers } = decodeVectorTile(answer.body);
    expect(layers['towns']?.length).toBe(1);
    const [[point] = []] = layers['towns']?.feature(0).loadGeometry() ?? [];
    // Berne is 2 600 000 / 1 200 000 in LV95: 180 and 150 km from the origin, of 480 km in 4096 steps.
    expect(point?.x).toBeCloseTo((180 / 480) * 4096, -1);
    expect(point?.y).toBeCloseTo((150 / 480) * 4096, -1);
  });

  test('has map tiles and limits', async () => {
    const picture = await send(server.root, { target: '/collections/heights/map/tiles/SwissQuad/level%201/0/0?f=png' });
    expect(picture.status).toBe(200);
    expect(picture.headers['content-type']).toBe('image/png');
    const { body } = await supertest(server.root).get('/collections/towns/tiles/SwissQuad?f=json');
    expect(body.tileMatrixSetLimits?.[0]).toMatchObject({ tileMatrix: 'level 0', minTileRow: 0, maxTileRow: 0 });
    expect((await supertest(server.root).get('/collections/towns/tiles/SwissQuad/level%203/0/0')).status).toBe(404);
    expect((await supertest(server.root).get('/collections/towns/tiles/SwissQuad/level%202/4/0')).status).toBe(404);
  });

  test('that is wrong keeps the server from starting, and the message names file and place', async () => {
    const starting = startTestServer({ database, env: { GRATICULE_TILE_MATRIX_SETS: `${swiss},${broken}` } });
    await expect(starting).rejects.toThrow(/broken\.json.*cellSize/);
    // A message for people, not a stack.
    await expect(starting).rejects.toBeInstanceOf(ConfigError);
  });

  test('that is no JSON is named', async () => {
    const notJson = join(folder, 'not-json.json');
    writeFileSync(notJson, '{"id": "Half');
    const starting = startTestServer({ database, env: { GRATICULE_TILE_MATRIX_SETS: notJson } });
    await expect(starting).rejects.toThrow(/not-json\.json/);
  });

  test('that is not there is named', async () => {
    const starting = startTestServer({ database, env: { GRATICULE_TILE_MATRIX_SETS: join(folder, 'nowhere.json') } });
    await expect(starting).rejects.toThrow(/nowhere\.json/);
  });
});

import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { send } from './bad-inputs/wire.ts';

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await database.query(readFileSync(new URL('../fixtures/django-raster.sql', import.meta.url), 'utf8'));
  await database.query('grant select on all tables in schema public to graticule_reader; analyze');
  server = await startTestServer({ database });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function json(path: string): Promise<unknown> {
  const response = await fetch(`${server.root}${path}`);
  expect(response.status).toBe(200);
  return response.json();
}

/** The colour in the middle of a map tile. */
async function middleOf(path: string): Promise<readonly number[]> {
  const { status, body } = await send(server.root, { target: path });
  expect(status).toBe(200);
  const { data, info } = await sharp(body).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * 4;
  return [...data.subarray(at, at + 4)];
}

describe('a database of django-raster', () => {
  test('has a collection for each layer with tiles, under the names that people gave them', async () => {
    const { collections } = Object(await json('/collections'));
    expect(collections).toMatchObject([
      { id: 'raster_rastertile.1', title: 'Use', description: 'How land is used' },
      { id: 'raster_rastertile.2', title: 'Heights' },
    ]);
    expect(collections).toHaveLength(2);
  });

  test('knows layers by their number too', async () => {
    expect(await json('/collections/2')).toMatchObject({ id: 'raster_rastertile.2' });
  });

  test('gives each layer its own pyramid', async () => {
    expect(await json('/collections/raster_rastertile.1/info')).toMatchObject({
      dtype: 'uint8',
      nodata_value: 255,
      overviews: [2],
      width: 512,
      height: 512,
    });
    expect(await json('/collections/raster_rastertile.2/info')).toMatchObject({ dtype: 'float32', overviews: [], width: 256 });
  });

  test('answers from the tiles of the layer that is asked for', async () => {
    expect(await json('/collections/raster_rastertile.1/point/10,10')).toMatchObject({ values: [2] });
    expect(await json('/collections/raster_rastertile.1/point/80,10')).toMatchObject({ values: [6] });
    expect(await json('/collections/raster_rastertile.2/point/10,10')).toMatchObject({ values: [1234.5] });
    expect(await json('/collections/raster_rastertile.2/point/80,10')).toMatchObject({ values: [null] });
  });

  test('draws a layer in the colours of its legend, from the zoom level that fits', async () => {
    expect(await middleOf('/collections/raster_rastertile.1/map/tiles/WebMercatorQuad/3/3/4?f=png')).toEqual([27, 120, 55, 255]);
    expect(await middleOf('/collections/raster_rastertile.1/map/tiles/WebMercatorQuad/3/3/5?f=png')).toEqual([33, 102, 172, 255]);
    expect(await middleOf('/collections/raster_rastertile.1/map/tiles/WebMercatorQuad/2/1/2?f=png')).toEqual([33, 102, 172, 255]);
  });
});

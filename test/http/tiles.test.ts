import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { startTestServer } from '../support/server.ts';
import { serveTables } from '../support/served-tables.ts';
import { send, type WireAnswer } from './bad-inputs/wire.ts';
import { decodeVectorTile } from './documents/vector-tile.ts';

const MVT = 'application/vnd.mapbox-vector-tile';
/** One more than a tile may have. */
const CROWD = 50_001;

const server = serveTables(`create table crowd (id int primary key, geom geometry(Point, 4326));
     insert into crowd select n, st_setsrid(st_makepoint((n % 250) / 10.0 + 1, (n / 250) / 10.0 + 1), 4326) from generate_series(0, ${CROWD - 1}) n;
     create index on crowd using gist (geom);
     create table pair (id text primary key, geom geometry(Geometry, 4326));
     insert into pair values ('west', 'srid=4326;point(-60 40)'), ('east', 'srid=4326;point(60 40)'),
       ('bow tie', 'srid=4326;polygon((70 10, 80 20, 80 10, 70 20, 70 10))');
     create index on pair using gist (geom);
     create table squares (rid int primary key, rast raster);
     insert into squares select n, st_addband(st_makeemptyraster(32, 32, x, 40, 0.5, -0.5, 0, 0, 4326), '8BUI'::text, 200, 0)
       from (values (1, -100), (2, 84)) block(n, x);
     create index on squares using gist (st_convexhull(rast));
     select addrasterconstraints('squares'::name, 'rast'::name)`);
const { get } = server;

/** Red, green, blue and alpha of the pixel in the middle, and the size. */
async function look(answer: WireAnswer): Promise<{ readonly middle: readonly number[]; readonly width: number; readonly height: number }> {
  const { data, info } = await sharp(answer.body).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * 4;
  return { middle: [...data.subarray(at, at + 4)], width: info.width, height: info.height };
}

describe('a vector tile', () => {
  test('of more features than it may have says how many it kept, the same bytes each time', async () => {
    const answer = await get('/collections/crowd/tiles/WebMercatorQuad/0/0/0');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(MVT);
    const [, candidates, kept] = /^features=(\d+);kept=(\d+)$/.exec(String(answer.headers['tile-truncated'])) ?? [];
    expect(Number(candidates)).toBe(CROWD);
    expect(Number(kept)).toBeLessThanOrEqual(50_000);
    expect(decodeVectorTile(answer.body).layers['crowd']?.length).toBe(Number(kept));
    expect(answer.body.length).toBeLessThanOrEqual(500_000);
    // Another server has nothing kept: it decides anew.
    const other = await startTestServer({ database: server.database, env: { GRATICULE_TILE_TTL: '0' } });
    const again = await send(other.root, { target: '/collections/crowd/tiles/WebMercatorQuad/0/0/0' });
    await other.close();
    expect(Buffer.compare(again.body, answer.body)).toBe(0);
  });

  test('of few says nothing of the kind; features have ids and their key, invalid ones too', async () => {
    const answer = await get('/collections/pair/tiles/WebMercatorQuad/0/0/0');
    expect(answer.headers['tile-truncated']).toBeUndefined();
    const layer = decodeVectorTile(answer.body).layers['pair'];
    const features = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i));
    expect(new Set(features.map((feature) => feature?.properties['id']))).toEqual(new Set(['bow tie', 'east', 'west']));
    expect(features.every((feature) => Number.isSafeInteger(feature?.id))).toBe(true);
  });

  test('of nothing is 200 without a body; beyond the matrix it is 404', async () => {
    const nothing = await get('/collections/pair/tiles/WebMercatorQuad/3/3/4');
    expect(nothing.status).toBe(200);
    expect(nothing.body.length).toBe(0);
    expect((await get('/collections/pair/tiles/WebMercatorQuad/3/8/0')).status).toBe(404);
    expect((await get('/collections/pair/tiles/WebMercatorQuad/99/0/0')).status).toBe(404);
    // South of everything.
    expect((await get('/collections/pair/tiles/WebMercatorQuad/3/7/4')).status).toBe(404);
  });

  test('by XYZ is the same tile, x before y, and blank where there is nothing in the matrix', async () => {
    const east = await get('/xyz/pair/2/2/1.mvt');
    expect(Buffer.compare(east.body, (await get('/collections/pair/tiles/WebMercatorQuad/2/1/2')).body)).toBe(0);
    expect(east.body.length).toBeGreaterThan(0);
    expect((await get('/xyz/pair/3/4/7.mvt')).status).toBe(200);
    expect((await get('/xyz/pair/3/4/8.mvt')).status).toBe(404);
  });
});

describe('a map tile', () => {
  const tile = '/collections/squares/map/tiles/WebMercatorQuad';

  test.each([
    ['png', 'image/png'],
    ['jpeg', 'image/jpeg'],
    ['webp', 'image/webp'],
  ])('is a %s on request, by f and by Accept', async (f, mediaType) => {
    for (const answer of [await get(`${tile}/5/13/8?f=${f}`), await get(`${tile}/5/13/8`, { Accept: mediaType })]) {
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe(mediaType);
      const { middle, width, height } = await look(answer);
      expect([width, height]).toEqual([256, 256]);
      expect(middle[3]).toBe(255);
    }
  });

  test('without data is transparent, as JPEG white', async () => {
    // Between the two squares.
    expect((await look(await get(`${tile}/3/3/4?f=png`))).middle[3]).toBe(0);
    expect((await look(await get(`${tile}/3/3/4?f=webp`))).middle[3]).toBe(0);
    expect((await look(await get(`${tile}/3/3/4?f=jpeg`))).middle).toEqual([255, 255, 255, 255]);
    expect((await get(`${tile}/3/7/4`)).status).toBe(404);
    expect((await look(await get('/xyz/squares/3/4/7.png'))).middle[3]).toBe(0);
    expect((await get('/xyz/squares/3/4/8.png')).status).toBe(404);
  });

  test('by XYZ may be of double size', async () => {
    expect(await look(await get('/xyz/squares/5/8/13@2x.png'))).toMatchObject({ width: 512, height: 512 });
    expect(Buffer.compare((await get('/xyz/squares/5/8/13.png')).body, (await get(`${tile}/5/13/8?f=png`)).body)).toBe(0);
  });
});

describe('kept tiles', () => {
  const target = '/collections/pair/tiles/WebMercatorQuad/1/0/1';

  test('say for how long, and how old they are; equal requests in other words share one', async () => {
    const first = await get(`${target}?f=mvt`);
    expect(first.headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=300');
    expect(first.headers.age).toBeUndefined();
    for (const other of [`${target}?f=mvt`, target]) {
      const again = await get(other, { Accept: `${MVT}, */*;q=0.1` });
      expect(again.headers['cache-status'], other).toBe('graticule; hit');
      expect(Number(again.headers.age)).toBeGreaterThanOrEqual(0);
      expect(again.headers.etag).toBe(first.headers.etag);
      expect(Buffer.compare(again.body, first.body)).toBe(0);
    }
  });

  test('show old data until their time is over, features at once', async () => {
    const quick = await startTestServer({ database: server.database, env: { GRATICULE_TILE_TTL: '1' } });
    const read = async (path: string): Promise<WireAnswer> => send(quick.root, { target: path });
    const before = await read(target);
    await server.database.query(`insert into pair values ('new', 'srid=4326;point(100 50)')`);
    expect((await read('/collections/pair/items/new')).status).toBe(200);
    await expect.poll(async () => decodeVectorTile((await read(target)).body).layers['pair']?.length, { timeout: 5000 }).toBe(3);
    const after = await read(target);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    await server.database.query(`delete from pair where id = 'new'`);
    await quick.close();
  });

  test('are none with a time of 0', async () => {
    const none = await startTestServer({ database: server.database, env: { GRATICULE_TILE_TTL: '0' } });
    for (let round = 0; round < 2; round++) {
      const answer = await send(none.root, { target });
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.headers['cache-status']).toBeUndefined();
    }
    await none.close();
  });
});

import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { serveTables } from '../support/served-tables.ts';
import { numbers, readDirectories } from '../unit/image/read-tiff.ts';
import { send, type WireAnswer } from './bad-inputs/wire.ts';

// A table of 81 megapixels: more than what is packed in memory, so that its GeoTIFF is streamed, tile by tile in known places.

const SIDE = 9000;
const TILE = 256;

const server = serveTables(
  `create extension if not exists postgis;
     create extension if not exists postgis_raster;
     create table wide (rid serial primary key, rast raster);
     insert into wide (rast)
       select st_addband(st_makeemptyraster(1000, 1000, 500000 + x * 10000, 5000000 - y * 10000, 10, -10, 0, 0, 25832), '8BUI'::text, x * 9 + y + 1, 0)
       from generate_series(0, 8) x, generate_series(0, 8) y where x <> y;
     create index on wide using gist (st_convexhull(rast));
     select addrasterconstraints('wide'::name, 'rast'::name);
     create table film (rid serial primary key, shot date, rast raster);
     insert into film (shot, rast)
       select ('2026-01-0' || t)::date, st_addband(st_makeemptyraster(1000, 1000, 500000 + x * 10000, 5000000 - y * 10000, 10, -10, 0, 0, 25832), '8BUI'::text, t * 50 + x * 5 + y, 0)
       from generate_series(1, 3) t, generate_series(0, 5) x, generate_series(0, 3) y where x <> t;
     create index on film using gist (st_convexhull(rast));
     select addrasterconstraints('film'::name, 'rast'::name);
     create view seen as select * from wide`,
  { expectedErrors: /DATA_CHANGED/ },
);

const TARGET = '/collections/wide/coverage?f=geotiff';
const part = async (from: number, to: number): Promise<WireAnswer> =>
  send(server.root, { target: TARGET, headers: { range: `bytes=${from}-${to - 1}` } });

/** Blocks on the diagonal are absent: nodata. */
function valueAt(column: number, row: number): number {
  const [x, y] = [Math.floor(column / 1000), Math.floor(row / 1000)];
  return x === y || column >= SIDE || row >= SIDE ? 0 : x * 9 + y + 1;
}

describe('a coverage that is larger than memory allows', () => {
  let whole: WireAnswer;
  let places: readonly number[] = [];

  beforeAll(async () => {
    whole = await send(server.root, { target: TARGET });
    places = numbers(readDirectories(whole.body)[0] ?? new Map(), 324);
  });

  test('comes with its length and holds each value in its place', () => {
    expect(whole.status).toBe(200);
    expect(whole.headers['accept-ranges']).toBe('bytes');
    expect(Number(whole.headers['content-length'])).toBe(whole.body.length);
    const across = Math.ceil(SIDE / TILE);
    expect(places.length).toBe(across * across);
    let wrong = 0;
    for (const [i, place] of places.entries()) {
      const [left, top] = [(i % across) * TILE, Math.floor(i / across) * TILE];
      for (let at = 0; at < TILE * TILE; at += 1) {
        if (whole.body[place + at] !== valueAt(left + (at % TILE), top + Math.floor(at / TILE))) wrong += 1;
      }
    }
    expect(wrong).toBe(0);
  });

  test('gives any part of it', async () => {
    const length = whole.body.length;
    const place = places[700] ?? 0;
    for (const [from, to] of [
      [0, 100],
      [place, place + TILE * TILE],
      [place - 10, place + 10],
      [length - 1, length],
    ] as const) {
      const answer = await part(from, to);
      expect(answer.status).toBe(206);
      expect(answer.headers['content-range']).toBe(`bytes ${from}-${to - 1}/${length}`);
      expect(answer.headers['content-length']).toBe(String(to - from));
      expect(Buffer.compare(answer.body, whole.body.subarray(from, to))).toBe(0);
    }
  });

  test('has nothing beyond its end', async () => {
    const answer = await part(whole.body.length, whole.body.length + 10);
    expect([answer.status, answer.headers['content-range']]).toEqual([416, `bytes */${whole.body.length}`]);
  });

  test('is sent whole to who holds another version', async () => {
    const headers = { range: 'bytes=0-9', 'if-range': '"another"' };
    const answer = await send(server.root, { target: TARGET, headers });
    expect([answer.status, answer.body.length]).toEqual([200, whole.body.length]);
  });

  test('has a strong tag, the same for the whole, for its head and for each part', async () => {
    const tag = String(whole.headers['etag']);
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    expect((await part(100, 200)).headers['etag']).toBe(tag);
    const head = await send(server.root, { target: TARGET, method: 'HEAD' });
    expect([head.status, head.headers['etag'], head.headers['content-length']]).toEqual([200, tag, String(whole.body.length)]);
    const known = await send(server.root, { target: TARGET, headers: { 'if-none-match': tag } });
    expect([known.status, known.headers['etag'], known.body.length]).toEqual([304, tag, 0]);
    for (const other of ['&nodata=7', '&bbox-crs=EPSG:25832&bbox=500000,4920000,590000,5000000', '&tile-width=512']) {
      const answer = await send(server.root, { target: TARGET + other, method: 'HEAD' });
      expect(answer.status, other).toBe(200);
      expect(answer.headers['etag'], other).not.toBe(tag);
    }
  });

  test('gives parts to who holds this version, and the whole new one after a change', async () => {
    const tag = String(whole.headers['etag']);
    const ask = async (from: number, to: number): Promise<WireAnswer> =>
      send(server.root, { target: TARGET, headers: { range: `bytes=${from}-${to - 1}`, 'if-range': tag } });
    const before = await ask(0, 1000);
    expect([before.status, before.body.length, before.headers['etag']]).toEqual([206, 1000, tag]);
    await server.database.query(`update wide set rast = st_setvalue(rast, 1, 1, 1, 77) where rid = 5`);
    // Only the head of the answer: the whole new file would follow.
    const leave = new AbortController();
    const after = await fetch(`${server.root}${TARGET}`, { headers: { range: 'bytes=0-999', 'if-range': tag }, signal: leave.signal });
    leave.abort();
    expect([after.status, after.headers.get('content-length')]).toEqual([200, String(whole.body.length)]);
    expect(after.headers.get('etag')).not.toBe(tag);
    expect((await part(0, 1000)).headers['etag']).toBe(after.headers.get('etag'));
    expect((await send(server.root, { target: TARGET, headers: { 'if-none-match': tag }, method: 'HEAD' })).status).toBe(200);
  });

  test('is broken off when the rows change under it', async () => {
    let isOver = false;
    const write = async (): Promise<void> => {
      while (!isOver) {
        await server.database.query(`update wide set rast = st_setvalue(rast, 1, 2, 2, 78) where rid = 6`);
        await setTimeout(10);
      }
    };
    const writing = write();
    try {
      await expect(part(0, 12 * 1024 * 1024)).rejects.toThrow(/aborted|hang up|ECONNRESET|closed/i);
    } finally {
      isOver = true;
      await writing;
    }
  });

  test('has no tag where rows have no signatures', async () => {
    const answer = await send(server.root, { target: '/collections/seen/coverage?f=geotiff', headers: { range: 'bytes=0-99' } });
    expect([answer.status, answer.headers['etag']]).toEqual([206, undefined]);
  });

  test('holds the instants of an interval as bands', async () => {
    const target = '/collections/film/coverage?f=geotiff&datetime=2026-01-01/2026-01-03';
    const range = async (from: number, to: number): Promise<WireAnswer> =>
      send(server.root, { target, headers: { range: `bytes=${from}-${to - 1}` } });
    const head = (await range(0, 20_000)).body;
    const [tags = new Map()] = readDirectories(head);
    expect([numbers(tags, 256), numbers(tags, 257), numbers(tags, 277)]).toEqual([[6000], [4000], [3]]);
    const across = Math.ceil(6000 / TILE);
    for (const [column, row] of [
      [0, 0],
      [7, 5],
      [21, 12],
    ] as const) {
      const place = numbers(tags, 324)[row * across + column] ?? 0;
      const { body } = await range(place, place + TILE * TILE * 3);
      for (let at = 0; at < TILE * TILE; at += 97) {
        const [x, y] = [Math.floor((column * TILE + (at % TILE)) / 1000), Math.floor((row * TILE + Math.floor(at / TILE)) / 1000)];
        const wanted = [1, 2, 3].map((t) => (x === t ? 0 : t * 50 + x * 5 + y));
        expect([...body.subarray(at * 3, at * 3 + 3)], `${column} ${row} ${at}`).toEqual(wanted);
      }
    }
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServerOn } from '../support/server.ts';
import { send, type WireAnswer } from './bad-inputs/wire.ts';

// `Prefer: handling=strict|lenient` (RFC 7240 §4.4) on resources of all kinds; lenient lets unknown parameters pass.

let server: Awaited<ReturnType<typeof startServerOn>>;

beforeAll(async () => {
  server = await startServerOn('empty');
  await server.database.query(
    `create table heights (rid int primary key, rast raster);
     insert into heights select 1, st_addband(st_makeemptyraster(40, 20, -60, 30, 1, -1, 0, 0, 4326), '16BSI'::text, 5, null);
     select addrasterconstraints('heights'::name, 'rast'::name);
     create table town (id int primary key, geom geometry(Point, 4326));
     insert into town values (1, 'SRID=4326;POINT(3 3)');
     grant select on all tables in schema public to public`,
  );
  await server.running.refresh();
});

afterAll(() => server?.close());

const get = (target: string, prefer?: string): Promise<WireAnswer> =>
  send(server.root, { target, headers: prefer === undefined ? {} : { Prefer: prefer } });

/** Resources that let unknown parameters pass when asked to. */
const TOLERANT = [
  '/collections/heights/map?width=16',
  '/collections/heights/map/tiles/WebMercatorQuad/1/0/0?f=png',
  '/xyz/heights/1/0/0.png?tilesize=64',
  '/collections/heights/coverage?f=geotiff',
  '/collections/heights/preview?width=8',
];
/** Those of OGC API Features, which refuse them always. */
const STRICT = ['/?f=json', '/collections?f=json', '/collections/town?f=json', '/collections/town/items?f=json', '/conformance?f=json'];

describe('handling=strict', () => {
  test.each([...TOLERANT, ...STRICT])('%s says that it is so', async (target) => {
    const first = await get(target, 'handling=strict');
    expect([first.status, first.headers['preference-applied']]).toEqual([200, 'handling=strict']);
    // Also when it was kept.
    expect((await get(target, 'handling=strict')).headers['preference-applied']).toBe('handling=strict');
    const refused = await get(`${target}&nope=1`, 'handling=strict');
    expect([refused.status, refused.headers['preference-applied']]).toEqual([400, 'handling=strict']);
  });

  test('a coverage that is too large for one answer is refused, not thinned', async () => {
    const answer = await get('/collections/heights/coverage?width=8000&height=8000&f=coveragejson', 'handling=strict');
    expect([answer.status, answer.headers['preference-applied']]).toEqual([413, 'handling=strict']);
  });
});

describe('handling=lenient', () => {
  test.each(TOLERANT)('%s passes over what it does not know', async (target) => {
    const plain = await get(target);
    const lenient = await get(`${target}&_=1234&nope=1`, 'handling=lenient');
    expect([lenient.status, lenient.headers['preference-applied']]).toEqual([200, 'handling=lenient']);
    expect(lenient.body.equals(plain.body)).toBe(true);
    expect(String(lenient.headers['vary'])).toMatch(/Prefer/);
    // Nobody else gets what was passed over for one.
    expect((await get(`${target}&_=1234&nope=1`)).status).toBe(400);
    expect((await get(`${target}&_=1234&nope=1`, 'handling=strict')).status).toBe(400);
    expect((await get(`${target}&_=1234&nope=1`, 'handling=lenient')).status).toBe(200);
  });

  test.each(STRICT)('%s refuses what it does not know all the same, and says nothing of a preference', async (target) => {
    const answer = await get(`${target}&nope=1`, 'handling=lenient');
    expect([answer.status, answer.headers['preference-applied']]).toEqual([400, undefined]);
  });

  test('what is known must still be right', async () => {
    expect((await get('/collections/heights/map?width=many', 'handling=lenient')).status).toBe(400);
  });
});

test('other preferences stand beside it; what means nothing is passed over; classic services go their own way', async () => {
  const both = await get('/collections/heights/map?width=16', 'server-timing, handling=strict');
  expect(both.headers['preference-applied']).toBe('server-timing, handling=strict');
  expect(both.headers['server-timing']).toBeDefined();
  expect((await get('/collections/heights/map?width=16', 'handling=maybe')).headers['preference-applied']).toBeUndefined();
  const wms =
    '/wms?service=WMS&request=GetMap&version=1.3.0&layers=heights&styles=&crs=CRS:84&bbox=-60,10,-20,30&width=20&height=10&format=image/png&nope=1';
  for (const prefer of ['handling=strict', 'handling=lenient', 'handling=strict']) {
    const answer = await get(wms, prefer);
    expect([answer.status, answer.headers['preference-applied']]).toEqual([200, undefined]);
  }
});

import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServerOn } from '../support/server.ts';

const TABLES = 600;

interface CollectionsPage {
  readonly numberMatched: number;
  readonly numberReturned: number;
  readonly collections: readonly { readonly id: string; readonly title: string }[];
  readonly links: readonly { readonly rel: string; readonly href: string; readonly type: string }[];
}

let server: Awaited<ReturnType<typeof startServerOn>>;

// Table n has one point at longitude n % 360 - 180 and latitude 0; every third one is of rivers, every hundredth has a comment.
beforeAll(async () => {
  server = await startServerOn('empty');
  await server.database.query(
    `do $$ begin for n in 1 .. ${TABLES} loop
       execute format('create table %I (id int primary key, geom geometry(Point, 4326))', (case when n % 3 = 0 then 'rivers_' else 'roads_' end) || lpad(n::text, 3, '0'));
       execute format('insert into %I values (1, st_setsrid(st_makepoint(%s, 0), 4326))', (case when n % 3 = 0 then 'rivers_' else 'roads_' end) || lpad(n::text, 3, '0'), n % 360 - 180);
       if n % 100 = 0 then execute format('comment on table %I is %L', (case when n % 3 = 0 then 'rivers_' else 'roads_' end) || lpad(n::text, 3, '0'), 'Surveyed by aeroplane'); end if;
     end loop; end $$`,
  );
  await server.running.refresh();
});

afterAll(() => server?.close());

async function page(target: string): Promise<CollectionsPage> {
  const answer = await supertest(server.root).get(target).set('Accept', 'application/json');
  expect(answer.status, target).toBe(200);
  const document: CollectionsPage = answer.body;
  return document;
}

const next = ({ links }: CollectionsPage): string | undefined => links.find(({ rel }) => rel === 'next')?.href.slice(server.root.length);

describe('hundreds of collections', () => {
  // Table 180 is the last of the first turn: longitudes -179 to 179, and -180 of tables 360.
  test('the landing page does not wait for their extents: the world, until each has been looked at', { timeout: 20_000 }, async () => {
    const extent = async (): Promise<unknown> => (await supertest(server.root).get('/?f=json')).body.extent;
    const begin = performance.now();
    expect(await extent()).toEqual({ spatial: { bbox: [[-180, -90, 180, 90]], crs: expect.any(String) } });
    expect(performance.now() - begin).toBeLessThan(1000);
    await expect.poll(extent, { timeout: 15_000 }).toEqual({ spatial: { bbox: [[-180, 0, 179, 0]], crs: expect.any(String) } });
    const again = performance.now();
    await extent();
    expect(performance.now() - again).toBeLessThan(200);
  });

  test('are listed whole by default, within seconds although no extent is known yet', { timeout: 15_000 }, async () => {
    const begin = performance.now();
    const all = await page('/collections');
    expect(all).toMatchObject({ numberMatched: TABLES, numberReturned: TABLES });
    expect(next(all)).toBeUndefined();
    expect(performance.now() - begin).toBeLessThan(10_000);
  });

  test('by pages: forwards each once, and back again', async () => {
    const seen: string[] = [];
    let previous: string | undefined;
    for (let target: string | undefined = '/collections?limit=250'; target !== undefined;) {
      const one: CollectionsPage = await page(target);
      expect(one.numberMatched).toBe(TABLES);
      seen.push(...one.collections.map(({ id }) => id));
      previous = one.links.find(({ rel }) => rel === 'prev')?.href.slice(server.root.length);
      target = next(one);
    }
    expect(seen).toHaveLength(TABLES);
    expect(new Set(seen).size).toBe(TABLES);
    expect((await page(previous ?? '')).collections[0]?.id).toBe(seen[250]);
  });

  test('q finds words in ids and descriptions, all of them, commas between alternatives', async () => {
    expect((await page('/collections?q=rivers')).numberMatched).toBe(TABLES / 3);
    expect((await page('/collections?q=AEROPLANE')).numberMatched).toBe(TABLES / 100);
    expect((await page('/collections?q=rivers%20surveyed')).collections.map(({ id }) => id)).toEqual(['rivers_300', 'rivers_600']);
    expect((await page('/collections?q=roads_001,rivers_003')).numberMatched).toBe(2);
    expect(await page('/collections?q=glaciers')).toMatchObject({ numberMatched: 0, numberReturned: 0, collections: [] });
  });

  test('bbox finds those whose extent meets it, across the antimeridian too', async () => {
    // Of an extent that is still being measured nobody knows that it does not meet the box.
    const numbersIn = async (box: string): Promise<readonly number[]> =>
      [...new Set((await page(`/collections?bbox=${box}`)).collections.map(({ id }) => Number(id.split('_')[1]) % 360))].sort(
        (x, y) => x - y,
      );
    await expect.poll(() => numbersIn('9.5,-1,12.5,1'), { timeout: 10_000 }).toEqual([190, 191, 192]);
    expect(await numbersIn('178.5,-1,-178.5,1')).toEqual([0, 1, 359]);
    expect((await page('/collections?bbox=0,40,10,50')).numberMatched).toBe(0);
  });

  test('search goes on in the next page', async () => {
    const first = await page('/collections?q=rivers&bbox=-180,-1,180,1&limit=150');
    const second = await page(next(first) ?? '');
    expect(next(first)).toContain('q=rivers');
    expect(first.numberReturned + second.numberReturned).toBe(TABLES / 3);
    expect(second.collections.every(({ id }) => id.startsWith('rivers'))).toBe(true);
  });

  test('the page for people has a field for q and leads to the next page', async () => {
    const answer = await supertest(server.root).get('/collections?f=html&limit=100&q=roads');
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/<input[^>]* name="q"/);
    expect(answer.text).toContain('offset=100');
    expect(answer.text).toContain('q=roads');
  });
});

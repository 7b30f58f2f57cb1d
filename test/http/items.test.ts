import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServerOn } from '../support/server.ts';

const ROWS = 4321;

let server: Awaited<ReturnType<typeof startServerOn>>;

beforeAll(async () => {
  server = await startServerOn('empty');
  await server.database.query(
    `create table wells (id bigint primary key, depth numeric, big bigint, raw json, drilled timestamptz, geom geometry(Point, 4326));
     insert into wells select n, n + 0.10, 9007199254740993 + n, '{"n": 12345678901234567890}', '2024-01-01T00:00:00.123456Z', st_setsrid(st_makepoint(n % 360 - 180, 0), 4326)
       from generate_series(1, ${ROWS}) n;
     update wells set depth = 123456789012345678901234567890.0123456789 where id = 1;
     create index on wells using gist (geom);
     create table parts (kind text, "no" uuid, geom geometry(Point, 4326), primary key (kind, "no"));
     insert into parts values ('a,b\\c', '00000000-0000-4000-8000-000000000001', 'srid=4326;point(1 2)'), ('ü/%', '00000000-0000-4000-8000-000000000002', null);
     create table loose (name text, geom geometry(Point, 4326));
     insert into loose values ('one', 'srid=4326;point(1 2)'), ('two', 'srid=4326;point(3 4)');
     analyze`,
  );
  await server.running.refresh();
});

afterAll(() => server?.close());

async function read(target: string): Promise<{ readonly text: string; readonly body: Readonly<Record<string, unknown>> }> {
  const answer = await supertest(server.root).get(target).buffer(true);
  expect(answer.status, target).toBe(200);
  return { text: answer.text, body: JSON.parse(answer.text) };
}

interface Page {
  readonly ids: readonly unknown[];
  readonly numberMatched: unknown;
  readonly next: string | undefined;
  readonly prev: string | undefined;
}

async function page(target: string): Promise<Page> {
  const { features, links, numberMatched, numberReturned }: Record<string, unknown> = (await read(target)).body;
  const listed: readonly Readonly<Record<string, unknown>>[] = Array.isArray(features) ? features : [];
  const to = (rel: string): string | undefined => {
    const found: Readonly<Record<string, unknown>> | undefined = Array.isArray(links) ? links.find((link) => link.rel === rel) : undefined;
    return found === undefined ? undefined : String(found['href']).slice(server.root.length);
  };
  expect(numberReturned).toBe(listed.length);
  return { ids: listed.map((feature) => feature['id']), numberMatched, next: to('next'), prev: to('prev') };
}

describe('items', () => {
  test.each([700, 1000, 1001, 2500])('by pages of %i along the next links come each once', async (limit) => {
    const seen: unknown[] = [];
    for (let target: string | undefined = `/collections/wells/items?limit=${limit}`; target !== undefined;) {
      const one: Page = await page(target);
      expect(one.numberMatched).toBe(ROWS);
      expect(one.ids.length).toBe(Math.min(limit, ROWS - seen.length));
      seen.push(...one.ids);
      target = one.next;
    }
    expect(seen).toHaveLength(ROWS);
    expect(new Set(seen).size).toBe(ROWS);
  });

  test('keep filter and page size in the next link, and end where the filter ends', async () => {
    const first = await page('/collections/wells/items?bbox=-0.5,-1,0.5,1&limit=5');
    expect(first.numberMatched).toBe(12);
    const second = await page(first.next ?? '');
    const third = await page(second.next ?? '');
    expect([first, second, third].map(({ ids }) => ids.length)).toEqual([5, 5, 2]);
    expect(third.next).toBeUndefined();
  });

  test('carry numbers with the digits of the database, in pages and alone', async () => {
    for (const target of ['/collections/wells/items?limit=1', '/collections/wells/items?limit=2000', '/collections/wells/items/1']) {
      const { text } = await read(target);
      expect(text, target).toMatch(/"depth": ?123456789012345678901234567890\.0123456789[,}]/);
      expect(text, target).toMatch(/"big": ?9007199254740994[,}]/);
      expect(text, target).toMatch(/"n": ?12345678901234567890 ?}/);
      expect(text, target).toMatch(/"drilled": ?"2024-01-01T00:00:00\.123456Z"/);
    }
    expect((await read('/collections/wells/items?depth=123456789012345678901234567890.0123456789')).body).toMatchObject({
      numberMatched: 1,
    });
  });

  test('of a composite key have an id that leads to them, whatever is in it', async () => {
    const { ids } = await page('/collections/parts/items');
    expect(ids).toEqual(['a\\,b\\\\c,00000000-0000-4000-8000-000000000001', 'ü/%,00000000-0000-4000-8000-000000000002']);
    for (const id of ids) {
      const { body } = await read(`/collections/parts/items/${encodeURIComponent(String(id))}`);
      expect(body['id']).toBe(id);
    }
  });

  test('without a key have no id, and schema and page say so', async () => {
    expect((await page('/collections/loose/items')).ids).toEqual([undefined, undefined]);
    expect((await supertest(server.root).get('/collections/loose/items/one')).status).toBe(404);
    expect((await read('/collections/loose/schema')).text).toContain('the table has no key');
    expect((await supertest(server.root).get('/collections/loose?f=html')).text).toContain('the table has no key');
    expect((await read('/collections/wells/schema')).text).not.toContain('no key');
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { WMS_ROWS, WMTS_ROWS } from './bad-inputs/classic-rows.ts';
import { FEATURE_ROWS, LEFT_OUT } from './bad-inputs/feature-rows.ts';
import type { BadInput } from './bad-inputs/row.ts';
import { RASTER_ROWS } from './bad-inputs/raster-rows.ts';
import { TILE_ROWS } from './bad-inputs/tile-rows.ts';
import { ENTRY_ROWS, TRANSPORT_ROWS } from './bad-inputs/transport-rows.ts';
import { send, type WireAnswer } from './bad-inputs/wire.ts';

const GROUPS: Readonly<Record<string, readonly BadInput[]>> = {
  'transport and HTTP': TRANSPORT_ROWS,
  'entry documents': ENTRY_ROWS,
  features: FEATURE_ROWS,
  tiles: TILE_ROWS,
  'maps and coverages': RASTER_ROWS,
  WMS: WMS_ROWS,
  WMTS: WMTS_ROWS,
};

/** Connections that serve requests, and those that watch the database beside them. */
const POOL = 3;
const WATCHING = 2;

/** The last number of each group. */
const NUMBERS: Readonly<Record<string, number>> = { A: 28, B: 10, C: 63, G: 20, H: 21, I: 15, K: 29, L: 11, N: 10 };

/** Rows of bad-inputs-socket.test.ts and bad-inputs-operations.test.ts. */
const ASKED_ELSEWHERE = ['A8', 'A9', 'A10', 'A11', 'A12', 'A18', 'A19', 'N1', 'N2', 'N3', 'N4', 'N5', 'N7', 'N8', 'N9', 'N10'];

/** What only our SQL or PostgreSQL's messages say; a value echoed from the request does not look like it. */
const SQL_TEXT =
  /\bselect\b[^"]*\bfrom\b|\$\d|SQLSTATE|relation \\?"|column \\?"|operator does not exist|pg_catalog|invalid input syntax|ST_\w+\(|node:internal|\.js:\d/i;

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await database.query(readFileSync(new URL('./bad-inputs/tables.sql', import.meta.url), 'utf8'));
  server = await startTestServer({ database, env: { GRATICULE_POOL_SIZE: String(POOL), GRATICULE_MAX_PIXELS: '8388608' } });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

describe.each(Object.entries(GROUPS))('bad inputs: %s', (_, rows) => {
  test.each(rows.map((row) => [`${row.id} ${row.fact}`, row] as const))('%s', async (_, row) => {
    const answer = await send(server.root, row);
    expect(answer.status, answer.body.toString('utf8').slice(0, 300)).toBe(row.status);
    expect(answer.headers['x-request-id']).toMatch(/\S{8,}/);
    // Scripts of other origins have to see errors too, and an error page is a page.
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    if (row.slug !== undefined) expectProblem(answer, row.slug);
    row.check?.(answer, server.root);
  });
});

test('B6 a table without privilege and one that is not there give the same answer but for id and instance', async () => {
  const hidden = await send(server.root, { target: '/collections/secret' });
  const absent = await send(server.root, { target: '/collections/nothin' });
  expect(anonymous(hidden, 'secret')).toBe(anonymous(absent, 'nothin'));
});

test('C50 all faults of a request are reported at once', async () => {
  const answer = await send(server.root, { target: '/collections/roads/items?limit=abc&bbox=1&foo=1' });
  const problem: { readonly errors: readonly { readonly name: string; readonly code: string }[] } = JSON.parse(
    answer.body.toString('utf8'),
  );
  expect(problem.errors.map(({ name, code }) => `${name}: ${code}`).sort()).toEqual([
    'bbox: invalid-parameter',
    'foo: unknown-parameter',
    'limit: invalid-parameter',
  ]);
});

test('every row is asked here, on a raw socket, in operation, or left out with a reason', () => {
  const asked = new Set([...Object.values(GROUPS).flatMap((rows) => rows.map((row) => row.id)), ...ASKED_ELSEWHERE]);
  const all = Object.entries(NUMBERS).flatMap(([group, last]) => Array.from({ length: last }, (_, i) => `${group}${i + 1}`));
  expect(all.filter((id) => asked.has(id) === (LEFT_OUT[id] !== undefined))).toEqual([]);
  expect(Object.keys(LEFT_OUT).filter((id) => !all.includes(id))).toEqual([]);
});

test('after all rows the process is alive, no transaction is open and no connection is left over', async () => {
  expect((await send(server.root, { target: '/health' })).status).toBe(200);
  const { total, open } = await connections();
  expect(open).toBe(0);
  expect(total).toBeLessThanOrEqual(POOL + WATCHING);
  expect(Object.hasOwn(Object.prototype, '1')).toBe(false);
});

async function connections(): Promise<{ readonly total: number; readonly open: number }> {
  const [row] = await database.query(
    `select count(*)::int as total, count(*) filter (where state like 'idle in transaction%')::int as open
     from pg_stat_activity where datname = current_database() and usename = 'graticule_reader'`,
  );
  return { total: Number(row?.['total']), open: Number(row?.['open']) };
}

function expectProblem(answer: WireAnswer, slug: string): void {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  if (answer.body.length === 0) return;
  const text = answer.body.toString('utf8');
  const problem: Readonly<Record<string, unknown>> = JSON.parse(text);
  expect(problem['type']).toMatch(new RegExp(`/problems/${slug}$`));
  expect(problem['status']).toBe(answer.status);
  expect(problem['title']).toEqual(expect.any(String));
  expect(problem['instance']).toBe(answer.headers['x-request-id']);
  expect(text).not.toMatch(SQL_TEXT);
}

function anonymous(answer: WireAnswer, id: string): string {
  return answer.body.toString('utf8').replaceAll(id, '…').replaceAll(String(answer.headers['x-request-id']), '…');
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANONYMOUS } from '../../src/base/principal.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { databaseMapping } from '../../src/services/rasters/mapping.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** World Robinson, whose outline leaves corners of its box without a place on the globe. */
const ROBINSON = 54030;

let source: TestDatabase;
let database: Database;

beforeAll(async () => {
  source = await createTestDatabase('empty');
  database = await openDatabase({
    connection: source.reader,
    poolSize: 1,
    statementTimeoutMs: 5000,
    streamLimitMs: 5000,
    observe: () => undefined,
  });
});

afterAll(async () => {
  await database?.close();
  await source?.close();
});

const CONTEXT = { signal: new AbortController().signal, principal: ANONYMOUS };

/** Positions in a CRS, by PROJ alone, rounded to whole degrees. */
async function mapped(from: number, ...xy: readonly number[]): Promise<readonly number[]> {
  const positions = Float64Array.from(xy);
  await databaseMapping(database, { from, to: 4326, fromGeographic: false }).run(positions, CONTEXT);
  return [...positions].map((value) => Math.round(value));
}

test('positions outside of a projection become NaN, the others of their batch are mapped', async () => {
  const corner = [17_000_000, 8_600_000] as const;
  expect(await mapped(ROBINSON, 0, 0, ...corner, 9_000_000, 0, 0, 5_000_000, ...corner)).toEqual([0, 0, NaN, NaN, 95, 0, 0, 47, NaN, NaN]);
});

test('between CRSs that nothing joins no position has a place, and none takes its own search for a way', async () => {
  // ESRI:104953 is Oberon, a moon of Uranus.
  const ground = Array.from({ length: 512 }, (_, n) => [(n % 32) - 16, Math.floor(n / 32)]).flat();
  const places = await mapped(104_953, ...ground);
  expect(places).toHaveLength(1024);
  expect(places.every(Number.isNaN)).toBe(true);
});

test('positions that come more than once are mapped each time', async () => {
  expect(await mapped(ROBINSON, 9_000_000, 0, 0, 0, 9_000_000, 0, 0, 5_000_000, 0, 0)).toEqual([95, 0, 0, 0, 95, 0, 0, 47, 0, 0]);
});

test('where a projection repeats the world beyond its outline, positions have no place', async () => {
  // Equal Earth is 17,243,959 m wide to either side; PROJ goes on as if it went round.
  expect(await mapped(8857, 0, 0, 17_200_000, 0, 17_300_000, 0, 20_000_000, 1_000_000)).toEqual([0, 0, 180, 0, NaN, NaN, NaN, NaN]);
});

test('a batch of thousands of positions, most of them without a place, takes three statements at most', async () => {
  const ground = Array.from({ length: 4096 }, (_, n) => [((n % 64) - 31.5) * 700_000, (Math.floor(n / 64) - 31.5) * 700_000]).flat();
  const names: string[] = [];
  const watched: Database = {
    ...database,
    rows(statement, options) {
      names.push(options.name);
      return database.rows(statement, options);
    },
  };
  const mapping = databaseMapping(watched, { from: ROBINSON, to: 4326, fromGeographic: false });
  const [first, again] = [Float64Array.from(ground), Float64Array.from(ground)];
  await mapping.run(first, CONTEXT);
  expect(names).toEqual(['raster.transform', 'raster.transform']);
  await mapping.run(again, CONTEXT);
  expect(names.length).toBe(3);
  expect(again).toEqual(first);
  const known = first.filter((_, i) => i % 2 === 0).filter(Number.isFinite).length;
  expect([known > 500, known < 1600]).toEqual([true, true]);
});

test('degrees that have no place in a projection become NaN as well', async () => {
  const positions = Float64Array.of(0, 0, -75, 0, 105, 0, -75, 100);
  // What a satellite over 75° west sees of the globe.
  await databaseMapping(database, { from: 4326, to: 102_497, fromGeographic: true }).run(positions, CONTEXT);
  expect([...positions].map((value) => (Math.abs(value) < 1 ? 0 : Number.isFinite(value)))).toEqual([
    true,
    0,
    0,
    0,
    false,
    false,
    false,
    false,
  ]);
});

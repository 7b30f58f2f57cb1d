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

test('positions outside of a projection become NaN, the others of their batch are mapped', async () => {
  const corner = [17_000_000, 8_600_000] as const;
  const xy = Float64Array.of(0, 0, ...corner, 9_000_000, 0, 0, 5_000_000, ...corner);
  await databaseMapping(database, ROBINSON, 4326).run(xy, { signal: new AbortController().signal, principal: ANONYMOUS });
  expect([...xy].map((value) => Math.round(value))).toEqual([0, 0, NaN, NaN, 95, 0, 0, 47, NaN, NaN]);
});

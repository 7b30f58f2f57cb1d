import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../src/base/event.ts';
import { createCatalogWatcher } from '../../src/catalog/watch.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { openRelay } from '../support/relay.ts';
import type { Relay } from '../support/relay.ts';

let source: TestDatabase;
let relay: Relay;

beforeAll(async () => {
  source = await createTestDatabase('empty');
  await source.query(`
    create table places (id int primary key, geom geometry(Point, 4326));
    insert into places values (1, 'SRID=4326;POINT(8 47)'), (2, 'SRID=4326;POINT(9 48)');
    grant select on places to graticule_reader`);
  relay = await openRelay(source.reader);
});

afterAll(async () => {
  relay.cut();
  await relay.stop();
  await source.close();
});

test('extents asked for while the database is away are read when it is back, without a warning for each collection', async () => {
  const seen: Observation[] = [];
  const observe = (observation: Observation): void => void seen.push(observation);
  const options = { poolSize: 2, statementTimeoutMs: 2000, streamLimitMs: 5000, waitLimitMs: 500, observe };
  const database = await openDatabase({ connection: relay.connection, ...options });
  const config = { include: [], exclude: [], nonSpatialTables: false, refreshSeconds: 0 };
  const watcher = await createCatalogWatcher({ database, config, observe });
  const places = watcher.current().collections.get('places');
  if (places === undefined) throw new Error('There is no collection places');
  const { signal } = new AbortController();

  const stopping = relay.stop();
  relay.cut();
  await stopping;
  await expect.poll(() => database.available).toBe(false);
  expect((await watcher.facts.extent(places, signal)).bbox).toBeUndefined();
  await relay.start();
  await expect.poll(() => database.available, { timeout: 3000 }).toBe(true);
  await expect.poll(async () => (await watcher.facts.extent(places, signal)).bbox, { timeout: 3000 }).toEqual([8, 47, 9, 48]);

  expect(seen.filter(({ kind }) => kind === 'catalog.warning')).toEqual([]);
  watcher.close();
  await database.close();
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../src/base/error.ts';
import type { Observation } from '../../src/base/event.ts';
import { ANONYMOUS } from '../../src/base/principal.ts';
import { sql } from '../../src/base/sql.ts';
import { dropClusters, openPrivateCluster, stopClusters } from '../../src/cluster/private-cluster.ts';
import type { DatabaseConnection } from '../../src/config/connection.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { listen } from '../../src/db/listen.ts';
import { testClusterRequest } from '../support/cluster-request.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { openRelay } from '../support/relay.ts';
import type { Relay } from '../support/relay.ts';
import { eventually } from '../support/eventually.ts';

let source: TestDatabase;
let relay: Relay;

beforeAll(async () => {
  source = await createTestDatabase('empty');
  relay = await openRelay(source.reader);
});

afterAll(async () => {
  relay.cut();
  await relay.stop();
  await source.close();
});

const RUN = { name: 'test', signal: new AbortController().signal, principal: ANONYMOUS };

function open(connection: DatabaseConnection, observe: (observation: Observation) => void = () => undefined): Promise<Database> {
  return openDatabase({ connection, poolSize: 4, statementTimeoutMs: 2000, streamLimitMs: 5000, waitLimitMs: 1000, observe });
}

test('a database that goes is known within a second, answers are 503 without waiting, and it is known when it is back', async () => {
  const seen: string[] = [];
  const database = await open(relay.connection, ({ kind }) => seen.push(kind));
  await database.rows(sql`select 1`, RUN);
  expect(database.available).toBe(true);
  const stopping = relay.stop();
  relay.cut();
  await stopping;
  expect(await eventually('the loss is known', 10000, () => !database.available)).toBeLessThan(1000);
  const started = performance.now();
  await expect(database.rows(sql`select 1`, RUN)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', headers: { 'Retry-After': '1' } });
  expect(performance.now() - started).toBeLessThan(50);
  await relay.start();
  expect(await eventually('the return is known', 10000, () => database.available)).toBeLessThan(1000);
  expect(await database.rows(sql`select 1`, RUN)).toEqual([['1']]);
  expect(seen.filter((kind) => kind === 'db.lost' || kind === 'db.back')).toEqual(['db.lost', 'db.back']);
  await database.close();
});

test('a database that falls silent without closing anything is known within 1.5 s', async () => {
  const database = await open(relay.connection);
  await database.rows(sql`select 1`, RUN);
  relay.plug(true);
  const hanging = database.rows(sql`select 1`, { ...RUN, signal: AbortSignal.timeout(3000) }).catch((error: unknown) => error);
  expect(await eventually('the silence is known', 10000, () => !database.available)).toBeLessThan(1500);
  relay.plug(false);
  relay.cut();
  expect(await hanging).toBeInstanceOf(Error);
  await eventually('the return is known', 10000, () => database.available);
  expect(await database.rows(sql`select 1`, RUN)).toEqual([['1']]);
  await database.close();
});

test('connections that died unnoticed while idle cost no request', async () => {
  const database = await open(relay.connection);
  await Promise.all([1, 2, 3].map(() => database.rows(sql`select pg_sleep(0.05)`, RUN)));
  relay.cut();
  const answers = await Promise.all([1, 2, 3].map((i) => database.rows(sql`select ${i}::int`, RUN)));
  expect(answers).toEqual([[['1']], [['2']], [['3']]]);
  await database.close();
});

test('a database that is not up at the start is waited for, with a line a try', async () => {
  await relay.stop();
  const lines: string[] = [];
  const opening = openDatabase({
    connection: relay.connection,
    poolSize: 1,
    statementTimeoutMs: 1000,
    streamLimitMs: 1000,
    observe: () => undefined,
    onTry: (line) => lines.push(line),
  });
  await eventually('two tries', 10000, () => lines.length >= 2);
  await relay.start();
  const database = await opening;
  expect(lines[0]).toMatch(/^Waiting for the database, 30 s more: connect ECONNREFUSED/);
  await database.close();
  await relay.stop();
  await expect(
    openDatabase({
      connection: relay.connection,
      poolSize: 1,
      statementTimeoutMs: 1000,
      streamLimitMs: 1000,
      startLimitMs: 300,
      observe: () => undefined,
    }),
  ).rejects.toThrow(/^Cannot reach the database within 0.3 s: connect ECONNREFUSED/);
  await relay.start();
});

test('notifications arrive, also after the connection was lost', async () => {
  const heard: string[] = [];
  let resumed = 0;
  const listening = listen({
    connection: relay.connection,
    channels: ['graticule', 'We"ird'],
    notified: ({ channel, payload }) => heard.push(`${channel}:${payload}`),
    resumed: () => (resumed += 1),
    observe: () => undefined,
  });
  const notify = (channel: string, payload: string) => source.query('select pg_notify($1, $2)', [channel, payload]);
  await eventually('the first arrives', 10000, async () => (await notify('graticule', 'a'), heard.includes('graticule:a')));
  await notify('We"ird', 'b');
  await eventually('the odd channel is heard', 10000, () => heard.includes('We"ird:b'));
  relay.cut();
  await eventually('it listens again', 10000, () => resumed === 1);
  await notify('graticule', 'c');
  await eventually('the next arrives', 10000, () => heard.includes('graticule:c'));
  await listening.close();
});

test('a database server that is stopped and started under load gives no wrong value', async () => {
  const checkout = await mkdtemp(join(tmpdir(), 'graticule-loss-'));
  const request = { ...testClusterRequest(), checkout };
  let cluster = await openPrivateCluster(request, () => undefined);
  try {
    const database = await open(cluster.reader('postgres'));
    const tally = { right: 0, wrong: 0, refused: 0, other: new Set<string>() };
    let stop = false;
    const work = async (worker: number): Promise<void> => {
      for (let i = 0; !stop; i += 1) {
        try {
          const [row] = await database.rows(sql`select ${i}::int, md5(${`${worker} ${i}`}), pg_sleep(0.001)`, RUN);
          if (row?.[0] === String(i)) tally.right += 1;
          else tally.wrong += 1;
        } catch (error) {
          if (error instanceof AppError && error.code === 'DATABASE_UNAVAILABLE') tally.refused += 1;
          else tally.other.add(String(error));
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      }
    };
    const workers = Promise.all([0, 1, 2, 3].map(work));
    await eventually('work is done', 10000, () => tally.right > 50);
    await stopClusters(request);
    await eventually('it is missed', 10000, () => !database.available);
    cluster = await openPrivateCluster(request, () => undefined);
    expect(await eventually('it is back', 10000, () => database.available)).toBeLessThan(1000);
    const before = tally.right;
    await eventually('work goes on', 10000, () => tally.right > before + 50);
    stop = true;
    await workers;
    expect([...tally.other]).toEqual([]);
    expect(tally.wrong).toBe(0);
    expect(tally.refused).toBeGreaterThan(0);
    await database.close();
  } finally {
    await cluster.close();
    await dropClusters(request);
    await rm(checkout, { recursive: true, force: true });
  }
}, 60_000);

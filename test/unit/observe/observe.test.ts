import { expect, test } from 'vitest';
import { AppError } from '../../../src/base/error.ts';
import type { Observation } from '../../../src/base/event.ts';
import { createLog } from '../../../src/observe/log.ts';
import { createMetrics } from '../../../src/observe/metrics.ts';
import { fanOut } from '../../../src/observe/fan-out.ts';

const REQUEST: Observation = {
  kind: 'http.request',
  requestId: 'r1',
  method: 'GET',
  routeId: 'features.items',
  target: '/collections/a/items?limit=1',
  status: 200,
  bytes: 1234,
  durationMs: 12.345,
  cache: 'miss',
  aborted: false,
};

function logged(options: { readonly level: 'debug' | 'info' | 'error' }, ...observations: readonly Observation[]): readonly string[] {
  const lines: string[] = [];
  const log = createLog({ ...options, write: (line) => lines.push(line) });
  for (const observation of observations) log(observation);
  return lines;
}

function parsed(...observations: readonly Observation[]): readonly unknown[] {
  return logged({ level: 'debug' }, ...observations).map((line) => JSON.parse(line));
}

test('a request is one JSON line with id, route, status, size, time and cache result', () => {
  expect(parsed(REQUEST)).toEqual([
    expect.objectContaining({
      level: 'info',
      kind: 'http.request',
      requestId: 'r1',
      routeId: 'features.items',
      status: 200,
      bytes: 1234,
      durationMs: 12.3,
      cache: 'miss',
      msg: 'GET /collections/a/items?limit=1 200',
    }),
  ]);
});

test("our fault is an error with stack and causes, the caller's is not", () => {
  const cause = Object.assign(new Error('relation "x" does not exist'), { code: '42P01' });
  const [ours, theirs, strange] = parsed(
    { kind: 'http.error', requestId: 'r2', error: new AppError('INTERNAL', { detail: 'The statement could not be run', cause }) },
    { kind: 'http.error', requestId: 'r3', error: new AppError('NOT_FOUND', { detail: 'No such collection' }) },
    { kind: 'http.error', requestId: 'r4', error: 'thrown text' },
  );
  expect(ours).toMatchObject({
    level: 'error',
    requestId: 'r2',
    code: 'INTERNAL',
    causes: ['42P01 relation "x" does not exist'],
    stack: expect.stringContaining('AppError'),
  });
  expect(theirs).toMatchObject({ level: 'debug', requestId: 'r3', code: 'NOT_FOUND' });
  expect(theirs).not.toHaveProperty('stack');
  expect(strange).toMatchObject({ level: 'error', msg: 'thrown text' });
});

test('a cause that leads back to itself ends', () => {
  const error = new AppError('INTERNAL', { detail: 'x' });
  Object.defineProperty(error, 'cause', { value: error });
  expect(parsed({ kind: 'http.error', requestId: 'r', error })).toHaveLength(1);
});

test('the level decides what is written', () => {
  const query: Observation = { kind: 'db.query', name: 'items', durationMs: 1, ok: true };
  expect(logged({ level: 'info' }, query, { kind: 'db.back' })).toHaveLength(1);
  expect(logged({ level: 'error' }, REQUEST, { kind: 'db.lost', error: new Error('gone') })).toHaveLength(1);
});

test('line breaks in a target cannot forge a line', () => {
  expect(logged({ level: 'info' }, { ...REQUEST, target: '/a\n{"level":"error"}' })).toHaveLength(1);
  expect(logged({ level: 'info' }, { ...REQUEST, target: '/a\n{"level":"error"}' })[0]?.trimEnd()).not.toContain('\n');
});

test('metrics count requests by route and never by URL, statements, shedding, loss and return', async () => {
  const metrics = createMetrics();
  const states: string[] = [];
  const observe = fanOut(metrics.observe, ({ kind }) => states.push(kind));
  observe(REQUEST);
  observe({ ...REQUEST, status: 404, aborted: true });
  observe({ kind: 'db.query', name: 'items', durationMs: 3, ok: false });
  observe({ kind: 'http.shed', reason: 'queue' });
  observe({ kind: 'db.cancel', result: 'cancelled' });
  observe({ kind: 'catalog.loaded', collections: 7, left: 1, durationMs: 5 });
  observe({ kind: 'db.lost', error: new Error('gone') });
  metrics.watch({ name: 'db_client_connection_count', help: 'Connections by state', label: 'state', read: () => ({ idle: 2, busy: 1 }) });
  const text = await metrics.render();
  expect(text).toContain('http_server_request_duration_seconds_count{method="GET",route="features.items",status="200"} 1');
  expect(text).toContain('http_server_requests_aborted_total{route="features.items"} 1');
  expect(text).toContain('db_client_operation_duration_seconds_count{statement="items",ok="false"} 1');
  expect(text).toContain('admission_shed_total{reason="queue"} 1');
  expect(text).toContain('sql_cancel_total{result="cancelled"} 1');
  expect(text).toContain('catalog_collections 7');
  expect(text).toContain('db_available 0');
  expect(text).toContain('db_client_connection_count{state="idle"} 2');
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).not.toContain('/collections/a');
  expect(metrics.contentType).toContain('text/plain');
  expect(states).toHaveLength(7);
  observe({ kind: 'db.back' });
  expect(await metrics.render()).toContain('db_available 1');
});

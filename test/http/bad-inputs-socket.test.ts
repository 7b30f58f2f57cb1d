import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type RawAnswer, send, sendRaw } from './bad-inputs/wire.ts';

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await database.query(readFileSync(new URL('./bad-inputs/tables.sql', import.meta.url), 'utf8'));
  server = await startTestServer({ database });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

describe('requests that never reach the application', () => {
  test('A8 more than 16 KiB of headers: 431 with a problem, and the connection ends', async () => {
    const answer = await sendRaw(server.root, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(17_000)}\r\n\r\n`);
    expect(answer.status).toBe(431);
    expect(answer.closed).toBe(true);
    expectProblem(answer, 'invalid-parameter');
  });

  test('A9 HTTP/1.1 without Host: 400 with a problem', async () => {
    const answer = await sendRaw(server.root, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer.status).toBe(400);
    expectProblem(answer, 'invalid-parameter');
  });

  test.each([
    ['A10 Content-Length beside Transfer-Encoding', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['A11 two different Content-Length', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde'],
  ])('%s: 400 and the connection ends, so nothing can be smuggled', async (_, rest) => {
    const answer = await sendRaw(server.root, `POST / HTTP/1.1\r\nHost: x\r\n${rest}GET /health HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(answer.status).toBe(400);
    expect(answer.closed).toBe(true);
    expect(answer.body.split('HTTP/1.1 ').length).toBe(1);
  });

  test('A12 a method that is no method of HTTP: 400', async () => {
    const answer = await sendRaw(server.root, 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(answer.status).toBe(400);
    expect(answer.closed).toBe(true);
  });

  test('A18 an expectation that we do not know: 417', async () => {
    const answer = await sendRaw(server.root, 'GET / HTTP/1.1\r\nHost: x\r\nExpect: 200-maybe\r\nConnection: close\r\n\r\n');
    expect(answer.status).toBe(417);
  });

  test('A19 headers that never end: 408 and the connection ends within 7 seconds', { timeout: 15_000 }, async () => {
    const answer = await sendRaw(server.root, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ', 10_000);
    expect(answer.status).toBe(408);
    expect(answer.closed).toBe(true);
    expect(answer.elapsedMs).toBeLessThan(7000);
    expectProblem(answer, 'timeout');
  });

  test('afterwards the server answers as before', async () => {
    expect((await send(server.root, { target: '/collections/roads/items?limit=1' })).status).toBe(200);
  });
});

function expectProblem(answer: RawAnswer, slug: string): void {
  expect(answer.head).toContain('content-type: application/problem+json');
  const problem: Readonly<Record<string, unknown>> = JSON.parse(answer.body);
  expect(String(problem['type'])).toMatch(new RegExp(`/problems/${slug}$`));
  expect(problem['status']).toBe(answer.status);
  expect(answer.head).toContain(`x-request-id: ${String(problem['instance'])}`);
}

import { afterAll, beforeAll, expect } from 'vitest';
import sharp from 'sharp';
import { send, type WireAnswer } from '../http/bad-inputs/wire.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { startTestServer, type TestServer, type TestServerOptions } from './server.ts';

/** A server over tables of a test file's own, from before its first test to after its last. */
export interface ServedTables extends Pick<TestServer, 'root' | 'adminRoot' | 'log'> {
  readonly database: TestDatabase;
  get(target: string, headers?: Readonly<Record<string, string>>): Promise<WireAnswer>;
}

/** Makes the tables by SQL, lets the reader role read those of `public`, and serves them. To be called outside of tests. */
export function serveTables(statements: string, options: Omit<TestServerOptions, 'database'> = {}): ServedTables {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await createTestDatabase('empty');
    await database.query(`${statements}; grant select on all tables in schema public to public; analyze`);
    server = await startTestServer({ ...options, database });
  });
  afterAll(async () => {
    await server?.close();
    await database?.close();
  });
  return {
    get database() {
      return database;
    },
    get root() {
      return server.root;
    },
    get adminRoot() {
      return server.adminRoot;
    },
    get log() {
      return server.log;
    },
    get: (target, headers = {}) => send(server.root, { target, headers }),
  };
}

/** Red, green, blue and alpha of the pixels of a picture. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Width and height. */
  readonly size: readonly [number, number];
  at(column: number, row: number): readonly number[];
}

/** The pixels of an answer, which must be a picture. */
export async function pixelsOf(answer: Pick<WireAnswer, 'status' | 'body'>): Promise<Pixels> {
  expect(answer.status, answer.body.subarray(0, 300).toString()).toBe(200);
  const { data, info } = await sharp(answer.body).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return {
    width,
    height,
    size: [width, height],
    at: (column, row) => [...data.subarray((row * width + column) * 4, (row * width + column) * 4 + 4)],
  };
}

import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { expect } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { send, type WireAnswer } from '../bad-inputs/wire.ts';

/** Words of a request, by name. */
export type Words = Readonly<Record<string, string>>;

/** A server on the tables of the classic services. */
export interface ClassicService {
  readonly database: TestDatabase;
  readonly server: TestServer;
  get(target: string, headers?: Words): Promise<WireAnswer>;
  /** Words as a query. */
  ask(path: '/wms' | '/wmts', words: Words): Promise<WireAnswer>;
  close(): Promise<void>;
}

/** Starts a server on `tables.sql`, and on what further statements make. */
export async function startClassicService({
  sql = '',
  env = {},
}: { readonly sql?: string; readonly env?: Words } = {}): Promise<ClassicService> {
  const database = await createTestDatabase('empty');
  await database.query(`${readFileSync(new URL('./tables.sql', import.meta.url), 'utf8')};${sql}`);
  const server = await startTestServer({ database, env });
  const get = (target: string, headers: Words = {}): Promise<WireAnswer> => send(server.root, { target, headers });
  return {
    database,
    server,
    get,
    ask: (path, words) => get(`${path}?${new URLSearchParams(words).toString()}`),
    async close() {
      await server.close();
      await database.close();
    },
  };
}

/** A picture that came as an answer. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha, row by row. */
  readonly data: Buffer;
  /** Red, green, blue and alpha at a share of width and height. */
  at(x: number, y: number): readonly number[];
}

/** The pixels of an answer, which has to be a picture. */
export async function pixelsOf(answer: WireAnswer): Promise<Pixels> {
  expect(answer.status, textOf(answer).slice(0, 500)).toBe(200);
  const { data, info } = await sharp(answer.body).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return {
    width,
    height,
    data,
    at(x, y) {
      const from = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
      return [...data.subarray(from, from + 4)];
    },
  };
}

/** The body of an answer as text. */
export function textOf(answer: WireAnswer): string {
  return answer.body.toString('utf8');
}

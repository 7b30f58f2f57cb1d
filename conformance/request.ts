import assert from 'node:assert/strict';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { type JsonObject, objectOf, parseJson } from './json.ts';

/** What the suites' HTTP clients send as `Accept`: REST Assured for documents, java.net.HttpURLConnection for tiles. */
export const ACCEPT = {
  json: 'application/json, application/javascript, text/javascript, text/json',
  geojson: 'application/geo+json',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
  any: '*/*',
  java: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2',
  java17: 'text/html, image/gif, image/jpeg, */*; q=0.2',
} as const;

/** A response as it came over the wire, its body decoded. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  /** `1.1` */
  readonly httpVersion: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Query parameters in order; each is appended to those that the URL has. */
export type Query = Readonly<Record<string, string | number>>;

const agent = new Agent({ keepAlive: true, maxSockets: 4 });
const TIMEOUT_MS = 30_000;

/** GETs a URL as the suites do: with their `Accept` and, but for Java's own client, `Accept-Encoding: gzip,deflate`. */
export async function get(url: string, accept: keyof typeof ACCEPT, query: Query = {}): Promise<Answer> {
  const target = withQuery(url, query);
  const encoding = accept.startsWith('java') ? {} : { 'Accept-Encoding': 'gzip,deflate' };
  return new Promise((resolve, reject) => {
    const sent = request(target, { agent, headers: { Accept: ACCEPT[accept], ...encoding } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          url: target,
          status: response.statusCode ?? 0,
          httpVersion: response.httpVersion,
          headers: response.headers,
          body: decode(Buffer.concat(pieces), response.headers['content-encoding']),
        });
      });
    });
    sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error(`No answer from ${target} within ${TIMEOUT_MS} ms`)));
    sent.on('error', reject);
    sent.end();
  });
}

/** GETs a document that must be there: status 200 and a JSON object. */
export async function getDocument(url: string, accept: 'json' | 'geojson', query: Query = {}): Promise<JsonObject> {
  const answer = await get(url, accept, query);
  assertStatus(answer, 200);
  return documentOf(answer);
}

/** The body of an answer as a JSON object. */
export function documentOf(answer: Answer): JsonObject {
  return objectOf(parseJson(answer.body.toString('utf8')), `the body of ${pathOf(answer.url)}`);
}

/** Fails unless the answer has one of the statuses. */
export function assertStatus(answer: Answer, ...expected: readonly number[]): void {
  if (expected.includes(answer.status)) return;
  assert.fail(`GET ${pathOf(answer.url)} answered ${answer.status}, expected ${expected.join(' or ')}`);
}

/** A URL without scheme, host and port, so that messages are the same on every machine. */
export function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]*/, '');
}

function withQuery(url: string, query: Query): string {
  const pairs = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  if (pairs.length === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function decode(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(body);
  if (encoding === 'deflate') return inflateSync(body);
  if (encoding === 'br') return brotliDecompressSync(body);
  return body;
}

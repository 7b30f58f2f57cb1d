import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { chooseCoding, encodedBody, entityTag, isNotModified } from './answer.ts';
import type { Answer, Entry } from './answer.ts';
import { serverTiming } from './exchange.ts';
import type { Exchange } from './exchange.ts';

/** One request and its response, with the notes about it. */
export interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly exchange: Exchange;
}

/** Sends an entry in the client's best coding, or 304 when the client has it. */
export async function sendEntry(turn: Turn, entry: Entry, extra: Readonly<Record<string, string>> = {}): Promise<void> {
  const { request, response, exchange } = turn;
  const { answer } = entry;
  const coding = chooseCoding(header(request, 'accept-encoding'), answer.headers['Content-Type'] ?? '', answer.body.length);
  const headers: Record<string, string | number> = {
    ...answer.headers,
    ...extra,
    ...timing(turn),
    ETag: entityTag(entry, coding),
  };
  addVary(headers);
  if (answer.status === 200 && isNotModified(header(request, 'if-none-match'), entry.tag)) {
    delete headers['Content-Type'];
    response.writeHead(304, headers).end();
    return;
  }
  const body = await encodedBody(entry, coding);
  if (coding !== 'identity') headers['Content-Encoding'] = coding;
  headers['Content-Length'] = body.length;
  exchange.bytes = request.method === 'HEAD' ? 0 : body.length;
  response.writeHead(answer.status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Sends an answer that nobody will ask for again under its tag: problems. */
export function sendPlain(turn: Turn, answer: Answer): void {
  const { request, response, exchange } = turn;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const headers: Record<string, string | number> = {
    ...answer.headers,
    ...timing(turn),
    'Content-Length': answer.body.length,
  };
  addVary(headers);
  exchange.bytes = answer.body.length;
  response.writeHead(answer.status, headers);
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

/**
 * Sends pieces as they come. The first piece is awaited before the status line, so that most errors still get a
 * status; after it an error destroys the socket, so that nobody takes a part for the whole. No ETag: the bytes are
 * not known beforehand.
 */
export async function sendStream(
  turn: Turn,
  headers: Readonly<Record<string, string>>,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const { request, response, exchange } = turn;
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  exchange.stopClock();
  const mediaType = headers['Content-Type'] ?? '';
  const coding = chooseCoding(header(request, 'accept-encoding'), mediaType, Number.MAX_SAFE_INTEGER);
  const all: Record<string, string> = {
    ...headers,
    ...timing(turn),
    ...(coding === 'identity' ? {} : { 'Content-Encoding': coding }),
  };
  addVary(all);
  response.writeHead(200, all);
  if (request.method === 'HEAD') {
    await iterator.return?.();
    response.end();
    return;
  }
  const source = Readable.from(counted(exchange, first, iterator), {
    objectMode: false,
    highWaterMark: 256 * 1024,
  });
  if (coding === 'identity') await pipeline(source, response);
  else await pipeline(source, compressor(coding), response);
}

async function* counted(
  exchange: Exchange,
  first: IteratorResult<string | Uint8Array>,
  iterator: AsyncIterator<string | Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; next.done !== true; next = await iterator.next()) {
      const bytes = typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
      exchange.bytes += bytes.length;
      yield bytes;
    }
  } finally {
    await iterator.return?.();
  }
}

function compressor(coding: 'br' | 'gzip') {
  return coding === 'gzip' ? createGzip({ level: 4 }) : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });
}

function timing(turn: Turn): Readonly<Record<string, string>> {
  const wanted = header(turn.request, 'prefer')?.includes('server-timing') ?? false;
  return wanted ? { 'Server-Timing': serverTiming(turn.exchange), 'Preference-Applied': 'server-timing' } : {};
}

function addVary(headers: Record<string, string | number>): void {
  headers.Vary = 'Accept, Accept-Encoding';
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

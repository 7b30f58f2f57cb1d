import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { chooseCoding, encodedBody, entityTag, isNotModified, strongTag } from './answer.ts';
import type { Answer, Coding, Entry } from './answer.ts';
import { byteRange } from './byte-range.ts';
import { serverTiming } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { BASE_HEADERS } from './headers.ts';
import { handlingOf } from './preferences.ts';
import type { Parts } from './route.ts';

/** One request and its response, with the notes about it. */
export interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly exchange: Exchange;
}

/** Sends an entry in the client's best coding, or 304 when the client has it; `extra` are names and values of further headers. */
export async function sendEntry(turn: Turn, entry: Entry, extra: readonly string[] = []): Promise<void> {
  const { request, response, exchange } = turn;
  const { answer } = entry;
  const coding = chooseCoding(header(request, 'accept-encoding'), answer.headers['Content-Type'] ?? '', answer.body.length);
  if (answer.status === 200 && isNotModified(header(request, 'if-none-match'), entry.tag)) {
    writeHead(turn, 304, [headOfNothing(entry, coding), extra]);
    response.end();
    return;
  }
  if (request.headers.range !== undefined && coding === 'identity' && sendPart(turn, entry, extra)) return;
  const body = coding === 'identity' ? answer.body : await encodedBody(entry, coding);
  const sent = request.method === 'HEAD' ? undefined : body;
  exchange.bytes = sent?.length ?? 0;
  writeHead(turn, answer.status, [headOf(entry, coding, body), extra]);
  response.end(sent);
}

/** Answers a `Range` request for bytes that are not encoded; false when the whole is to be sent (RFC 9110 §14, §13.1.5). */
function sendPart(turn: Turn, entry: Entry, extra: readonly string[]): boolean {
  const { request, response, exchange } = turn;
  const { answer } = entry;
  const condition = header(request, 'if-range');
  if (request.method !== 'GET' || answer.status !== 200) return false;
  if (condition !== undefined && condition !== entityTag(entry, 'identity')) return false;
  const { length } = answer.body;
  const part = byteRange(request.headers.range, length);
  if (part === 'whole') return false;
  if (part === 'outside') {
    writeHead(turn, 416, [['Content-Range', `bytes */${length}`, 'Content-Length', '0'], extra]);
    response.end();
    return true;
  }
  const body = answer.body.subarray(part.from, part.to);
  const place = ['Content-Range', `bytes ${part.from}-${part.to - 1}/${length}`, 'Content-Length', String(body.length)];
  exchange.bytes = body.length;
  writeHead(turn, 206, [flat(answer.headers), ['ETag', entityTag(entry, 'identity')], place, extra]);
  response.end(body);
  return true;
}

function headOf(entry: Entry, coding: Coding, body: Uint8Array): readonly string[] {
  const known = entry.heads.get(coding);
  if (known !== undefined) return known;
  const encoding = coding === 'identity' ? [] : ['Content-Encoding', coding];
  const head = [...flat(entry.answer.headers), 'ETag', entityTag(entry, coding), ...encoding, 'Content-Length', String(body.length)];
  entry.heads.set(coding, head);
  return head;
}

/** The head of a 304: what a client keeps beside the body that it has. */
function headOfNothing(entry: Entry, coding: Coding): readonly string[] {
  const way = `304 ${coding}`;
  const known = entry.heads.get(way);
  if (known !== undefined) return known;
  const { 'Content-Type': _, ...kept } = entry.answer.headers;
  const head = [...flat(kept), 'ETag', entityTag(entry, coding)];
  entry.heads.set(way, head);
  return head;
}

/** Sends an answer that nobody will ask for again under its tag: problems, preflights. */
export function sendPlain(turn: Turn, answer: Answer): void {
  const { request, response, exchange } = turn;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  exchange.bytes = answer.body.length;
  const length = answer.status === 204 ? [] : ['Content-Length', String(answer.body.length)];
  writeHead(turn, answer.status, [flat(answer.headers), length]);
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

/** An answer in pieces. */
export interface Streamed {
  readonly tag?: string | undefined;
  readonly parts?: Parts | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: AsyncIterable<string | Uint8Array>;
}

/**
 * Sends pieces as they come, or 304 when the client has them. The first piece is awaited before the status line, so that most
 * errors still get a status; after it an error destroys the socket, so that nobody takes a part for the whole.
 */
export async function sendStream(turn: Turn, streamed: Streamed): Promise<void> {
  const { request, response, exchange } = turn;
  const { tag } = streamed;
  const mediaType = streamed.headers['Content-Type'] ?? '';
  const coding = chooseCoding(header(request, 'accept-encoding'), mediaType, Number.MAX_SAFE_INTEGER);
  const named = tag === undefined ? [] : ['ETag', strongTag(tag, coding)];
  if (tag !== undefined && isNotModified(header(request, 'if-none-match'), tag)) {
    const { 'Content-Type': _, 'Content-Length': __, ...kept } = streamed.headers;
    writeHead(turn, 304, [flat(kept), named]);
    response.end();
    return;
  }
  const answer = chooseParts(turn, streamed);
  const encoding = coding === 'identity' ? [] : ['Content-Encoding', coding];
  const head = [flat(answer.headers), answer.status === 416 ? [] : named, encoding];
  const iterator = answer.pieces[Symbol.asyncIterator]();
  // What is known by its length is known to be there: nothing of it is made for its head alone.
  const first = request.method === 'HEAD' && streamed.parts !== undefined ? undefined : await iterator.next();
  exchange.stopClock();
  writeHead(turn, answer.status, head);
  if (request.method === 'HEAD' || first === undefined) {
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

/** The whole, or the part that a `Range` request asks for; without a tag `If-Range` never holds. */
function chooseParts({ request }: Turn, whole: Streamed): Streamed & { readonly status: number } {
  const { parts, tag } = whole;
  const condition = header(request, 'if-range');
  const holds = condition === undefined || (tag !== undefined && condition === strongTag(tag, 'identity'));
  const part =
    parts === undefined ? 'whole' : byteRange(request.method === 'GET' && holds ? request.headers.range : undefined, parts.length);
  if (parts === undefined || part === 'whole') return { ...whole, status: 200 };
  const size = `/${parts.length}`;
  if (part === 'outside') {
    return { status: 416, headers: { 'Content-Range': `bytes *${size}`, 'Content-Length': '0' }, pieces: Readable.from([]) };
  }
  const { from, to } = part;
  const place = { 'Content-Range': `bytes ${from}-${to - 1}${size}`, 'Content-Length': String(to - from) };
  return { status: 206, headers: { ...whole.headers, ...place }, pieces: parts.part(from, to) };
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

/** Status line and headers in one go: those of every answer, the request's id, and the answer's own. */
function writeHead(turn: Turn, status: number, own: readonly (readonly string[])[]): void {
  const { request, response, exchange } = turn;
  const preferred = request.headers['prefer'] === undefined ? [] : preferenceHeaders(turn);
  response.writeHead(status, BASE_HEADERS.concat(...own, ['X-Request-Id', exchange.requestId], preferred));
}

/** What was done of what the client prefers (RFC 7240 §3), and the measurements that it wants. */
function preferenceHeaders({ request, exchange }: Turn): readonly string[] {
  const prefer = header(request, 'prefer');
  const isTimed = prefer?.includes('server-timing') ?? false;
  const handling = handlingOf(prefer);
  const isHandled = handling !== undefined && exchange.handlings.includes(handling);
  const applied = [...(isTimed ? ['server-timing'] : []), ...(isHandled ? [`handling=${handling}`] : [])];
  return [
    ...(applied.length === 0 ? [] : ['Preference-Applied', applied.join(', ')]),
    ...(isTimed ? ['Server-Timing', serverTiming(exchange)] : []),
    ...(isHandled && handling === 'lenient' ? ['Vary', 'Prefer'] : []),
  ];
}

function flat(headers: Readonly<Record<string, string>>): readonly string[] {
  const list: string[] = [];
  for (const [name, value] of Object.entries(headers)) list.push(name, value);
  return list;
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

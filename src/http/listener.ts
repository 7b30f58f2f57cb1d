import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../base/error.ts';
import type { ErrorCode } from '../base/error.ts';
import type { Observe } from '../base/event.ts';
import type { Admission } from './admission.ts';
import type { AnswerCache } from './answer-cache.ts';
import { Exchange } from './exchange.ts';
import { ageHeaders, rawKey } from './handle.ts';
import { CORS_HEADERS, SECURITY_HEADERS } from './headers.ts';
import type { Application } from './mount.ts';
import type { OpenResponses } from './open-responses.ts';
import { methodNotAllowed, PREFLIGHT } from './methods.ts';
import { problemAnswer, toAppError } from './problem.ts';
import type { Origin } from './proxy.ts';
import { sendEntry, sendPlain } from './respond.ts';
import type { Turn } from './respond.ts';

/** What stands in front of the application. */
export interface ListenerOptions {
  readonly app: Application;
  readonly admission: Admission;
  readonly cache: AnswerCache;
  readonly observe: Observe;
  readonly openResponses: OpenResponses;
  readonly requestTimeoutMs: number;
  originOf(request: IncomingMessage): Origin;
  isDatabaseAvailable(): boolean;
  now(): number;
}

const MAX_TARGET_CHARACTERS = 8192;

/**
 * The raw HTTP server: limits, request ids, admission, and cached answers before Express sees anything.
 * Slow headers end after 5 s (Node's default is 60), checked every second.
 */
export function createListener(options: ListenerOptions): Server {
  const server = createServer({
    headersTimeout: 5000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16_384,
    requireHostHeader: false,
    noDelay: true,
  });
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const turn = beginTurn(request, response, options);
    admit(turn, options).catch((error: unknown) => sendError(turn, error, options));
  };
  server.on('request', serve);
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const error = new AppError('EXPECTATION_FAILED', {
      detail: `Cannot meet the expectation "${String(request.headers.expect).slice(0, 60)}"`,
    });
    sendError(beginTurn(request, response, options), error, options);
  });
  server.on('clientError', answerBrokenRequest);
  // Without a listener Node.js would hang up on CONNECT without a word.
  server.on('connect', (_request, socket) => answerByHand(socket, methodNotAllowed('CONNECT')));
  return server;
}

function beginTurn(request: IncomingMessage, response: ServerResponse, options: ListenerOptions): Turn {
  const exchange = new Exchange(request, response, { origin: options.originOf(request), timeoutMs: options.requestTimeoutMs });
  const turn = { request, response, exchange };
  options.openResponses.add(response);
  response.once('close', () => endTurn(turn, options));
  return turn;
}

function endTurn({ request, response, exchange }: Turn, options: ListenerOptions): void {
  options.openResponses.remove(response);
  exchange.end();
  options.observe({
    kind: 'http.request',
    requestId: exchange.requestId,
    method: request.method ?? 'GET',
    routeId: exchange.routeId,
    target: exchange.target,
    status: response.statusCode,
    bytes: exchange.bytes,
    durationMs: performance.now() - exchange.startedAt,
    cache: exchange.cache,
    aborted: !response.writableFinished,
  });
}

async function admit(turn: Turn, options: ListenerOptions): Promise<void> {
  const { request, exchange } = turn;
  checkRequest(request, exchange);
  // The server as a whole is asked for its methods (RFC 9110 §9.3.7).
  if (exchange.target === '*') return sendPlain(turn, PREFLIGHT);
  const kept = keptAnswer(turn, options);
  if (kept !== undefined) return kept;
  exchange.leave = options.admission.enter();
  options.app(turn);
}

function checkRequest(request: IncomingMessage, exchange: Exchange): void {
  if (exchange.target.length > MAX_TARGET_CHARACTERS) {
    throw new AppError('URI_TOO_LONG', {
      detail: `The URL has ${exchange.target.length} characters: at most ${MAX_TARGET_CHARACTERS} are possible`,
    });
  }
  if (request.headers.host === undefined && request.httpVersion === '1.1') {
    throw new AppError('INVALID_REQUEST', {
      detail: 'The request has no Host header: HTTP/1.1 needs one',
    });
  }
  if (!exchange.target.startsWith('/') && request.method !== 'OPTIONS') {
    throw new AppError('INVALID_REQUEST', {
      detail: 'The request target must be a path that begins with /',
    });
  }
}

/** A kept answer for this very URL and Accept header leaves here; while the database is away also one past its time. */
function keptAnswer(turn: Turn, options: ListenerOptions): Promise<void> | undefined {
  const { request, exchange } = turn;
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  if (request.headers['accept-profile'] !== undefined) return undefined;
  const kept = options.cache.byRequest(rawKey(exchange.target, request.headers.accept));
  if (kept === undefined) return undefined;
  const isFresh = options.cache.isFresh(kept.entry);
  if (!isFresh && options.isDatabaseAvailable()) return undefined;
  exchange.routeId = 'cached';
  exchange.handlings = kept.handlings;
  exchange.cache = isFresh ? 'hit' : 'stale';
  return sendEntry(turn, kept.entry, ageHeaders(kept.entry, options.now(), exchange.cache));
}

function sendError(turn: Turn, error: unknown, options: ListenerOptions): void {
  const { exchange } = turn;
  const known = toAppError(error);
  if (known.code === 'INTERNAL') options.observe({ kind: 'http.error', requestId: exchange.requestId, error });
  if (known.code === 'OVERLOADED') options.observe({ kind: 'http.shed', reason: 'admission' });
  sendPlain(turn, problemAnswer(known, { root: exchange.origin.root, requestId: exchange.requestId }));
}

const BROKEN: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

const BROKEN_DETAIL: Readonly<Record<string, string>> = {
  HEADERS_TOO_LARGE: 'Request line and headers have more than 16 KiB',
  REQUEST_TIMEOUT: 'The request did not arrive within its time',
  INVALID_REQUEST: 'The request is not well-formed HTTP/1.1',
};

/** Requests that Node's parser refuses never become a request; their answer is written by hand and the socket closed. */
function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = BROKEN[error.code ?? ''] ?? 'INVALID_REQUEST';
  answerByHand(socket, new AppError(code, { detail: BROKEN_DETAIL[code] ?? 'Malformed request' }));
}

/** Writes a problem on a bare socket and closes it. */
function answerByHand(socket: Duplex, problem: AppError): void {
  const requestId = crypto.randomUUID();
  const { status, headers, body } = problemAnswer(problem, { root: '', requestId });
  const lines = Object.entries({
    ...SECURITY_HEADERS,
    ...CORS_HEADERS,
    ...headers,
    'X-Request-Id': requestId,
    'Content-Length': body.length,
    Connection: 'close',
  });
  const head = [`HTTP/1.1 ${status} ${STATUS_TEXT[status] ?? 'Error'}`, ...lines.map(([name, value]) => `${name}: ${value}`), '', ''].join(
    '\r\n',
  );
  socket.end(Buffer.concat([Buffer.from(head), body]));
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../base/error.ts';
import type { CacheResult } from '../base/event.ts';
import type { Origin } from './proxy.ts';

/** What is known and noted about one request while it is being answered. */
export interface Exchange {
  readonly requestId: string;
  readonly origin: Origin;
  /** Path and query as sent, base path removed. */
  readonly target: string;
  /** Aborts when the client leaves or the time is up; made when it is first asked for, as kept answers never do. */
  readonly signal: AbortSignal;
  readonly startedAt: number;
  readonly stages: Map<string, number>;
  routeId: string;
  cache: CacheResult;
  bytes: number;
  /** Ends the time limit: a stream has begun, which the stream limit bounds. */
  stopClock(): void;
  /** The response is closed: whole, or because the client left. */
  end(): void;
}

const GONE = new Error('The client left');
const exchanges = new WeakMap<IncomingMessage, Exchange>();

/** Begins an exchange; its signal follows the client and the time limit in milliseconds. */
export function beginExchange(
  request: IncomingMessage,
  response: ServerResponse,
  settings: { readonly origin: Origin; readonly timeoutMs: number },
): Exchange {
  const { origin, timeoutMs } = settings;
  // Log, drain, admission, Express and the pipeline of a stream each wait for the end of a response.
  response.setMaxListeners(20);
  const given = request.headers['x-request-id'];
  let limit: TimeLimit | undefined;
  let left = false;
  const exchange: Exchange = {
    requestId: origin.trusted && typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID(),
    origin,
    target: withoutBasePath(withoutOrigin(request.url ?? '/'), origin.basePath),
    get signal() {
      limit ??= startTimeLimit(timeoutMs);
      if (left) limit.abort(GONE);
      return limit.signal;
    },
    startedAt: performance.now(),
    stages: new Map(),
    routeId: 'unmatched',
    cache: 'bypass',
    bytes: 0,
    stopClock: () => limit?.stopClock(),
    end() {
      limit?.stopClock();
      left = !response.writableFinished;
      if (left) limit?.abort(GONE);
    },
  };
  exchanges.set(request, exchange);
  return exchange;
}

interface TimeLimit {
  readonly signal: AbortSignal;
  abort(reason: Error): void;
  stopClock(): void;
}

function startTimeLimit(timeoutMs: number): TimeLimit {
  const controller = new AbortController();
  const { signal } = controller;
  // One request may wait for many statements at a time: the extents of all collections.
  setMaxListeners(0, signal);
  const clock = setTimeout(() => {
    controller.abort(new AppError('TIMEOUT', { detail: `No answer within ${timeoutMs / 1000} s` }));
  }, timeoutMs);
  clock.unref();
  return { signal, abort: (reason) => controller.abort(reason), stopClock: () => clearTimeout(clock) };
}

/** The exchange of a request that the listener has let in. */
export function exchangeOf(request: IncomingMessage): Exchange {
  const exchange = exchanges.get(request);
  if (exchange === undefined) throw new Error('A request came past the listener');
  return exchange;
}

/** Measures one stage; a stage that runs twice adds up. */
export async function timedStage<T>(exchange: Exchange, stage: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  try {
    return await work();
  } finally {
    exchange.stages.set(stage, (exchange.stages.get(stage) ?? 0) + performance.now() - begin);
  }
}

/** The stages as a `Server-Timing` header (W3C Server Timing), with the total. */
export function serverTiming(exchange: Exchange): string {
  const total = performance.now() - exchange.startedAt;
  return [...exchange.stages, ['total', total] as const].map(([name, ms]) => `${name};dur=${ms.toFixed(2)}`).join(', ');
}

/** A target in absolute form is that of its path: a server must understand both (RFC 9112 §3.2.2). */
function withoutOrigin(url: string): string {
  if (url.startsWith('/')) return url;
  const rest = /^https?:\/\/[^/?#]+(.*)$/i.exec(url)?.[1];
  if (rest === undefined) return url;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** A proxy may or may not have removed the public base path; both are understood. */
function withoutBasePath(url: string, basePath: string): string {
  if (basePath === '') return url;
  if (url === basePath) return '/';
  return url.startsWith(`${basePath}/`) ? url.slice(basePath.length) : url;
}

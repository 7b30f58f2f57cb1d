import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../base/error.ts';
import type { CacheResult } from '../base/event.ts';
import type { Handling } from './preferences.ts';
import type { Origin } from './proxy.ts';

/** Where a request came to, and how long its answer may take. */
export interface ExchangeSettings {
  readonly origin: Origin;
  readonly timeoutMs: number;
}

const GONE = new Error('The client left');

/** What is known and noted about one request from its arrival until its response is closed. */
export class Exchange {
  readonly requestId: string;
  readonly origin: Origin;
  /** Path and query as sent, base path removed. */
  readonly target: string;
  readonly startedAt = performance.now();
  routeId = 'unmatched';
  cache: CacheResult = 'bypass';
  bytes = 0;
  /** Ways to meet mistakes that the client could choose. */
  handlings: readonly Handling[] = [];
  /** Gives back the place that admission lent. */
  leave: (() => void) | undefined;
  readonly #response: ServerResponse;
  readonly #timeoutMs: number;
  #stages: Map<string, number> | undefined;
  #limit: TimeLimit | undefined;
  #left = false;

  constructor(request: IncomingMessage, response: ServerResponse, { origin, timeoutMs }: ExchangeSettings) {
    const given = request.headers['x-request-id'];
    this.requestId = origin.trusted && typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
    this.origin = origin;
    this.target = withoutBasePath(withoutOrigin(request.url ?? '/'), origin.basePath);
    this.#response = response;
    this.#timeoutMs = timeoutMs;
  }

  /** Aborts when the client leaves or the time is up; made when it is first asked for, as kept answers never do. */
  get signal(): AbortSignal {
    this.#limit ??= startTimeLimit(this.#timeoutMs);
    if (this.#left) this.#limit.abort(GONE);
    return this.#limit.signal;
  }

  /** Milliseconds by stage, so far. */
  get stages(): ReadonlyMap<string, number> {
    return this.#stages ?? NO_STAGES;
  }

  /** Measures one stage; a stage that runs twice adds up. */
  async timed<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    try {
      return await work();
    } finally {
      this.#stages ??= new Map();
      this.#stages.set(stage, (this.#stages.get(stage) ?? 0) + performance.now() - begin);
    }
  }

  /** Ends the time limit: a stream has begun, which the stream limit bounds. */
  stopClock(): void {
    this.#limit?.stopClock();
  }

  /** The response is closed: whole, or because the client left. */
  end(): void {
    this.leave?.();
    this.stopClock();
    this.#left = !this.#response.writableFinished;
    if (this.#left) this.#limit?.abort(GONE);
  }
}

const NO_STAGES: ReadonlyMap<string, number> = new Map();

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

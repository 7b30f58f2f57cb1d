import type { Server } from 'node:http';
import type { Observe } from '../base/event.ts';
import { createMemoryStore } from '../cache/memory-store.ts';
import type { Config } from '../config/config.ts';
import { createAdmission } from '../http/admission.ts';
import { createAnswerCache, sizeOfKept } from '../http/answer-cache.ts';
import type { AnswerCache } from '../http/answer-cache.ts';
import { createListener } from '../http/listener.ts';
import { mountRoutes } from '../http/mount.ts';
import { createOpenResponses } from '../http/open-responses.ts';
import { createOriginReader } from '../http/proxy.ts';
import type { Composition } from './compose.ts';

/** What the public server is made of. */
export interface AppParts {
  readonly config: Config;
  readonly composition: Composition;
  readonly serviceTitle: string;
  readonly observe: Observe;
  isDatabaseAvailable(): boolean;
}

/** Makes public servers, one for each address, and has their cache. */
export interface App {
  createServer(): Server;
  /** Answers from now on end their connections. */
  beginDrain(): void;
  readonly cache: AnswerCache;
}

/** Requests that may be served or wait at a time, per database connection: with 20 ms a query about 200 ms of queue. */
const REQUESTS_PER_CONNECTION = 12;
/** Raw spellings of requests that are remembered; each leads to one kept answer. */
const SPELLING_BYTES = 8 * 2 ** 20;

/** Puts listener, cache and Express application together. */
export function createApp({ config, composition, serviceTitle, observe, isDatabaseAvailable }: AppParts): App {
  const now = Date.now;
  const cache = createAnswerCache({
    answers: createMemoryStore({ maxBytes: config.cacheBytes, sizeOf: sizeOfKept }),
    spellings: createMemoryStore({
      maxBytes: SPELLING_BYTES,
      sizeOf: ({ canonicalKey }, key) => (canonicalKey.length + key.length) * 2 + 100,
    }),
    ttlSeconds: config.cacheBytes === 0 ? 0 : config.tileTtlSeconds,
    now,
  });
  const app = mountRoutes({
    routes: composition.routes,
    addedParameters: composition.addedParameters,
    cache,
    observe,
    serviceTitle,
    tileTtlSeconds: config.tileTtlSeconds,
    now,
  });
  const { requestTimeoutMs } = config;
  const admission = createAdmission(config.poolSize * REQUESTS_PER_CONNECTION);
  const originOf = createOriginReader(config);
  const openResponses = createOpenResponses();
  return {
    cache,
    beginDrain: () => openResponses.closeAfterAnswers(),
    createServer: () =>
      createListener({
        app,
        openResponses,
        cache,
        observe,
        now,
        admission,
        requestTimeoutMs,
        originOf,
        isDatabaseAvailable,
      }),
  };
}

import express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import { AppError } from '../base/error.ts';
import type { Observe } from '../base/event.ts';
import type { Answer } from './answer.ts';
import type { Parameter } from './parameter.ts';
import { exchangeOf } from './exchange.ts';
import { createResponder } from './handle.ts';
import type { HandleOptions } from './handle.ts';
import { methodNotAllowed, PREFLIGHT } from './methods.ts';
import type { RawRequest } from './parse.ts';
import { problemAnswer, toAppError } from './problem.ts';
import { parseTarget } from './query.ts';
import { sendPlain } from './respond.ts';
import type { MountedRoute } from './route.ts';

/** What is mounted, and what handling a request needs. */
export interface MountOptions extends HandleOptions {
  readonly routes: readonly MountedRoute[];
  addedParameters(routeId: string): readonly Parameter<unknown>[];
}

/** An Express application in which every route answers GET, HEAD and OPTIONS, and every failure is a problem. */
export function mountRoutes(options: MountOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.enable('case sensitive routing');
  const byId = new Map(options.routes.map((r) => [r.id, r]));
  const respond = createResponder(options, byId);
  // The router tries its layers one after the other: one layer a route, and the busiest routes first.
  const busiestFirst = options.routes.toSorted((a, b) => Number(b.cache !== undefined) - Number(a.cache !== undefined));
  for (const route of busiestFirst) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const added = options.addedParameters(route.id);
    app.all(path, (request, response) => {
      const turn = { request, response, exchange: exchangeOf(request) };
      if (request.method === 'OPTIONS') return sendPlain(turn, PREFLIGHT);
      if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed(request.method);
      const path = pathValues(request);
      const answered = respond({ route, added, path }, turn);
      const { refuse } = route;
      if (refuse === undefined) return answered;
      return answered.catch((error: unknown) =>
        fail(error, turn, { ...options, answerTo: (known) => refuse(known, { path, query: givenQuery(turn.exchange.target) }) }),
      );
    });
  }
  app.use((request: Request) => {
    throw new AppError('NOT_FOUND', {
      detail: `Nothing at ${exchangeOf(request).target.split('?')[0]?.slice(0, 200) ?? '/'}`,
    });
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => fail(error, { request, response }, options));
  return app;
}

function pathValues(request: Request): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : String(value)]),
  );
}

/** The query as far as it can be read: what is being refused may be its encoding. */
function givenQuery(target: string): RawRequest['query'] {
  try {
    return parseTarget(target);
  } catch {
    return [];
  }
}

interface FailOptions {
  readonly observe: Observe;
  /** Absent: the error becomes a problem. */
  readonly answerTo?: (error: AppError) => Promise<Answer>;
}

async function fail(error: unknown, turn: { readonly request: Request; readonly response: Response }, options: FailOptions): Promise<void> {
  const { request, response } = turn;
  const exchange = exchangeOf(request);
  if (response.destroyed || (exchange.signal.aborted && !(exchange.signal.reason instanceof AppError))) {
    // An answer under way can no longer say what broke it: the client sees it end early, the log has the reason.
    if (response.headersSent && error instanceof AppError) {
      options.observe({ kind: 'http.error', requestId: exchange.requestId, error });
    }
    response.destroy();
    return;
  }
  const known = error instanceof URIError ? badEncoding(error) : toAppError(error);
  if (known.code === 'INTERNAL') options.observe({ kind: 'http.error', requestId: exchange.requestId, error });
  const answer = await (options.answerTo?.(known) ?? problemAnswer(known, { root: exchange.origin.root, requestId: exchange.requestId }));
  sendPlain({ request, response, exchange }, answer);
}

function badEncoding(cause: URIError): AppError {
  return new AppError('INVALID_PARAMETER', {
    detail: 'Cannot decode the path: expected percent-encoded UTF-8',
    cause,
  });
}

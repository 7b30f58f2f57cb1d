import express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import { AppError } from '../base/error.ts';
import type { Observe } from '../base/event.ts';
import type { Answer } from './answer.ts';
import type { Parameter } from './parameter.ts';
import { exchangeOf } from './exchange.ts';
import { createResponder } from './handle.ts';
import type { HandleOptions } from './handle.ts';
import { allowOf, methodNotAllowed, preflightOf } from './methods.ts';
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

/** An Express application in which every path answers its routes' methods and OPTIONS, and every failure is a problem. */
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
  const addedTo = new Map(options.routes.map(({ id }) => [id, options.addedParameters(id)]));
  for (const [pattern, routes] of byPath(busiestFirst)) {
    const allow = allowOf(new Set(routes.keys()));
    app.all(pattern, (request, response) => {
      const turn = { request, response, exchange: exchangeOf(request) };
      if (request.method === 'OPTIONS') return sendPlain(turn, preflightOf(allow));
      const route = routes.get(request.method === 'HEAD' ? 'GET' : request.method);
      if (route === undefined) throw methodNotAllowed(request.method, allow);
      const added = addedTo.get(route.id) ?? [];
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

/** Routes by their path as Express spells it, and by method. */
function byPath(routes: readonly MountedRoute[]): ReadonlyMap<string, ReadonlyMap<string, MountedRoute>> {
  const paths = new Map<string, Map<string, MountedRoute>>();
  for (const route of routes) {
    const pattern = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const methods = paths.get(pattern) ?? new Map<string, MountedRoute>();
    paths.set(pattern, methods.set(route.body === undefined ? 'GET' : 'POST', route));
  }
  return paths;
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

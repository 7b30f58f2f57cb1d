import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import type { IncomingMessage } from 'node:http';
import { AppError } from '../base/error.ts';
import type { Observe } from '../base/event.ts';
import type { Answer } from './answer.ts';
import type { Parameter } from './parameter.ts';
import { createResponder } from './handle.ts';
import type { HandleOptions } from './handle.ts';
import { allowOf, methodNotAllowed, preflightOf } from './methods.ts';
import type { RawRequest } from './parse.ts';
import { problemAnswer, toAppError } from './problem.ts';
import { parseTarget } from './query.ts';
import { sendPlain } from './respond.ts';
import type { Turn } from './respond.ts';
import { createRouteTable } from './route-table.ts';
import type { MountedRoute } from './route.ts';

/** What is mounted, and what handling a request needs. */
export interface MountOptions extends HandleOptions {
  readonly routes: readonly MountedRoute[];
  addedParameters(routeId: string): readonly Parameter<unknown>[];
}

/** Answers a request that the listener has let in. */
export type Application = (turn: Turn) => void;

/** All that is at one path. */
interface Resource {
  readonly path: string;
  readonly byMethod: ReadonlyMap<string, MountedRoute>;
  readonly allow: string;
}

type Serve = (resource: Resource, path: RawRequest['path'], turn: Turn) => Promise<void>;

/**
 * An application in which every path answers its routes' methods and OPTIONS, and every failure is a problem. Plain paths
 * are found in a table; Express has the other spellings, and what is not there.
 */
export function mountRoutes(options: MountOptions): Application {
  const { routes } = options;
  const resources = resourcesOf(routes);
  const added = new Map(routes.map(({ id }) => [id, options.addedParameters(id)]));
  const respond = createResponder(options, new Map(routes.map((r) => [r.id, r])));
  const serve: Serve = async ({ byMethod, allow }, path, turn) => {
    const { method = 'GET' } = turn.request;
    if (method === 'OPTIONS') return sendPlain(turn, preflightOf(allow));
    const route = byMethod.get(method === 'HEAD' ? 'GET' : method);
    try {
      if (route === undefined) throw methodNotAllowed(method, allow);
      await respond({ route, added: added.get(route.id) ?? [], path }, turn);
    } catch (error) {
      const refuse = route?.refuse;
      const answerTo = refuse && ((known: AppError) => refuse(known, { path, query: givenQuery(turn.exchange.target) }));
      await fail(error, turn, { ...options, answerTo }).catch((inner: unknown) => fail(inner, turn, options));
    }
  };
  const table = createRouteTable(resources);
  const express = expressApplication(resources, serve, options);
  return (turn) => {
    const match = table.find(turn.exchange.target);
    if (match === undefined) express(turn);
    else void serve(match.found, match.path, turn);
  };
}

/** Resources in the order in which they are tried, the busiest first. */
function resourcesOf(routes: readonly MountedRoute[]): readonly Resource[] {
  const paths = new Map<string, Map<string, MountedRoute>>();
  const busiestFirst = routes.toSorted((a, b) => Number(b.cache !== undefined) - Number(a.cache !== undefined));
  for (const route of busiestFirst) {
    const methods = paths.get(route.path) ?? new Map<string, MountedRoute>();
    paths.set(route.path, methods.set(route.body === undefined ? 'GET' : 'POST', route));
  }
  return [...paths].map(([path, byMethod]) => ({ path, byMethod, allow: allowOf(new Set(byMethod.keys())) }));
}

function expressApplication(resources: readonly Resource[], serve: Serve, options: MountOptions): Application {
  const turns = new WeakMap<IncomingMessage, Turn>();
  const turnOf = (request: Request): Turn => {
    const turn = turns.get(request);
    if (turn === undefined) throw new Error('A request came past the listener');
    return turn;
  };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.enable('case sensitive routing');
  for (const resource of resources) {
    app.all(resource.path.replaceAll(/\{(\w+)\}/g, ':$1'), (request) => serve(resource, pathValues(request), turnOf(request)));
  }
  app.use((request: Request) => {
    throw new AppError('NOT_FOUND', {
      detail: `Nothing at ${turnOf(request).exchange.target.split('?')[0]?.slice(0, 200) ?? '/'}`,
    });
  });
  app.use((error: unknown, request: Request, _response: Response, _next: NextFunction) => fail(error, turnOf(request), options));
  return (turn) => {
    const { request, response, exchange } = turn;
    turns.set(request, turn);
    request.url = exchange.target;
    app(request, response);
  };
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
  readonly answerTo?: ((error: AppError) => Promise<Answer>) | undefined;
}

async function fail(error: unknown, turn: Turn, options: FailOptions): Promise<void> {
  const { response, exchange } = turn;
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
  sendPlain(turn, answer);
}

function badEncoding(cause: URIError): AppError {
  return new AppError('INVALID_PARAMETER', {
    detail: 'Cannot decode the path: expected percent-encoded UTF-8',
    cause,
  });
}

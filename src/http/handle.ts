import { AppError } from '../base/error.ts';
import type { Fault } from '../base/error.ts';
import type { Observe } from '../base/event.ts';
import { createInflight } from '../base/inflight.ts';
import { ANONYMOUS, principalKey } from '../base/principal.ts';
import type { AnswerCache } from './answer-cache.ts';
import { createEntry } from './answer.ts';
import type { Answer, Entry } from './answer.ts';
import { createLinks } from './create-links.ts';
import { negotiate } from './negotiate.ts';
import { faultsError } from './parse.ts';
import type { RawRequest } from './parse.ts';
import type { Parameter } from './parameter.ts';
import { handlingOf } from './preferences.ts';
import { joinedQuery, parseTarget } from './query.ts';
import { readRequestBody } from './request-body.ts';
import { sendEntry, sendStream } from './respond.ts';
import type { Turn } from './respond.ts';
import type { Body, MountedRoute, PreparedRequest, RepresentationFacts, RequestContext } from './route.ts';

/** What handling a request needs besides the routes. */
export interface HandleOptions {
  readonly cache: AnswerCache;
  readonly observe: Observe;
  /** Seconds that clients may keep cached routes' answers. */
  readonly tileTtlSeconds: number;
  readonly serviceTitle: string;
  now(): number;
}

/** A matched request: its route, parameters that other blocks added, decoded path variables. */
export interface Match {
  readonly route: MountedRoute;
  readonly added: readonly Parameter<unknown>[];
  readonly path: Readonly<Record<string, string>>;
}

/** Everything about one request once it has been understood. */
interface Understood {
  readonly match: Match;
  readonly raw: RawRequest;
  readonly representation: RepresentationFacts;
  readonly prepared: PreparedRequest;
}

/** Answers matched requests: parse, negotiate, look into the cache, run, encode, send. */
export function createResponder(
  options: HandleOptions,
  routes: ReadonlyMap<string, MountedRoute>,
): (match: Match, turn: Turn) => Promise<void> {
  const inflight = createInflight<Entry | undefined>();
  return async (match, turn) => {
    const { exchange } = turn;
    exchange.routeId = match.route.id;
    exchange.handlings = match.route.handlings;
    const understood = understand(match, turn);
    const context = createContext(understood, turn, { routes, serviceTitle: options.serviceTitle });
    const { route } = match;
    if (route.cache === undefined || route.cache.keeps?.(understood.raw) === false) {
      const sent = route.body === undefined ? undefined : await readRequestBody(turn.request, route.body);
      const body = await understood.prepared.answer(understood.representation.f, context, sent);
      await sendBody(turn, understood.representation, body);
      return;
    }
    const key = canonicalKey(understood);
    const learn = (): void => learnSpelling(options.cache, understood, { turn, key });
    const kept = options.cache.byKey(key);
    if (kept !== undefined && options.cache.isFresh(kept.entry)) {
      exchange.cache = 'hit';
      learn();
      await sendEntry(turn, kept.entry, ageHeaders(kept.entry, options.now(), 'hit'));
      return;
    }
    exchange.cache = 'miss';
    try {
      const entry = await inflight.run(key, exchange.signal, (signal) => makeEntry(understood, { ...context, signal }, options));
      if (entry === undefined) {
        await sendBody(turn, understood.representation, await understood.prepared.answer(understood.representation.f, context));
        return;
      }
      options.cache.keep(key, {
        entry,
        handlings: route.handlings,
        collections: route.cache.collections(match.path, new Map(understood.raw.query)),
      });
      learn();
      await sendEntry(turn, entry);
    } catch (error) {
      if (kept === undefined || !(error instanceof AppError) || error.code !== 'DATABASE_UNAVAILABLE') throw error;
      exchange.cache = 'stale';
      await sendEntry(turn, kept.entry, ageHeaders(kept.entry, options.now(), 'stale'));
    }
  };
}

/** A spelling with unknown parameters is right for those only who let them pass, one with profiles for those who wish them. */
function learnSpelling(cache: AnswerCache, { raw }: Understood, { turn, key }: { readonly turn: Turn; readonly key: string }): void {
  const { accept, 'accept-profile': profiles } = turn.request.headers;
  if (raw.isLenient !== true && profiles === undefined) cache.learn(rawKey(turn.exchange.target, accept), key);
}

/** Key of a request as it came, for answers before anything is parsed; the coding is chosen later. */
export function rawKey(target: string, accept: string | undefined): string {
  return `${target}\n${accept ?? ''}`;
}

/** Names and values of the headers that tell how old a kept answer is and why it was sent (RFC 9111 §5.1, RFC 9211). */
export function ageHeaders(entry: Entry, now: number, how: 'hit' | 'stale'): readonly string[] {
  const age = Math.max(0, Math.floor((now - entry.storedAt) / 1000));
  return ['Age', String(age), 'Cache-Status', how === 'hit' ? 'graticule; hit' : 'graticule; hit; detail=stale'];
}

/** Parses parameters and negotiates the representation; all faults of the request are reported together. */
function understand(match: Match, turn: Turn): Understood {
  const { target } = turn.exchange;
  const query = parseTarget(target);
  const isLenient = handlingOf(turn.request.headers['prefer']?.toString()) === 'lenient' && match.route.handlings.includes('lenient');
  const raw: RawRequest = { path: match.path, query, isLenient };
  const faults: Fault[] = [];
  let representation: RepresentationFacts | undefined;
  let prepared: PreparedRequest | undefined;
  try {
    const { accept, 'accept-profile': profiles } = turn.request.headers;
    representation = negotiate(match.route, query.find(([name]) => name === 'f')?.[1], accept, profiles?.toString());
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'INVALID_PARAMETER') throw error;
    faults.push({ in: 'query', name: 'f', code: error.code, message: error.detail });
  }
  try {
    prepared = match.route.prepare(raw, match.added);
  } catch (error) {
    if (!(error instanceof AppError) || faults.length === 0 || error.faults.length === 0) throw error;
    faults.push(...error.faults);
  }
  if (faults.length > 0 || representation === undefined || prepared === undefined) throw faultsError(faults);
  return { match, raw, representation, prepared };
}

function createContext(
  understood: Understood,
  turn: Turn,
  service: { readonly routes: ReadonlyMap<string, MountedRoute>; readonly serviceTitle: string },
): RequestContext {
  const { exchange } = turn;
  const { match, raw, representation, prepared } = understood;
  return {
    signal: exchange.signal,
    principal: ANONYMOUS,
    requestId: exchange.requestId,
    links: createLinks({
      root: exchange.origin.root,
      routes: service.routes,
      route: match.route,
      path: match.path,
      query: raw.query,
      f: representation.f,
    }),
    path: exchange.target.split('?')[0] ?? '/',
    f: representation.f,
    query: joinedQuery(raw.query),
    serviceTitle: service.serviceTitle,
    further: prepared.further,
    timed: (stage, work) => exchange.timed(stage, work),
  };
}

/** Undefined for an answer that comes in pieces: too large to be kept or shared. */
async function makeEntry(understood: Understood, context: RequestContext, options: HandleOptions): Promise<Entry | undefined> {
  const startedAt = options.now();
  const { representation, prepared } = understood;
  const body = await prepared.answer(representation.f, context);
  if (typeof body.content !== 'string' && !(body.content instanceof Uint8Array)) return undefined;
  const ttl = options.tileTtlSeconds;
  const cacheControl = ttl > 0 ? `public, max-age=${ttl}, stale-while-revalidate=${ttl * 5}` : 'no-cache';
  return createEntry(wholeAnswer(representation, body, cacheControl), startedAt);
}

async function sendBody(turn: Turn, representation: RepresentationFacts, body: Body): Promise<void> {
  if (typeof body.content === 'string' || body.content instanceof Uint8Array) {
    await sendEntry(turn, await createEntry(wholeAnswer(representation, body, 'no-cache'), 0, body.sameAs));
    return;
  }
  const { content: pieces, headers, tag, parts } = body;
  await sendStream(turn, {
    headers: { 'Content-Type': contentType(representation.mediaType), 'Cache-Control': 'no-cache', ...headers },
    pieces,
    tag,
    parts,
  });
}

function wholeAnswer(representation: RepresentationFacts, body: Body, cacheControl: string): Answer {
  const { content } = body;
  if (typeof content !== 'string' && !(content instanceof Uint8Array)) throw new Error('A cached route cannot stream');
  return {
    status: 200,
    headers: {
      'Content-Type': contentType(representation.mediaType),
      'Cache-Control': cacheControl,
      ...body.headers,
    },
    body: typeof content === 'string' ? Buffer.from(content) : content,
  };
}

function contentType(mediaType: string): string {
  return mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType;
}

/** Equivalent spellings of a request share one key; the principal is part of it from the first day. */
function canonicalKey(understood: Understood): string {
  const { match, raw, representation } = understood;
  const query = raw.query.filter(([name]) => name !== 'f').toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([principalKey(ANONYMOUS), match.route.id, match.path, query, representation.f]);
}

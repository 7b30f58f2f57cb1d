import type { AppError } from '../base/error.ts';
import type { Principal } from '../base/principal.ts';
import type { Answer } from './answer.ts';
import type { Links } from './links.ts';
import { parseParameters } from './parse.ts';
import type { RawRequest } from './parse.ts';
import type { Parameter } from './parameter.ts';
import type { Handling } from './preferences.ts';
import type { RequestBody } from './request-body.ts';

/** Text, bytes, or pieces that are sent as they come. */
export type Content = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** What a representation makes of a result. */
export interface Body {
  readonly content: Content;
  /** Text that decides whether two answers say the same although their bytes differ (a time stamp): a weak ETag. */
  readonly sameAs?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Names the bytes of content in pieces before they are made: the same name, the same bytes. A strong ETag. */
  readonly tag?: string | undefined;
  /** How parts of content in pieces are made without the rest, for `Range` requests. */
  readonly parts?: Parts;
}

/** A body that is known by its length before it is made, of which any part can be made. */
export interface Parts {
  readonly length: number;
  /** Bytes `from` (included) to `to` (excluded). */
  part(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** What the outside may know of an encoding: its name, type, schema and claims. */
export interface RepresentationFacts {
  /** Value of `f=`. */
  readonly f: string;
  readonly mediaType: string;
  /** Media types that select it too; the answer still says `mediaType`. */
  readonly aliases?: readonly string[];
  /** URI of the profile of its type that it obeys, by which `Accept-Profile` selects it. */
  readonly profile?: string;
  /** Types of the answer where the address decides between them, so that `f` has nothing to say; absent: `mediaType`. */
  readonly byAddress?: readonly string[];
  /** Name of the JSON Schema in src/model that the body obeys. */
  readonly schema?: string;
  readonly conformsTo?: readonly string[];
}

/** One encoding of a result. It claims the conformance classes of its format itself. */
export interface Representation<Out> extends RepresentationFacts {
  encode(out: Out, context: RequestContext): Body | Promise<Body>;
}

/** All that a handler may know of the request besides its parsed parameters. */
export interface RequestContext {
  readonly signal: AbortSignal;
  readonly principal: Principal;
  readonly requestId: string;
  /** Absolute links by route id, for the host and base path under which the client sees us. */
  readonly links: Links;
  /** Path below the root as requested, percent-encoded: `/collections/a%2Fb`. */
  readonly path: string;
  /** `f=` key of the representation that will be sent. */
  readonly f: string;
  /** Query parameters as given. */
  readonly query: Readonly<Record<string, string>>;
  /** Name of the whole service. */
  readonly serviceTitle: string;
  /** Values of parameters that belong to one resource or were added by other blocks, by name; only those given. */
  readonly further: ReadonlyMap<string, unknown>;
  /** Measures a stage for `Server-Timing`; returns what `work` returns. */
  timed<T>(stage: string, work: () => Promise<T>): Promise<T>;
}

/** Query parameters that one resource has and others of the same route do not: the properties of a collection. */
export interface ResourceParameters {
  /** By the path variables of one resource. @throws AppError NOT_FOUND when there is no such resource. */
  of(path: Readonly<Record<string, string>>): readonly Parameter<unknown>[];
  /** The resources to spell out in the API document, by their path variables; empty when there are too many. */
  listed(): readonly Readonly<Record<string, string>>[];
}

/** Keeps whole answers in the server's cache and tells clients how long they may. */
export interface CachePolicy {
  /** Absent: every answer is kept; false: this one is not. */
  keeps?(raw: RawRequest): boolean;
  /** Ids of the collections that decide the answer; a change of one of them drops it. */
  collections(path: Readonly<Record<string, string>>, query: ReadonlyMap<string, string>): readonly string[];
}

/**
 * A resource: a path with typed parameters, a handler that returns a value, and its encodings. GET and HEAD, or POST
 * where it takes a body; a path may have one of each.
 */
export interface Route<In, Out, Sent = undefined> {
  /** `features.items`: operationId, metric label and target of links. */
  readonly id: string;
  /** `/collections/{collectionId}/items`; variables are path parameters. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly parameters: { readonly [K in keyof In]: Parameter<In[K]> };
  readonly resourceParameters?: ResourceParameters;
  readonly representations: readonly Representation<Out>[];
  /** True: the first acceptable representation wins whatever the weights; for images, where `Accept` is noise. */
  readonly firstAcceptable?: boolean;
  /** Present: answers are kept; absent: they are revalidated each time. */
  readonly cache?: CachePolicy;
  /** Absent from the API document: aliases and assets. */
  readonly undocumented?: boolean;
  /** True: an unknown parameter is refused whatever the client prefers (OGC 17-069r4 /req/core/query-param-unknown). */
  readonly refusesUnknown?: boolean;
  /** Present: the route answers POST. */
  readonly body?: RequestBody<Sent>;
  run(input: In, context: RequestContext, body: Sent | undefined): Promise<Out>;
}

/** A route with its types closed over: what blocks hand to the framework. */
export interface MountedRoute {
  /** Present: the route answers POST, else GET and HEAD. */
  readonly body?: Omit<RequestBody<unknown>, 'parse'> | undefined;
  readonly id: string;
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly parameters: readonly Parameter<unknown>[];
  readonly resourceParameters: ResourceParameters | undefined;
  readonly representations: readonly RepresentationFacts[];
  readonly firstAcceptable: boolean;
  readonly cache: CachePolicy | undefined;
  readonly undocumented: boolean;
  /** Ways to meet mistakes that a client may choose by `Prefer`. */
  readonly handlings: readonly Handling[];
  /** True: whatever a client says it accepts, the first representation answers it. */
  readonly acceptsAny?: boolean;
  /** Errors as the resource's standard wants them; absent: as problems (RFC 9457). */
  readonly refuse?: (error: AppError, raw: RawRequest) => Promise<Answer>;
  /** Parses every parameter, reports all faults at once, and returns the work that remains. */
  prepare(raw: RawRequest, added: readonly Parameter<unknown>[]): PreparedRequest;
}

/** A request whose parameters have all been parsed. */
export interface PreparedRequest {
  readonly further: ReadonlyMap<string, unknown>;
  /** `sent` is the request's body where the route takes one. @throws AppError INVALID_BODY */
  answer(f: string, context: RequestContext, sent?: Buffer): Promise<Body>;
}

/** Closes over the types of a route, so that routes of all types can stand in one list. */
export function route<In extends object, Out, Sent = undefined>(definition: Route<In, Out, Sent>): MountedRoute {
  const parameters: readonly (readonly [string, Parameter<unknown>])[] = Object.entries(definition.parameters);
  return {
    body: definition.body,
    id: definition.id,
    path: definition.path,
    summary: definition.summary,
    tag: definition.tag,
    parameters: parameters.map(([, parameter]) => parameter),
    resourceParameters: definition.resourceParameters,
    representations: definition.representations,
    firstAcceptable: definition.firstAcceptable ?? false,
    cache: definition.cache,
    undocumented: definition.undocumented ?? false,
    handlings: definition.refusesUnknown === true ? ['strict'] : ['strict', 'lenient'],
    prepare(raw, added) {
      const own = definition.resourceParameters?.of(raw.path) ?? [];
      const { input, further } = parseParameters({
        declared: parameters,
        further: [...own, ...added],
        raw,
      });
      return { further, answer: (f, context, sent) => answer(definition, input as In, { f, context, sent }) };
    },
  };
}

// `input as In`: the mapped type of `parameters` guarantees it; TypeScript cannot see through Object.entries.
async function answer<In, Out, Sent>(
  definition: Route<In, Out, Sent>,
  input: In,
  request: { readonly f: string; readonly context: RequestContext; readonly sent: Buffer | undefined },
): Promise<Body> {
  const representation = definition.representations.find((r) => r.f === request.f);
  if (representation === undefined) throw new Error(`${definition.id} has no representation ${request.f}`);
  const body = await definition.body?.parse(request.sent ?? Buffer.alloc(0));
  const out = await definition.run(input, request.context, body);
  return request.context.timed('encode', async () => representation.encode(out, request.context));
}

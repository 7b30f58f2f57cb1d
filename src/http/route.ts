import type { Principal } from '../base/principal.ts';
import type { Links } from './links.ts';
import type { Parameter } from './parameter.ts';

/** Text, bytes, or pieces that are sent as they come. */
export type Content = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** What a representation makes of a result. */
export interface Body {
  readonly content: Content;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One encoding of a result. It claims the conformance classes of its format itself. */
export interface Representation<Out> {
  /** Value of `f=`. */
  readonly f: string;
  readonly mediaType: string;
  /** Name of the JSON Schema in src/model that the body obeys. */
  readonly schema?: string;
  readonly conformsTo?: readonly string[];
  /** False: only on request by `f=` or an exact Accept entry, never for a wildcard. */
  readonly byWildcard?: boolean;
  encode(out: Out, context: RequestContext): Body | Promise<Body>;
}

/** All that a handler may know of the request besides its parsed parameters. */
export interface RequestContext {
  readonly signal: AbortSignal;
  readonly principal: Principal;
  readonly requestId: string;
  /** Absolute links by route id, for the host and base path under which the client sees us. */
  readonly links: Links;
  /** `f=` key of the representation that will be sent. */
  readonly f: string;
  /** Measures a stage for `Server-Timing`; returns what `work` returns. */
  timed<T>(stage: string, work: () => Promise<T>): Promise<T>;
}

/** A resource: a method on a path with typed parameters, a handler that returns a value, and its encodings. */
export interface Route<In, Out> {
  /** `features.items`: operationId, metric label and target of links. */
  readonly id: string;
  readonly method: 'get';
  /** `/collections/{collectionId}/items`; variables are path parameters. A trailing `{name+}` takes the rest. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly parameters: { readonly [K in keyof In]: Parameter<In[K]> };
  readonly representations: readonly Representation<Out>[];
  /** How answers may be kept: absent, they are revalidated each time. */
  readonly cache?: CachePolicy;
  /** Problem statuses besides 400, 404 and 406 that the API document lists. */
  readonly run: (input: In, context: RequestContext) => Promise<Out>;
}

/** Keeps whole answers in the server's cache and tells clients how long they may. */
export interface CachePolicy {
  /** Seconds that the server's own cache keeps an answer; undefined takes the configured tile TTL. */
  readonly ttlSeconds?: number;
  readonly cacheControl?: string;
}

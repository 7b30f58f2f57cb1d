import type { AppError } from '../base/error.ts';
import type { Answer } from './answer.ts';
import { createKvp } from './kvp.ts';
import type { Kvp } from './kvp.ts';
import type { RawRequest } from './parse.ts';
import type { Body, MountedRoute, RequestContext } from './route.ts';

/** A request to a classic service: its path variables and its parameters in any case and order. */
export interface ClassicRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly kvp: Kvp;
}

/**
 * A resource of a classic OGC service (WMS, WMTS): operations told by a parameter, unknown parameters ignored, media types
 * by parameter instead of `Accept`, and errors in a document of its own (OGC 06-042 §6, OGC 07-057r7 §8).
 */
export interface ClassicRoute {
  readonly id: string;
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** Present: only clients that accept one of these types are answered, as for every resource with a name of its own. */
  readonly mediaTypes?: readonly string[];
  /** Ids of the collections that decide an answer worth keeping; undefined where an answer is not kept. */
  collections?(request: ClassicRequest): readonly string[] | undefined;
  /** The answer with its `Content-Type` among the headers. */
  answer(request: ClassicRequest, context: RequestContext): Promise<Body>;
  /** An error as the service's own document. */
  refuse(error: AppError, request: ClassicRequest): Promise<Answer>;
}

/** A classic resource as the framework mounts it. */
export function classicRoute(definition: ClassicRoute): MountedRoute {
  const { id, path, summary, tag } = definition;
  const [mediaType = 'application/octet-stream', ...aliases] = definition.mediaTypes ?? [];
  const understand = (raw: RawRequest): ClassicRequest => ({ path: raw.path, kvp: createKvp(raw.query) });
  const { collections } = definition;
  return {
    id,
    path,
    summary,
    tag,
    parameters: [],
    resourceParameters: undefined,
    representations: [{ f: 'classic', mediaType, aliases }],
    firstAcceptable: true,
    acceptsAny: definition.mediaTypes === undefined,
    cache:
      collections === undefined
        ? undefined
        : {
            keeps: (raw) => collections.call(definition, understand(raw)) !== undefined,
            collections: (variables, query) => collections.call(definition, understand({ path: variables, query: [...query] })) ?? [],
          },
    undocumented: true,
    handlings: [],
    refuse: (error, raw) => definition.refuse(error, understand(raw)),
    prepare: (raw) => ({ further: new Map(), answer: (_, context) => definition.answer(understand(raw), context) }),
  };
}

import { errorKinds } from '../base/error.ts';
import type { Contact } from '../base/contact.ts';
import { MEDIA } from '../base/media-type.ts';
import type { Limits } from './block.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Parameter } from './parameter.ts';
import type { MountedRoute, RepresentationFacts } from './route.ts';

/** What the API document is folded from. */
export interface OpenApiInput {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly contact?: Contact | undefined;
  readonly root: string;
  readonly routes: readonly MountedRoute[];
  /** Published as `x-OGC-limits`. */
  readonly limits?: Limits | undefined;
  /** Every schema of the program by name; only those in use are written. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  addedParameters(routeId: string): readonly Parameter<unknown>[];
}

type JsonObject = { readonly [member: string]: unknown };

/** What only a request with a body meets. */
const OF_BODIES = new Set(['415']);

const PROBLEM_STATUSES: Readonly<Record<string, string>> = {
  400: 'A parameter is unknown, invalid, repeated or in conflict with another, or the body cannot be read',
  404: 'There is no such resource, or the tile is outside its matrix or limits',
  405: 'The resource has no such method',
  406: 'None of the resource’s media types is acceptable',
  413: 'More is asked for than the limits of the service allow, or the body is too large',
  414: 'The URL is too long',
  415: 'The body is of another media type',
  500: 'Something went wrong on our side',
  503: 'The database is away, or there are more requests than can be answered',
  504: 'The time limit was reached',
};

/**
 * The API as OpenAPI 3.0.3: one self-contained document, because the test suites' parser understands neither 3.1 nor
 * references to other hosts. OGC 17-069r4 /req/oas30.
 */
export function openApiDocument(input: OpenApiInput): JsonObject {
  const documented = input.routes.filter((r) => !r.undocumented);
  return {
    openapi: '3.0.3',
    info: {
      title: input.title,
      description: input.description,
      version: input.version,
      ...contactOf(input.contact ?? {}),
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      ...(input.limits === undefined ? {} : { 'x-OGC-limits': input.limits }),
    },
    servers: [{ url: input.root }],
    tags: [...new Set(documented.map((r) => r.tag))].map((name) => ({ name })),
    paths: mergeMethods(documented.flatMap((r) => pathItems(r, input.addedParameters(r.id)))),
    components: {
      schemas: usedSchemas(documented, input.schemas),
      parameters: { f: formatParameter(undefined) },
      responses: problemResponses(),
    },
  };
}

/** The object has one name: the person's, else the organisation's. */
function contactOf({ name, organization, email, url }: Contact): JsonObject {
  const contact = Object.entries({ name: name ?? organization, url, email }).filter(([, value]) => value !== undefined);
  return contact.length === 0 ? {} : { contact: Object.fromEntries(contact) };
}

/** One path item for each path; two routes of one path are two methods of it. */
function mergeMethods(items: readonly (readonly [string, JsonObject])[]): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const [path, item] of items) paths[path] = { ...paths[path], ...item };
  return paths;
}

/** The templated path, and one concrete path for every listed resource with parameters of its own. */
function pathItems(route: MountedRoute, added: readonly Parameter<unknown>[]): readonly (readonly [string, JsonObject])[] {
  const common = [...route.parameters, ...added];
  const templated = [route.path, { [route.body === undefined ? 'get' : 'post']: operation(route, route.id, common) }] as const;
  const own = route.resourceParameters;
  if (own === undefined) return [templated];
  const concrete = own.listed().map((values) => {
    const path = route.path.replaceAll(/\{(\w+)\}/g, (variable, name: string) => encodeURIComponent(values[name] ?? variable));
    const given = new Set(Object.keys(values));
    const parameters = [...common.filter((p) => !(p.in === 'path' && given.has(p.name))), ...own.of(values)];
    return [
      path,
      {
        get: operation(route, `${route.id}.${Object.values(values).join('.')}`, unique(parameters)),
      },
    ] as const;
  });
  return [templated, ...concrete];
}

/** A parameter of the standard wins over a column of the same name. */
function unique(parameters: readonly Parameter<unknown>[]): readonly Parameter<unknown>[] {
  const seen = new Set<string>(['f']);
  return parameters.filter((p) => (p.in === 'query' && seen.has(p.name) ? false : seen.add(p.name)));
}

function operation(route: MountedRoute, operationId: string, parameters: readonly Parameter<unknown>[]): JsonObject {
  return {
    operationId,
    summary: route.summary,
    tags: [route.tag],
    parameters: [...parameters.map(parameterObject), ...(isByAddress(route) ? [] : [formatParameter(route.representations)])],
    ...(route.body === undefined ? {} : { requestBody: bodyObject(route.body) }),
    responses: { 200: { description: route.summary, content: content(route.representations) }, ...problemsOf(route) },
  };
}

function isByAddress({ representations }: MountedRoute): boolean {
  return representations.every(({ byAddress }) => byAddress !== undefined);
}

function problemsOf({ body }: MountedRoute): JsonObject {
  const statuses = Object.keys(PROBLEM_STATUSES).filter((status) => body !== undefined || !OF_BODIES.has(status));
  return Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]));
}

function bodyObject({ mediaTypes, doc, schema }: NonNullable<MountedRoute['body']>): JsonObject {
  return { description: doc, required: true, content: Object.fromEntries(mediaTypes.map((type) => [type, { schema }])) };
}

/** `style` and `explode` are written out: the Features test suite does not know their defaults. */
function parameterObject(parameter: Parameter<unknown>): JsonObject {
  const base = {
    name: parameter.name,
    in: parameter.in,
    description: parameter.doc,
    required: parameter.in === 'path' || parameter.required === true,
    schema: parameter.schema,
  };
  return parameter.in === 'query' ? { ...base, style: 'form', explode: false } : base;
}

function formatParameter(representations: readonly RepresentationFacts[] | undefined): JsonObject {
  const keys = representations === undefined ? {} : { enum: representations.map((r) => r.f), default: representations[0]?.f };
  return {
    name: 'f',
    in: 'query',
    description: 'Format of the answer; wins over the Accept header.',
    required: false,
    schema: { type: 'string', ...keys },
    style: 'form',
    explode: false,
  };
}

function content(representations: readonly RepresentationFacts[]): JsonObject {
  return Object.fromEntries(
    representations.flatMap((r) => (r.byAddress ?? [r.mediaType]).map((type) => [type, { schema: bodySchema(r, type) }])),
  );
}

function bodySchema({ schema }: RepresentationFacts, mediaType: string): JsonSchema {
  if (schema !== undefined) return { $ref: `#/components/schemas/${schema}` };
  if (mediaType.startsWith('text/')) return { type: 'string' };
  return mediaType.includes('json') ? { type: 'object' } : { type: 'string', format: 'binary' };
}

function problemResponses(): JsonObject {
  const slugs = errorKinds();
  return Object.fromEntries(
    Object.entries(PROBLEM_STATUSES).map(([status, text]) => {
      const types = slugs.filter((kind) => String(kind.status) === status).map((kind) => kind.slug);
      const description = types.length === 0 ? text : `${text} (${types.join(', ')})`;
      return [
        `Problem${status}`,
        {
          description,
          content: { [MEDIA.problem]: { schema: { $ref: '#/components/schemas/problem' } } },
        },
      ];
    }),
  );
}

/** The schemas that the routes name, and those that these refer to. */
function usedSchemas(routes: readonly MountedRoute[], schemas: OpenApiInput['schemas']): Readonly<Record<string, JsonSchema>> {
  const wanted = ['problem', ...routes.flatMap((r) => r.representations.flatMap((x) => (x.schema === undefined ? [] : [x.schema])))];
  const used: Record<string, JsonSchema> = {};
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const schema = schemas[name];
    if (schema === undefined) throw new Error(`No schema named ${name}`);
    if (used[name] !== undefined) continue;
    used[name] = schema;
    for (const [, reference = ''] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) wanted.push(reference);
  }
  return Object.fromEntries(Object.entries(used).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

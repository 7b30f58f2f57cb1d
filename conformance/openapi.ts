import assert from 'node:assert/strict';
import { isObject, type Json, type JsonObject, objectOf, objectsOf, textOf } from './json.ts';
import { assertStatus, documentOf, get } from './request.ts';

/** An OpenAPI 3.0 document and what the suites look up in it. */
export interface ApiModel {
  readonly document: JsonObject;
  /** Operations whose path matches a path of the API (`/collections/places/items`) and that describe a 200 response. */
  testPoints(path: string): readonly TestPoint[];
  /** Path templates that end like an items resource. */
  itemsPaths(): readonly string[];
  /** A query parameter of a path's GET operation, `$ref`s resolved; the path item's own parameters count too. */
  parameter(path: string, name: string): JsonObject | undefined;
  /** All parameters of a path's GET operation. */
  parameters(path: string): readonly JsonObject[];
}

/** A path template under one of the document's servers. */
export interface TestPoint {
  readonly server: string;
  readonly path: string;
}

/** Reads the API definition and checks what the lookups need: version 3.0, paths, and no reference to elsewhere. */
export async function readApiModel(url: string, base: string): Promise<ApiModel> {
  const answer = await get(url, 'openapi');
  assertStatus(answer, 200);
  const document = documentOf(answer);
  assert.match(textOf(document['openapi'], 'openapi'), /^3\.0\.\d+$/, 'the API definition is not of version 3.0');
  const paths = objectOf(document['paths'], 'paths');
  const prefix = basePath(document, base);
  const parameters = (path: string): readonly JsonObject[] => getParameters(document, objectOf(paths[path], path));
  return {
    document,
    parameters,
    parameter: (path, name) => parameters(path).find((p) => p['name'] === name),
    itemsPaths: () => Object.keys(paths).filter((path) => new RegExp(`^${prefix}collections/.*/items$`).test(path)),
    testPoints: (path) => {
      const wanted = `${prefix}${path.replace(/^\//, '')}`;
      return Object.keys(paths)
        .filter((template) => matches(template, wanted) && describesSuccess(document, objectOf(paths[template], template)))
        .flatMap((template) => serversOf(document, base).map((server) => ({ server, path: template })));
    },
  };
}

/** The URL of a test point with its path variables filled in. */
export function urlOf(point: TestPoint, values: Readonly<Record<string, string>> = {}): string {
  const path = point.path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : encodeURIComponent(value);
  });
  return `${point.server}${path}`;
}

/** Every `$ref` of the document that leaves it; a client without network could not follow them. */
export function foreignReferences(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(foreignReferences);
  if (!isObject(value)) return [];
  const own = typeof value['$ref'] === 'string' && !value['$ref'].startsWith('#/') ? [value['$ref']] : [];
  return [...own, ...Object.values(value).flatMap(foreignReferences)];
}

/** A value of the document, its `$ref` followed. */
export function dereference(document: JsonObject, value: Json | undefined, what: string): JsonObject {
  const object = objectOf(value, what);
  const reference = object['$ref'];
  if (typeof reference !== 'string') return object;
  assert.ok(reference.startsWith('#/'), `${what} refers to ${reference}, outside the document`);
  const steps = reference
    .slice(2)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = steps.reduce<Json | undefined>((at, step) => (isObject(at) ? at[step] : undefined), document);
  return dereference(document, target, reference);
}

/**
 * What the suite puts before `collections`: the part of the landing page's URL that no server URL covers. A server given
 * as a bare path would be searched for as a pattern in the whole URL, so it has to be absolute to be found at its end.
 */
function basePath(document: JsonObject, base: string): string {
  for (const server of serversOf(document, base)) {
    const at = base.indexOf(server);
    const rest = at < 0 ? '' : base.slice(at + server.length);
    if (rest !== '') return rest.endsWith('/') ? rest : `${rest}/`;
  }
  return '/';
}

function serversOf(document: JsonObject, base: string): readonly string[] {
  const servers = document['servers'];
  if (servers === undefined) return [base];
  return objectsOf(servers, 'servers').map((server) => textOf(server['url'], 'url of a server'));
}

function getParameters(document: JsonObject, item: JsonObject): readonly JsonObject[] {
  const get = isObject(item['get']) ? item['get'] : {};
  return [...parametersOf(document, item), ...parametersOf(document, get)];
}

/** Parameters of an operation, or of all operations of a path, their references followed. */
export function parametersOf(document: JsonObject, owner: JsonObject): readonly JsonObject[] {
  return entriesOf(owner['parameters']).map((parameter) => {
    const resolved = dereference(document, parameter, 'a parameter');
    const schema = resolved['schema'];
    return schema === undefined ? resolved : { ...resolved, schema: dereference(document, schema, 'schema of a parameter') };
  });
}

function entriesOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function describesSuccess(document: JsonObject, item: JsonObject): boolean {
  if (!isObject(item['get'])) return false;
  const responses = objectOf(item['get']['responses'], 'responses');
  const success = responses['200'] ?? responses['default'];
  return success !== undefined && isObject(dereference(document, success, 'a response'));
}

function matches(template: string, path: string): boolean {
  const pattern = template.split(/\{[^}]*\}/).map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${pattern.join('[^/]+?')}$`).test(path);
}

import { isRecord } from './crawl.ts';

/** What the API definition says of paths. */
export interface ApiLookup {
  readonly document: Readonly<Record<string, unknown>>;
  /** Path templates in the order of the document. */
  readonly routes: readonly string[];
  /** False for what only takes a body. */
  hasGet(route: string): boolean;
  /** The template that a path matches; one with fewer variables wins. */
  routeOf(path: string): string | undefined;
  /** Every template that a path matches. */
  routesOf(path: string): readonly string[];
  /** Name of the component schema of a 200 answer of that media type. */
  schemaOf(route: string, mediaType: string): string | undefined;
  /** Media types of a 200 answer. */
  mediaTypesOf(route: string): readonly string[];
}

/** Reads an OpenAPI document. */
export function readApi(document: Readonly<Record<string, unknown>>): ApiLookup {
  const paths = record(document['paths']);
  const routes = Object.keys(paths);
  const byLiterals = [...routes].sort((a, b) => variables(a) - variables(b));
  const content = (route: string): Readonly<Record<string, unknown>> => {
    const responses = record(record(record(paths[route])['get'])['responses']);
    return record(record(responses['200'])['content']);
  };
  return {
    document,
    routes,
    hasGet: (route) => 'get' in record(paths[route]),
    routeOf: (path) => byLiterals.find((template) => pattern(template).test(path)),
    routesOf: (path) => routes.filter((template) => pattern(template).test(path)),
    mediaTypesOf: (route) => Object.keys(content(route)),
    schemaOf: (route, mediaType) => {
      const entry = Object.entries(content(route)).find(([type]) => type.replaceAll(' ', '') === mediaType.replaceAll(' ', ''));
      const reference = entry === undefined ? undefined : record(record(entry[1])['schema'])['$ref'];
      return typeof reference === 'string' ? reference.replace(/^.*\//, '') : undefined;
    },
  };
}

function pattern(template: string): RegExp {
  const literals = template.split(/\{[^}]*\}/).map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${literals.join('[^/]+')}$`);
}

function variables(template: string): number {
  return template.split('{').length;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

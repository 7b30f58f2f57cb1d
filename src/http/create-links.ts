import type { Links, LinkValues } from './links.ts';
import type { MountedRoute } from './route.ts';

/** What the links of one request depend on. */
export interface LinkContext {
  readonly root: string;
  readonly routes: ReadonlyMap<string, MountedRoute>;
  readonly route: MountedRoute;
  /** Path variables and query parameters of the current request. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  /** `f=` key of the representation that will be sent. */
  readonly f: string;
}

/** Links as seen by the client of one request. */
export function createLinks(context: LinkContext): Links {
  const { root, routes } = context;
  const pathOf = (routeId: string): string => {
    const found = routes.get(routeId);
    if (found === undefined) throw new Error(`No route ${routeId}`);
    return found.path;
  };
  const current = (query: LinkValues): string => {
    const kept = context.query.filter(([name]) => !(name in query));
    return root + fillPath(context.route.path, context.path, true) + search([...kept, ...Object.entries(query)]);
  };
  return {
    root,
    to: (routeId, path = {}, query = {}) => root + fillPath(pathOf(routeId), path, true) + search(Object.entries(query)),
    template: (routeId, path = {}, query = {}) => root + fillPath(pathOf(routeId), path, false) + search(Object.entries(query)),
    current,
    has: (routeId) => routes.has(routeId),
    selfAndAlternates(title) {
      const named = title === undefined ? {} : { title };
      return context.route.representations.map((r) => ({
        href: current({ f: r.f }),
        rel: r.f === context.f ? 'self' : 'alternate',
        type: r.mediaType,
        ...named,
      }));
    },
  };
}

function fillPath(path: string, values: LinkValues, complete: boolean): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (variable, name: string) => {
    const value = values[name];
    if (value !== undefined) return encodePathPart(String(value));
    if (complete) throw new Error(`No value for ${variable} in ${path}`);
    return variable;
  });
  return filled === '/' ? '/' : filled;
}

/** Percent-encodes one path segment; `.` and `..` too, which clients would otherwise resolve away. */
function encodePathPart(part: string): string {
  if (part === '.' || part === '..') return part.replaceAll('.', '%2E');
  return encodeURIComponent(part).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%40', '@');
}

function search(pairs: readonly (readonly [string, string | number | undefined])[]): string {
  const given = pairs.flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeQueryValue(String(value))}`],
  );
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

function encodeQueryValue(value: string): string {
  return encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
}

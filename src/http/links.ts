import type { Link } from '../base/link.ts';

/** Values for a route's path variables and query parameters; `undefined` query values are left out. */
export type LinkValues = Readonly<Record<string, string | number | undefined>>;

/** Builds absolute links by route id for one request. */
export interface Links {
  /** Absolute URL of the landing page without a trailing slash: `https://example.org/geo`. */
  readonly root: string;
  /**
   * Absolute URL of a route. Path variables come from `path`, percent-encoded; query parameters follow in order.
   * @throws Error when the route or one of its variables is unknown: a mistake of ours, never of the client.
   */
  to(routeId: string, path?: LinkValues, query?: LinkValues): string;
  /** The same with path variables left as `{name}` where `path` has none: templated links. */
  template(routeId: string, path?: LinkValues, query?: LinkValues): string;
  /** `self` in the representation that is being sent, `alternate` for every other one of the current route. */
  selfAndAlternates(title?: string): readonly Link[];
  /** The current request's URL with some query parameters replaced (`undefined` removes): paging. */
  current(query: LinkValues): string;
  /** True when the route is mounted: links to parts that may be absent. */
  has(routeId: string): boolean;
}

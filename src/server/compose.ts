import type { Block, Contribution, Kit } from '../http/block.ts';
import type { Parameter } from '../http/parameter.ts';
import type { MountedRoute } from '../http/route.ts';

/** Everything that the blocks add together. */
export interface Composition {
  readonly routes: readonly MountedRoute[];
  readonly conformsTo: readonly string[];
  addedParameters(routeId: string): readonly Parameter<unknown>[];
}

/**
 * Mounts the blocks and folds what they add. Pure; fails fast.
 * @throws Error when a required block is missing, two routes share an id or a path, or a parameter names no route
 */
export function compose(blocks: readonly Block[]): Composition {
  checkRequires(blocks);
  const contributions: Contribution[] = [];
  const routes = (): readonly MountedRoute[] => contributions.flatMap((c) => c.routes);
  const conformsTo = (): readonly string[] => [
    ...new Set([...blocks.flatMap((b) => b.conformsTo), ...routes().flatMap((r) => r.representations.flatMap((x) => x.conformsTo ?? []))]),
  ];
  const addedParameters = (routeId: string): readonly Parameter<unknown>[] =>
    contributions.flatMap((c) => c.parameters ?? []).flatMap((added) => (added.routeId === routeId ? [added.parameter] : []));
  const kit: Kit = {
    landingLinks: (links) => contributions.flatMap((c) => c.landingLinks?.(links) ?? []),
    collectionLinks: (collection, links) => contributions.flatMap((c) => c.collectionLinks?.(collection, links) ?? []),
    conformsTo,
    limits: () => Object.assign({}, ...contributions.map((c) => c.limits ?? {})),
    routes,
    addedParameters,
  };
  for (const block of blocks) contributions.push(block.mount(kit));
  checkRoutes(routes(), contributions);
  return { routes: routes(), conformsTo: conformsTo(), addedParameters };
}

function checkRequires(blocks: readonly Block[]): void {
  const mounted = new Set(blocks.map((b) => b.id));
  for (const { id, requires } of blocks) {
    for (const required of requires)
      if (!mounted.has(required)) throw new Error(`Block ${id} needs block ${required}, which is not mounted`);
  }
}

function checkRoutes(routes: readonly MountedRoute[], contributions: readonly Contribution[]): void {
  const ids = new Set<string>();
  const paths = new Set<string>();
  for (const { id, path, body } of routes) {
    const method = body === undefined ? 'GET' : 'POST';
    if (ids.has(id)) throw new Error(`Two routes have the id ${id}`);
    if (paths.has(`${method} ${path}`)) throw new Error(`Two routes answer ${method} ${path}`);
    ids.add(id);
    paths.add(`${method} ${path}`);
  }
  for (const { routeId } of contributions.flatMap((c) => c.parameters ?? [])) {
    if (!ids.has(routeId)) throw new Error(`A parameter was added to route ${routeId}, which is not mounted`);
  }
}

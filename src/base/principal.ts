/** On whose behalf something is done. Part of every service call and every cache key; for now always anonymous. */
export type Principal = { readonly kind: 'anonymous' };

/** Nobody in particular: what the connecting database role may read. */
export const ANONYMOUS: Principal = { kind: 'anonymous' };

/** A short text that separates the cache entries of principals who may see different things. */
export function principalKey(principal: Principal): string {
  return principal.kind;
}

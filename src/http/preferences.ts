/** How a client wants mistakes in its request to be met (RFC 7240 §4.4). */
export type Handling = 'strict' | 'lenient';

const PREFERENCE = /^\s*handling\s*=\s*"?(strict|lenient)"?\s*(?:;|$)/i;

/**
 * The `handling` that a `Prefer` header asks for: the first counts, one of another value is no preference.
 * `strict` is what every resource of ours does by itself; `lenient` lets parameters pass that are not known.
 */
export function handlingOf(prefer: string | undefined): Handling | undefined {
  if (prefer === undefined) return undefined;
  const first = prefer.split(',').find((part) => /^\s*handling\s*=/i.test(part));
  const value = PREFERENCE.exec(first ?? '')?.[1]?.toLowerCase();
  return value === 'strict' || value === 'lenient' ? value : undefined;
}

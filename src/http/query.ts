import { AppError } from '../base/error.ts';

/**
 * Splits and decodes a query string strictly: `+` is a space, triplets must be hexadecimal and UTF-8.
 * Node's own parser keeps `%zz`, replaces bad UTF-8 and stops after 1,000 parameters without a word.
 * @throws AppError INVALID_PARAMETER
 */
export function parseQuery(search: string): readonly (readonly [name: string, value: string])[] {
  const text = search.startsWith('?') ? search.slice(1) : search;
  if (text === '') return [];
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      const name = at < 0 ? part : part.slice(0, at);
      const value = at < 0 ? '' : part.slice(at + 1);
      return [decode(name), decode(value)] as const;
    });
}

/** The query of a request target, everything after its first `?`. @throws AppError INVALID_PARAMETER */
export function parseTarget(target: string): ReturnType<typeof parseQuery> {
  const at = target.indexOf('?');
  return parseQuery(at < 0 ? '' : target.slice(at));
}

/** Values by name; the pieces of a list that was given piecewise are joined by commas, as their parameter sees them. */
export function joinedQuery(query: readonly (readonly [name: string, value: string])[]): Readonly<Record<string, string>> {
  const joined = new Map<string, string>();
  for (const [name, value] of query) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}

/** `+` is a space; a bad triplet, or bytes that are not UTF-8, are a fault. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    throw new AppError('INVALID_PARAMETER', {
      detail: `Cannot decode "${part.slice(0, 60)}": expected percent-encoded UTF-8`,
    });
  }
}

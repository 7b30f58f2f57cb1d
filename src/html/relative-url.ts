import type { PageContext } from './page-context.ts';

/**
 * Rewrites an absolute URL under `page.root` relative to the page, so that pages work under whatever address and base path the
 * browser sees. Other http(s) URLs pass; anything else (`javascript:` from a table's comment) becomes `undefined`.
 */
export function relativeUrl(page: PageContext, url: string): string | undefined {
  const own = underRoot(page.root, url);
  if (own === undefined) return /^https?:\/\//i.test(url) ? url : undefined;
  const cut = own.search(/[?#]/);
  const path = cut < 0 ? own : own.slice(0, cut);
  return relativePath(segments(page, page.path), segments(page, path)) + (cut < 0 ? '' : own.slice(cut));
}

/** The relative URL of a path under the root, `/collections`: for pages and assets whose address we make ourselves. */
export function relativeTo(page: PageContext, path: string): string {
  return relativeUrl(page, page.root + path) ?? path;
}

function underRoot(root: string, url: string): string | undefined {
  if (!url.startsWith(root)) return undefined;
  const rest = url.slice(root.length);
  return rest === '' || /^[/?#]/.test(rest) ? rest : undefined;
}

/** Path segments from the host on: the root's own are included because a page at the bare root needs its last one. */
function segments(page: PageContext, path: string): readonly string[] {
  const base = page.root.replace(/^[a-z]+:\/\/[^/]*/i, '');
  return (base + path || '/').split('/').slice(1);
}

function relativePath(from: readonly string[], to: readonly string[]): string {
  const folder = from.slice(0, -1);
  let shared = 0;
  while (shared < folder.length && shared < to.length - 1 && folder[shared] === to[shared]) shared += 1;
  const text = '../'.repeat(folder.length - shared) + to.slice(shared).join('/');
  // An empty reference would keep the query, and a colon in the first segment would look like a scheme.
  return text === '' || /^[^/]*:/.test(text) || text.startsWith('/') ? `./${text}` : text;
}

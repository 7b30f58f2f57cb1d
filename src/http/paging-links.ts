import type { Link } from '../base/link.ts';
import type { Links } from './links.ts';

/**
 * `next` and `prev` of a list, as far as there are such pages. They carry every parameter of the request, limit and offset
 * written out: pages never overlap (OGC 17-069r4 /rec/core/fc-next-1).
 */
export function pagingLinks(
  links: Links,
  { limit, offset }: { readonly limit: number; readonly offset: number },
  page: { readonly hasMore: boolean; readonly type: string },
): readonly Link[] {
  const to = (start: number, rel: string): Link => ({ href: links.current({ limit, offset: start }), rel, type: page.type });
  return [...(page.hasMore ? [to(offset + limit, 'next')] : []), ...(offset > 0 ? [to(Math.max(0, offset - limit), 'prev')] : [])];
}

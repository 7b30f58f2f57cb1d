import type { Link } from '../base/link.ts';
import { element as h, type Child } from '../markup/element.ts';
import { findLink } from './link-list.ts';
import type { PageContext } from './page-context.ts';
import { relativeUrl } from './relative-url.ts';

/** Links to the previous and next page of a list, as its document gives them; asked for as HTML. */
export function pager(page: PageContext, links: readonly Link[]): Child {
  const [first, previous, next] = [findLink(links, 'first'), findLink(links, 'prev', 'previous'), findLink(links, 'next')];
  if (previous === undefined && next === undefined) return undefined;
  const step = (link: Link | undefined, rel: string, text: string): Child =>
    link === undefined
      ? h('span', { class: 'button off', 'aria-disabled': 'true' }, text)
      : h('a', { class: 'button', rel, href: relativeUrl(page, asHtml(link.href)) }, text);
  return h(
    'nav',
    { class: 'pager', 'aria-label': 'Pages' },
    first !== undefined && previous !== undefined && step(first, 'first', 'First'),
    step(previous, 'prev', '← Previous'),
    step(next, 'next', 'Next →'),
  );
}

/** Drops a format from an address: the browser's own `Accept` then gets the page. */
function asHtml(url: string): string {
  return url.replace(/([?&])f=(?!html\b)[^&#]*(&|(?=#|$))/, (_, before: string, after: string) => (after === '&' ? before : ''));
}

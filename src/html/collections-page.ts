import { element as h, type Child, type Element } from '../markup/element.ts';
import type { Collections } from '../model/common.ts';
import { collectionCards } from './collection-card.ts';
import { renderLayout } from './layout.ts';
import { linkList } from './link-list.ts';
import { locatorShapes } from './locator-map.ts';
import type { PageContext } from './page-context.ts';
import { pager } from './pager.ts';
import { relativeTo } from './relative-url.ts';
import { count } from './value.ts';

const PAGING = new Set(['next', 'prev', 'previous', 'first', 'last']);

/** One page of the list of collections with search and small maps. */
export function renderCollectionsPage(document: Collections, page: PageContext): string {
  const others = document.links.filter((link) => !PAGING.has(link.rel));
  return renderLayout(page, {
    title: 'Collections',
    crumbs: [],
    links: document.links,
    main: [
      h('h1', {}, 'Collections'),
      h('div', { class: 'toolbar' }, searchForm(page), summary(document, page)),
      document.collections.length === 0
        ? h('p', { class: 'empty' }, page.query?.q === undefined ? 'There is nothing here yet.' : 'No collection matches.')
        : [locatorShapes(), collectionCards(page, document.collections, 'h2')],
      pager(page, document.links),
      others.some((link) => link.rel !== 'self' && link.rel !== 'alternate') &&
        h('details', { class: 'more' }, h('summary', {}, 'Links of this document'), linkList(page, others)),
    ],
  });
}

function searchForm(page: PageContext): Element {
  const action = relativeTo(page, '/collections');
  const q = page.query?.q;
  return h(
    'form',
    { role: 'search', action, method: 'get', class: 'search' },
    h('label', { for: 'q', class: 'visually-hidden' }, 'Search titles and descriptions'),
    h('input', { id: 'q', name: 'q', type: 'search', value: q, required: true, placeholder: 'Search collections' }),
    h('button', { class: 'button', type: 'submit' }, 'Search'),
    q !== undefined && h('a', { class: 'button', href: action }, 'Show all'),
  );
}

function summary(document: Collections, page: PageContext): Child {
  const shown = document.numberReturned ?? document.collections.length;
  const total = document.numberMatched ?? shown;
  const what = total === 1 ? 'collection' : 'collections';
  const filter = page.query?.q === undefined ? '' : ` for “${page.query.q}”`;
  return h(
    'p',
    { class: 'quiet' },
    shown === total ? `${count(total)} ${what}${filter}` : `${count(shown)} of ${count(total)} ${what}${filter}`,
  );
}

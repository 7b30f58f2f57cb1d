import type { Bbox } from '../base/bbox.ts';
import { MEDIA } from '../base/media-type.ts';
import { element as h, type Element } from '../markup/element.ts';
import type { CollectionDocument } from '../model/common.ts';
import type { FeatureCollectionDocument } from '../model/features.ts';
import { collectionPath, extentBbox } from './collection-facts.ts';
import { featureTable } from './feature-table.ts';
import { renderLayout } from './layout.ts';
import { linkList } from './link-list.ts';
import { mapBox } from './map-box.ts';
import type { PageContext } from './page-context.ts';
import { pager } from './pager.ts';
import { relativeTo } from './relative-url.ts';
import { count } from './value.ts';

/** What is known of the collection whose features are shown; its document serves. */
export type ItemsOf = Pick<CollectionDocument, 'id' | 'title' | 'extent'>;

const PAGING = new Set(['next', 'prev', 'previous', 'first', 'last', 'collection', 'self', 'alternate']);

/** One page of features: map and table. */
export function renderItemsPage(document: FeatureCollectionDocument, page: PageContext, collection: ItemsOf): string {
  const asked = bboxOf(page);
  const others = document.links.filter((link) => !PAGING.has(link.rel));
  return renderLayout(page, {
    title: `Features of ${collection.title}`,
    crumbs: [
      { title: 'Collections', path: '/collections' },
      { title: collection.title, path: collectionPath(collection.id) },
    ],
    links: document.links,
    main: [
      h('h1', {}, collection.title),
      h('div', { class: 'toolbar' }, h('p', { class: 'quiet' }, summary(document, page)), filters(page)),
      mapBox(page, {
        label: `Map of the features of ${collection.title} on this page`,
        geojson: geojsonUrl(document),
        bbox: asked ?? extentBbox(collection.extent),
        stay: asked !== undefined,
        searchArea: true,
      }),
      pager(page, document.links),
      featureTable(page, collection.id, document.features),
      pager(page, document.links),
      others.length > 0 && h('section', {}, h('h2', {}, 'Links'), linkList(page, others)),
      h('p', {}, h('a', { href: relativeTo(page, collectionPath(collection.id)) }, `About ${collection.title}`)),
    ],
  });
}

function summary(document: FeatureCollectionDocument, page: PageContext): string {
  const returned = document.features.length;
  const total = document.numberMatched;
  const offset = Number(page.query?.offset ?? 0);
  if (returned === 0) return 'No feature matches.';
  const range = `Features ${count(offset + 1)} to ${count(offset + returned)}`;
  return total === undefined ? range : `${range} of ${count(total)}`;
}

/** Page size for forms, and a way out of every filter in force. */
function filters(page: PageContext): Element {
  const query = Object.entries(page.query ?? {}).filter(([name, value]) => value !== undefined && !['limit', 'offset', 'f'].includes(name));
  const limit = page.query?.limit ?? '10';
  const sizes = [...new Set(['10', '50', '200', '1000', limit])].toSorted((a, b) => Number(a) - Number(b));
  return h(
    'form',
    { method: 'get', action: relativeTo(page, page.path), class: 'search' },
    query.map(([name, value]) => h('input', { type: 'hidden', name, value })),
    h('label', { for: 'limit' }, 'Rows'),
    h(
      'select',
      { id: 'limit', name: 'limit' },
      sizes.map((size) => h('option', { value: size, selected: size === limit }, size)),
    ),
    h('button', { class: 'button', type: 'submit' }, 'Show'),
    query.map(([name, value]) => h('span', { class: 'chip' }, `${name}=${value}`)),
    query.length > 0 && h('a', { class: 'button', href: relativeTo(page, page.path) }, 'Clear filters'),
  );
}

function geojsonUrl(document: FeatureCollectionDocument): string | undefined {
  return document.links.find((link) => ['alternate', 'self'].includes(link.rel) && link.type === MEDIA.geojson)?.href;
}

function bboxOf(page: PageContext): Bbox | undefined {
  const numbers = (page.query?.bbox ?? '').split(',').map(Number);
  const [west, south, east, north] = numbers;
  if (west === undefined || south === undefined || east === undefined || north === undefined) return undefined;
  return numbers.length === 4 && numbers.every(Number.isFinite) ? [west, south, east, north] : undefined;
}

import type { Bbox } from '../base/bbox.ts';
import { REL } from '../base/link.ts';
import { element as h, type Element } from '../markup/element.ts';
import type { CollectionDocument } from '../model/common.ts';
import { bboxText, collectionPath, extentBbox, extentTime, kindLabel, tileSetsUrl } from './collection-facts.ts';
import { locatorMap, type LocatorShape } from './locator-map.ts';
import { collectionColor } from '../style/palette.ts';
import type { PageContext } from './page-context.ts';
import { previewTile } from './preview-tile.ts';
import { relativeTo, relativeUrl } from './relative-url.ts';

/** By geometry dimension. */
const SHAPES: readonly LocatorShape[] = ['points', 'lines', 'areas'];

/** Collections as cards with small maps, headed by `h2` or `h3`; `locatorShapes()` must stand before them in the page. */
export function collectionCards(page: PageContext, collections: readonly CollectionDocument[], heading: 'h2' | 'h3'): Element {
  return h(
    'ul',
    { class: 'cards' },
    collections.map((collection) => h('li', {}, card(page, collection, heading))),
  );
}

/** Rasters show themselves, by a tile from their middle; everything else shows where it lies. */
function picture(page: PageContext, collection: CollectionDocument, bbox: Bbox | undefined): Element {
  const tiles = tileSetsUrl(collection);
  if (bbox === undefined || tiles === undefined || !collection.links.some((link) => link.rel === REL.tilesetsMap)) {
    return locatorMap(bbox, collectionColor(collection.id), SHAPES[collection.geometryDimension ?? 2]);
  }
  const src = relativeUrl(page, `${tiles}/WebMercatorQuad/${previewTile(bbox).join('/')}?f=png`);
  return h('img', { class: 'locator', src, alt: '', loading: 'lazy', width: 256, height: 256 });
}

function card(page: PageContext, collection: CollectionDocument, heading: 'h2' | 'h3'): Element {
  const bbox = extentBbox(collection.extent);
  const time = extentTime(collection.extent);
  return h(
    'article',
    { class: 'card' },
    picture(page, collection, bbox),
    h(
      'div',
      { class: 'card-text' },
      h(heading, {}, h('a', { href: relativeTo(page, collectionPath(collection.id)) }, collection.title)),
      h(
        'p',
        { class: 'card-facts' },
        h('span', { class: 'chip' }, kindLabel(collection)),
        collection.title !== collection.id && h('code', {}, collection.id),
      ),
      collection.description !== undefined && h('p', { class: 'clamp' }, collection.description),
      time !== undefined && h('p', { class: 'quiet' }, time),
      bbox === undefined && h('p', { class: 'quiet' }, 'Extent not known yet'),
      bbox !== undefined && h('p', { class: 'visually-hidden' }, `Extent ${bboxText(bbox)}`),
    ),
  );
}

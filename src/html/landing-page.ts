import { element as h, type Child, type Element } from '../markup/element.ts';
import type { CollectionDocument, LandingPage } from '../model/common.ts';
import { collectionCards } from './collection-card.ts';
import { bboxText, extentBbox, extentTime } from './collection-facts.ts';
import { copyBox } from './copy-box.ts';
import { crsName } from './crs-name.ts';
import { globe } from './globe.ts';
import { renderLayout } from './layout.ts';
import { anchor, findLink, linkList } from './link-list.ts';
import { locatorShapes } from './locator-map.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';
import { factList } from './table.ts';
import { count } from './value.ts';

/** What the landing page can show besides its document. */
export interface LandingExtras {
  /** The first collections, for a taste. */
  readonly collections?: readonly CollectionDocument[];
  /** How many there are in all. */
  readonly total?: number;
}

/** The landing page: what is here, where to begin, and the addresses to give to other programs. */
export function renderLandingPage(document: LandingPage, page: PageContext, extras: LandingExtras = {}): string {
  const collections = extras.collections ?? [];
  return renderLayout(page, {
    title: document.title,
    description: document.description,
    links: document.links,
    main: [
      hero(document, page, extras.total),
      collections.length > 0 && [
        h(
          'section',
          {},
          h('h2', {}, 'What is here'),
          locatorShapes(),
          collectionCards(page, collections, 'h3'),
          more(page, collections.length, extras.total),
        ),
      ],
      elsewhere(document, page),
      reach(page, document),
      credits(document, collections),
      h('section', {}, h('h2', {}, 'All entry points'), linkList(page, document.links)),
    ],
  });
}

function hero(document: LandingPage, page: PageContext, total: number | undefined): Element {
  return h(
    'section',
    { class: 'hero' },
    h(
      'div',
      {},
      h('h1', {}, document.title),
      h('p', { class: 'lead' }, document.description),
      h(
        'p',
        { class: 'actions' },
        h('a', { class: 'button strong', href: relativeTo(page, '/viewer') }, 'Open the map'),
        h(
          'a',
          { class: 'button', href: relativeTo(page, '/collections') },
          total === undefined ? 'Browse collections' : `Browse ${count(total)} ${total === 1 ? 'collection' : 'collections'}`,
        ),
      ),
    ),
    globe(),
  );
}

function more(page: PageContext, shown: number, total: number | undefined): Child {
  if (total === undefined || total <= shown) return undefined;
  return h(
    'p',
    { class: 'actions' },
    h('a', { class: 'button', href: relativeTo(page, '/collections') }, `All ${count(total)} collections`),
  );
}

function elsewhere(document: LandingPage, page: PageContext): Element {
  const { root } = page;
  const api = findLink(
    document.links.filter((link) => link.type !== 'text/html'),
    'service-desc',
  );
  return h(
    'section',
    {},
    h('h2', {}, 'Use it elsewhere'),
    h(
      'div',
      { class: 'columns' },
      copyBox(
        'QGIS, GDAL and other OGC API clients',
        `${root}/`,
        'In QGIS: Data Source Manager, WFS / OGC API – Features, New. For GDAL put OAPIF: before it.',
      ),
      copyBox('MapLibre style of everything', `${root}/style.json`, 'For MapLibre GL, OpenLayers (ol-mapbox-style) and QGIS vector tiles.'),
      api !== undefined && copyBox('OpenAPI document', api.href, 'Every path and parameter, for code generators and API tools.'),
    ),
  );
}

/** Where and when everything lies, and in which CRSs pictures of it can be had. */
function reach(page: PageContext, { extent, crs = [] }: LandingPage): Child {
  const bbox = extentBbox(extent);
  if (bbox === undefined) return undefined;
  return h(
    'section',
    {},
    h('h2', {}, 'Facts'),
    factList([
      ['Extent', bboxText(bbox)],
      ['Time', extentTime(extent)],
      ['Available in', crs.length > 0 && crs.map((uri, i) => [i > 0 && ', ', anchor(page, uri, crsName(uri))])],
    ]),
  );
}

/** Who made the data: each credit once. */
function credits(document: LandingPage, collections: readonly CollectionDocument[]): Child {
  const lines = [document.attribution, ...collections.map((collection) => collection.attribution)];
  const known = [...new Set(lines.filter((line) => line !== undefined && line !== ''))];
  if (known.length === 0) return undefined;
  return h(
    'section',
    {},
    h('h2', {}, 'Credits'),
    h(
      'ul',
      { class: 'credits' },
      known.map((line) => h('li', {}, line)),
    ),
  );
}

import { element as h, type Child, type Element } from '../markup/element.ts';
import type { TileSetDocument, TileSets } from '../model/tiles.ts';
import { renderLayout, type Crumb } from './layout.ts';
import { findLink, linkList } from './link-list.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo, relativeUrl } from './relative-url.ts';
import { scrollTable } from './table.ts';

/** What tiles are made of: `undefined` for those of the whole service. */
export interface TilesOf {
  readonly collection: { readonly id: string; readonly title: string } | undefined;
  /** `Map tiles` or `Vector tiles`. */
  readonly what: string;
}

/** The tilesets of a collection, or of everything. */
export function renderTileSetsPage(document: TileSets, page: PageContext, of: TilesOf): string {
  return renderLayout(page, {
    title: of.what,
    crumbs: tileCrumbs(of),
    links: document.links ?? [],
    main: [
      h('h1', {}, of.collection === undefined ? `${of.what} of everything` : `${of.what} of ${of.collection.title}`),
      h('p', { class: 'lead' }, 'One tileset for each tile matrix set. Web maps use WebMercatorQuad.'),
      scrollTable(
        'Tilesets',
        ['Tile matrix set', 'Projection', 'See'],
        document.tilesets.map((tileset) => row(page, tileset)),
      ),
      h('section', {}, h('h2', {}, 'Links'), linkList(page, document.links ?? [])),
    ],
  });
}

/** The path to the pages of a collection's (or everything's) tiles. */
export function tileCrumbs(of: TilesOf): readonly Crumb[] {
  if (of.collection === undefined) return [];
  return [
    { title: 'Collections', path: '/collections' },
    { title: of.collection.title, path: `/collections/${encodeURIComponent(of.collection.id)}` },
  ];
}

/** The tile matrix set's id, however the document names it. */
export function matrixSetId(tileset: TileSetDocument): string {
  return tileset.tileMatrixSetId ?? tileset.tileMatrixSetURI?.split('/').at(-1) ?? tileset.title ?? 'tileset';
}

function row(page: PageContext, tileset: TileSetDocument): readonly Child[] {
  const id = matrixSetId(tileset);
  const own = `${page.path.replace(/\/$/, '')}/${encodeURIComponent(id)}`;
  const self = findLink(tileset.links, 'self', 'http://www.opengis.net/def/rel/ogc/1.0/tileset');
  return [
    h('a', { href: relativeTo(page, own) }, id),
    h('code', {}, tileset.crs),
    [
      id === 'WebMercatorQuad' && tileset.dataType !== 'coverage' && mapAnchor(page, own),
      self !== undefined && h('a', { href: relativeUrl(page, self.href) }, 'Metadata'),
    ],
  ];
}

function mapAnchor(page: PageContext, own: string): Element {
  return h('a', { class: 'spaced', href: relativeTo(page, `${own}/map.html`) }, 'Map');
}

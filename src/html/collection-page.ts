import { element as h, type Child, type Element } from '../markup/element.ts';
import { REL } from '../base/link.ts';
import type { CollectionDocument, SchemaDocument } from '../model/common.ts';
import type { FeatureCollectionDocument } from '../model/features.ts';
import {
  bboxText,
  collectionPath,
  extentBbox,
  extentDimensions,
  extentTime,
  kindLabel,
  styleUrl,
  tileSetsUrl,
} from './collection-facts.ts';
import { copyBox } from './copy-box.ts';
import { crsName } from './crs-name.ts';
import { featureTable } from './feature-table.ts';
import { renderLayout } from './layout.ts';
import { anchor, findLink, linkList } from './link-list.ts';
import { mapBox } from './map-box.ts';
import type { PageContext } from './page-context.ts';
import { rasterActions, rasterPicture, rasterSections, type RasterExtras } from './raster-sections.ts';
import { relativeTo, relativeUrl } from './relative-url.ts';
import { schemaTable } from './schema-table.ts';
import { factList } from './table.ts';
import { count } from './value.ts';

/** What a collection's page can show besides its document. */
export interface CollectionExtras {
  /** The first features, for a taste. */
  readonly features?: FeatureCollectionDocument;
  readonly schema?: SchemaDocument;
  /** Of a raster. */
  readonly raster?: RasterExtras;
}

/** One collection: map, first features, properties, facts, addresses for other programs, links. */
export function renderCollectionPage(document: CollectionDocument, page: PageContext, extras: CollectionExtras = {}): string {
  const style = styleUrl(document);
  const items = findLink(document.links, 'items');
  const bbox = extentBbox(document.extent);
  return renderLayout(page, {
    title: document.title,
    description: document.description,
    crumbs: [{ title: 'Collections', path: '/collections' }],
    links: document.links,
    main: [
      intro(document),
      h(
        'p',
        { class: 'actions' },
        extras.raster !== undefined && rasterActions(page, extras.raster),
        items !== undefined && extras.raster !== undefined && h('a', { class: 'button', href: relativeUrl(page, items.href) }, 'Rows'),
        items !== undefined &&
          extras.raster === undefined &&
          h('a', { class: 'button strong', href: relativeUrl(page, items.href) }, 'Browse features'),
        style !== undefined && h('a', { class: 'button', href: viewerHref(page, document.id) }, 'Open in the map'),
      ),
      style !== undefined && extras.raster === undefined && mapBox(page, { label: `Map of ${document.title}`, style, bbox }),
      extras.raster !== undefined && rasterPicture(page, extras.raster),
      extras.features !== undefined && firstFeatures(page, document.id, extras.features),
      extras.schema !== undefined && h('section', {}, h('h2', {}, 'Properties'), schemaTable(extras.schema)),
      h('section', {}, h('h2', {}, 'Facts'), facts(page, document)),
      extras.raster === undefined ? elsewhere(document, page) : rasterSections(page, extras.raster),
      h('section', {}, h('h2', {}, 'Links'), linkList(page, document.links)),
    ],
  });
}

function intro(document: CollectionDocument): Child {
  return [
    h('h1', {}, document.title),
    document.description !== undefined && h('p', { class: 'lead' }, document.description),
    h(
      'p',
      { class: 'chips' },
      h('span', { class: 'chip' }, kindLabel(document)),
      (document.keywords ?? []).map((keyword) => h('span', { class: 'chip' }, keyword)),
    ),
  ];
}

function viewerHref(page: PageContext, collectionId: string): string {
  return `${relativeTo(page, '/viewer')}#show=${encodeURIComponent(collectionId)}&fit`;
}

function firstFeatures(page: PageContext, collectionId: string, features: FeatureCollectionDocument): Element {
  const total = features.numberMatched;
  const all = `${relativeTo(page, `${collectionPath(collectionId)}/items`)}`;
  return h(
    'section',
    {},
    h('h2', {}, 'First features'),
    featureTable(page, collectionId, features.features),
    h('p', {}, h('a', { href: all }, total === undefined ? 'All features' : `All ${count(total)} features`)),
  );
}

function facts(page: PageContext, document: CollectionDocument): Element {
  const bbox = extentBbox(document.extent);
  const crs = document.crs ?? [];
  return factList([
    ['Id', h('code', {}, document.id)],
    ['Extent', bbox === undefined ? 'not known' : bboxText(bbox)],
    ['Time', extentTime(document.extent)],
    ...extentDimensions(document.extent),
    ['Credit', document.attribution],
    ['Kept in', document.storageCrs !== undefined && anchor(page, document.storageCrs, crsName(document.storageCrs))],
    ['Available in', crs.length > 0 && crs.map((uri, i) => [i > 0 && ', ', uri.startsWith('#') ? uri : anchor(page, uri, crsName(uri))])],
  ]);
}

function elsewhere(document: CollectionDocument, page: PageContext): Child {
  const tiles = tileSetsUrl(document);
  const features = document.links.find((link) => link.rel === 'items' && link.type === 'application/geo+json');
  const vector = document.links.some((link) => link.rel === REL.tilesetsVector);
  if (tiles === undefined && features === undefined) return undefined;
  return h(
    'section',
    {},
    h('h2', {}, 'Use it elsewhere'),
    h(
      'div',
      { class: 'columns' },
      features !== undefined && copyBox('Features as GeoJSON', features.href),
      tiles !== undefined && copyBox('TileJSON', `${tiles}/WebMercatorQuad/tilejson.json`),
      tiles !== undefined && vector && copyBox('MapLibre style', `${tiles}/WebMercatorQuad/style.json`),
      tiles !== undefined &&
        copyBox(
          'XYZ tiles',
          `${page.root}/xyz/${encodeURIComponent(document.id)}/{z}/{x}/{y}.${vector ? 'mvt' : 'png'}`,
          vector ? 'QGIS: Vector Tiles.' : 'Leaflet and QGIS: XYZ Tiles.',
        ),
      features !== undefined && copyBox('GDAL', `ogrinfo "OAPIF:${page.root}/" "${document.id.replace(/["\\$`]/g, '\\$&')}"`),
    ),
  );
}

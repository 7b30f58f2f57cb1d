import type { RasterCollection } from '../catalog/collection.ts';
import { element as h, type Child, type Element } from '../markup/element.ts';
import { bandTable } from './band-table.ts';
import { collectionPath } from './collection-facts.ts';
import { copyBox } from './copy-box.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';
import { rasterMapPath } from './raster-page.ts';

/** What a raster's page shows besides its document. */
export interface RasterExtras {
  readonly collection: Pick<RasterCollection, 'id' | 'title' | 'bands'>;
  /** Absolute addresses of the classic services' capabilities, where they are served. */
  readonly wms?: string | undefined;
  readonly wmts?: string | undefined;
}

/** The first thing to do with a raster: look at it, choosing how. */
export function rasterActions(page: PageContext, { collection }: RasterExtras): Child {
  const path = collectionPath(collection.id);
  return [
    h('a', { class: 'button strong', href: relativeTo(page, rasterMapPath(collection.id)) }, 'Choose its look on the map'),
    h('a', { class: 'button', href: `${relativeTo(page, `${path}/statistics`)}?f=html` }, 'Statistics'),
    h('a', { class: 'button', href: `${relativeTo(page, `${path}/valuecount`)}?f=html` }, 'Values'),
  ];
}

/** The picture and what its colours mean. */
export function rasterPicture(page: PageContext, { collection }: RasterExtras): Element {
  const path = collectionPath(collection.id);
  return h(
    'section',
    { class: 'pictured' },
    h('img', {
      class: 'still-map',
      src: `${relativeTo(page, `${path}/map`)}?f=png&width=720`,
      alt: `Picture of ${collection.title}`,
      loading: 'lazy',
    }),
    h(
      'figure',
      { class: 'legend' },
      h('img', { src: `${relativeTo(page, `${path}/legend`)}?f=svg`, alt: `Legend of ${collection.title}`, loading: 'lazy' }),
      h(
        'figcaption',
        { class: 'quiet' },
        h('a', { href: `${relativeTo(page, `${path}/legend`)}?f=html` }, 'Legend'),
        ' · ',
        h('a', { href: relativeTo(page, '/colorMaps') }, 'Other colours'),
      ),
    ),
  );
}

/** Bands, and what to take away: files and addresses. */
export function rasterSections(page: PageContext, extras: RasterExtras): Child {
  const { collection, wms, wmts } = extras;
  const path = relativeTo(page, collectionPath(collection.id));
  const root = `${page.root}${collectionPath(collection.id)}`;
  return [
    h('section', {}, h('h2', {}, 'Bands'), bandTable(collection.bands)),
    h(
      'section',
      {},
      h('h2', {}, 'Download'),
      h(
        'p',
        { class: 'actions' },
        h('a', { class: 'button', href: `${path}/coverage?f=geotiff` }, 'GeoTIFF, all values'),
        h('a', { class: 'button', href: `${path}/coverage?f=cog` }, 'Cloud-optimised GeoTIFF'),
        h('a', { class: 'button', href: `${path}/map?f=png&width=2048` }, 'PNG, the picture'),
      ),
      h('p', {}, h('a', { href: `${path}/coverage?f=html` }, 'Other formats, and parts of it')),
    ),
    h(
      'section',
      {},
      h('h2', {}, 'Use it elsewhere'),
      h(
        'div',
        { class: 'columns' },
        copyBox('XYZ tiles', `${page.root}/xyz/${encodeURIComponent(collection.id)}/{z}/{x}/{y}.png`, 'Leaflet and QGIS: XYZ Tiles.'),
        copyBox('TileJSON', `${root}/map/tiles/WebMercatorQuad/tilejson.json`),
        wms !== undefined && copyBox('WMS', wms, `Layer: ${collection.id}`),
        wmts !== undefined && copyBox('WMTS', wmts, `Layer: ${collection.id}`),
        copyBox('GDAL', `gdalinfo "OGCAPI:${root}"`, 'The values: OGC API Coverages.'),
        copyBox('Values under a point', `${root}/point/{lon},{lat}`),
      ),
    ),
  ];
}

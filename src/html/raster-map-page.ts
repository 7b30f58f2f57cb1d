import { element as h, type Element } from '../markup/element.ts';
import { copyBox } from './copy-box.ts';
import { renderLayout, type Crumb } from './layout.ts';
import { lookForm, type LookFacts } from './look-panel.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';

/** What the page of one raster on a map is made of. */
export interface RasterMap extends LookFacts {
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  /** Path under the root of the collection, percent-encoded. */
  readonly path: string;
}

/** One raster on a map that fills the window, with the panel in which its look is chosen. `raster-viewer.js` brings both to life. */
export function renderRasterMapPage(map: RasterMap, page: PageContext): string {
  const title = `Map of ${map.title}`;
  return renderLayout(page, {
    title,
    crumbs: map.crumbs,
    shape: 'map',
    scripts: ['raster-viewer.js'],
    main: [
      h('h1', { class: 'visually-hidden' }, title),
      h(
        'div',
        { class: 'viewer', 'data-raster': true, 'data-collection': relativeTo(page, map.path), 'data-bands': bandFacts(map) },
        panel(page, map),
        h(
          'div',
          { class: 'viewer-map', role: 'region', 'aria-label': title },
          h('p', { class: 'map-note' }, 'The map appears here when scripts are on.'),
        ),
      ),
    ],
  });
}

/** What the reader of values needs to know of bands: `[{"name": "b1", "title": "Depth", "unit": "m"}]`. */
function bandFacts({ collection }: LookFacts): string {
  return JSON.stringify(collection.bands.map(({ name, title, unit }) => ({ name, title, unit })));
}

function panel(page: PageContext, map: RasterMap): Element {
  const tiles = `${page.root}${map.path}/map/tiles/WebMercatorQuad`;
  return h(
    'section',
    { class: 'panel', 'aria-label': 'Look of the map' },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', {}, 'Look'),
      h(
        'button',
        {
          type: 'button',
          class: 'button small',
          'data-panel-toggle': 'Hide choices|Show choices',
          'aria-expanded': 'true',
          'aria-controls': 'panel-body',
        },
        'Hide choices',
      ),
    ),
    h(
      'div',
      { class: 'panel-body', id: 'panel-body' },
      h('section', {
        class: 'picked',
        'data-picked': true,
        hidden: true,
        'aria-live': 'polite',
        tabindex: -1,
        'aria-label': 'Values at this place',
      }),
      h('p', { class: 'fault', 'data-fault': '', role: 'alert', hidden: true }),
      h(
        'section',
        { class: 'legend', 'aria-label': 'Legend' },
        h('img', { 'data-legend': true, alt: 'Legend', src: `${relativeTo(page, `${map.path}/legend`)}?f=svg` }),
      ),
      lookForm(page, map),
      h(
        'section',
        { class: 'elsewhere' },
        h('h3', {}, 'This picture elsewhere'),
        h('div', { 'data-url': 'xyz' }, copyBox('XYZ tiles', `${tiles}/{z}/{y}/{x}?f=png`, 'QGIS: XYZ Tiles. Leaflet, OpenLayers.')),
        h('div', { 'data-url': 'tilejson' }, copyBox('TileJSON', `${tiles}/tilejson.json`)),
      ),
    ),
  );
}

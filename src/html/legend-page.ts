import { element as h } from '../markup/element.ts';
import type { LegendDocument } from '../model/rasters.ts';
import { copyBox } from './copy-box.ts';
import { legendTable } from './legend-table.ts';
import type { PageContext } from './page-context.ts';
import { rasterMapPath, renderRasterPage, type OfRaster } from './raster-page.ts';
import { relativeTo } from './relative-url.ts';
import { factList } from './table.ts';

/** A legend as a picture and as a table, and the addresses of its picture. `picture` is absolute, by format. */
export function renderLegendPage(
  legend: LegendDocument,
  page: PageContext,
  of: OfRaster & { readonly picture: (f: 'svg' | 'png') => string },
): string {
  const given = Object.entries(page.query ?? {}).filter(([name]) => name !== 'f');
  return renderRasterPage(page, of, {
    title: 'Legend',
    main: [
      h(
        'p',
        { class: 'actions' },
        h('a', { class: 'button', href: relativeTo(page, rasterMapPath(of.collection.id)) }, 'Choose the look on the map'),
      ),
      h('p', {}, h('img', { class: 'legend-picture', src: pictureHref(page), alt: '' })),
      given.length > 0 &&
        h('section', {}, h('h2', {}, 'Asked for'), factList(given.map(([name, value]) => [name, h('code', {}, value ?? '')]))),
      h('section', {}, h('h2', {}, 'Colours'), legendTable(legend)),
      h(
        'section',
        {},
        h('h2', {}, 'Use it elsewhere'),
        h(
          'div',
          { class: 'columns' },
          copyBox('SVG', of.picture('svg')),
          copyBox('PNG', of.picture('png'), 'Takes the parameters of maps and tiles.'),
        ),
      ),
    ],
  });
}

function pictureHref(page: PageContext): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(page.query ?? {})) if (value !== undefined) query.set(name, value);
  query.set('f', 'svg');
  return `${relativeTo(page, page.path)}?${query.toString()}`;
}

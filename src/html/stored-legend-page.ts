import { element as h } from '../markup/element.ts';
import type { LegendDocument } from '../model/rasters.ts';
import { copyBox } from './copy-box.ts';
import { renderLayout } from './layout.ts';
import { legendTable } from './legend-table.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';

/** A legend that the database keeps: its picture, its colours, and how to draw with them. */
export function renderStoredLegendPage(legend: LegendDocument, page: PageContext): string {
  const { title } = legend;
  return renderLayout(page, {
    title,
    crumbs: [{ title: 'Colour maps', path: '/colorMaps' }],
    main: [
      h('h1', {}, title),
      h('p', { class: 'lead' }, 'A legend of this database, for pictures of any raster.'),
      h('p', {}, h('img', { class: 'legend-picture', src: `${relativeTo(page, page.path)}?f=svg`, alt: '' })),
      copyBox('In a request for a map or a tile', `legend=${encodeURIComponent(title)}`),
      h('section', {}, h('h2', {}, 'Colours'), legendTable(legend)),
    ],
  });
}

import { element as h } from '../markup/element.ts';
import type { RasterInfo } from '../model/rasters.ts';
import { bandTable } from './band-table.ts';
import { crsName } from './crs-name.ts';
import { figure } from './figure.ts';
import { anchor, linkSection } from './link-list.ts';
import type { PageContext } from './page-context.ts';
import { renderRasterPage, type OfRaster } from './raster-page.ts';
import { factList, scrollTable } from './table.ts';
import { count } from './value.ts';

/** What a raster holds: size, place, bands, levels of the pyramid. */
export function renderRasterInfoPage(info: RasterInfo, page: PageContext, of: OfRaster): string {
  const { width, height, bounds } = info;
  return renderRasterPage(page, of, {
    title: 'Contents',
    main: [
      info.description !== undefined && h('p', { class: 'lead' }, info.description),
      factList([
        ['Cells', width !== undefined && height !== undefined && `${count(width)} × ${count(height)}`],
        ['Bounds', bounds === null ? 'not known yet' : bounds.map(figure).join(', ')],
        ['CRS', anchor(page, info.crs, crsName(info.crs))],
        ['Type', info.dtype],
      ]),
      h('section', {}, h('h2', {}, 'Bands'), bandTable(of.collection.bands)),
      h(
        'section',
        {},
        h('h2', {}, 'Levels'),
        scrollTable(
          'Levels of the pyramid',
          ['Level', 'Size of a pixel'],
          info.levels.map(({ factor, resolution }) => [
            factor === 1 ? 'the table itself' : `1 : ${factor}`,
            resolution.map((size) => figure(Number(size.toPrecision(6)))).join(' × '),
          ]),
        ),
      ),
      linkSection(page, info.links),
    ],
  });
}

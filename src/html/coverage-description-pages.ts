import { element as h } from '../markup/element.ts';
import type { DomainSet, RangeType } from '../model/coverages.ts';
import { bandTable } from './band-table.ts';
import { crsName } from './crs-name.ts';
import { anchor } from './link-list.ts';
import type { PageContext } from './page-context.ts';
import { renderRasterPage, type OfRaster } from './raster-page.ts';
import { factList, scrollTable } from './table.ts';
import { count } from './value.ts';

/** Where the cells of a coverage lie: its axes in the order of the CRS. */
export function renderDomainSetPage({ generalGrid }: DomainSet, page: PageContext, of: OfRaster): string {
  const cells = generalGrid.gridLimits.axis;
  return renderRasterPage(page, of, {
    title: 'Cells',
    main: [
      factList([
        ['CRS', anchor(page, generalGrid.srsName, crsName(generalGrid.srsName))],
        ['Cells', cells.map(({ lowerBound, upperBound }) => count(upperBound - lowerBound + 1)).join(' × ')],
      ]),
      h(
        'section',
        {},
        h('h2', {}, 'Axes'),
        scrollTable(
          'Axes',
          ['Axis', 'From', 'To', 'Size of a cell', 'Unit'],
          generalGrid.axis.map((axis) =>
            axis.type === 'RegularAxis'
              ? [axis.axisLabel, exact(axis.lowerBound), exact(axis.upperBound), exact(axis.resolution), axis.uomLabel]
              : [
                  axis.axisLabel,
                  axis.coordinate[0] ?? '',
                  axis.coordinate.at(-1) ?? '',
                  `${count(axis.coordinate.length)} instants`,
                  axis.uomLabel,
                ],
          ),
        ),
      ),
    ],
  });
}

/** What the numbers of a coverage mean: the document lists the same bands. */
export function renderRangeTypePage(_: RangeType, page: PageContext, of: OfRaster): string {
  return renderRasterPage(page, of, { title: 'Fields', main: bandTable(of.collection.bands) });
}

/** Bounds with all the digits that place a cell, and a true minus sign. */
function exact(value: number): string {
  return String(Number(value.toPrecision(12))).replace('-', '\u2212');
}

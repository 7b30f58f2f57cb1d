import { element as h, type Child, type Element } from '../markup/element.ts';
import type { BandStatisticsDocument, RasterStatistics } from '../model/rasters.ts';
import { figure, percent } from './figure.ts';
import { histogram } from './histogram.ts';
import type { PageContext } from './page-context.ts';
import { exactness, rasterMapPath, renderRasterPage, withParameter, type OfRaster } from './raster-page.ts';
import { relativeTo } from './relative-url.ts';
import { factList, scrollTable } from './table.ts';
import { count } from './value.ts';

/** Bins that a page shows unless somebody asked for a number of them. */
const PAGE_BINS = 50;

/** Statistics by band: a table of all, then each band's histogram and what else is known. */
export function renderStatisticsPage(statistics: RasterStatistics, page: PageContext, of: OfRaster): string {
  const bands = Object.entries(statistics);
  const [first] = Object.values(statistics);
  const percentiles = Object.keys(first ?? {}).filter((name) => name.startsWith('percentile_'));
  return renderRasterPage(page, of, {
    title: 'Statistics',
    main: [
      first !== undefined && exactness(page, first),
      h(
        'p',
        { class: 'actions' },
        h('a', { class: 'button', href: relativeTo(page, rasterMapPath(of.collection.id)) }, 'See it on the map'),
        page.query?.['histogram_bins'] === undefined &&
          h('a', { class: 'button', href: withParameter(page, 'histogram_bins', String(PAGE_BINS)) }, `Histogram of ${PAGE_BINS} bins`),
      ),
      scrollTable(
        'Statistics by band',
        ['Band', 'Lowest', ...percentiles.map(percentileName), 'Median', 'Mean', 'Highest', 'Standard deviation', 'With data'],
        bands.map(([name, band]) => [
          bandName(of, name),
          ...[band.min, ...percentiles.map((key) => numberOf(band[key])), band.median, band.mean, band.max, band.std].map(figure),
          percent(band.valid_percent / 100),
        ]),
      ),
      bands.map(([name, band]) => section(of, name, band)),
    ],
  });
}

function section(of: OfRaster, name: string, band: BandStatisticsDocument): Element {
  const [counts, edges] = band.histogram ?? [[], []];
  return h(
    'section',
    {},
    h('h2', {}, bandName(of, name)),
    counts.length > 0 ? histogram(name, counts, edges) : h('p', { class: 'quiet' }, 'There are no values to draw a histogram of.'),
    factList([
      ['Pixels with data', count(band.valid_pixels)],
      ['Pixels without', count(band.masked_pixels)],
      ['Different values', band.unique === null ? 'too many to count' : count(band.unique)],
      ['Commonest value', figure(band.majority)],
      ['Rarest value', figure(band.minority)],
      ['Sum', figure(band.sum)],
    ]),
  );
}

/** `Near infrared (b4)` where the band has a title. */
function bandName({ collection }: OfRaster, name: string): Child {
  const title = collection.bands.find((band) => band.name === name)?.title;
  return title === undefined ? name : `${title} (${name})`;
}

function percentileName(key: string): string {
  return `${key.replace('percentile_', '').replace('_', '.')} % below`;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

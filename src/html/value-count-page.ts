import { element as h, type Child, type Element } from '../markup/element.ts';
import type { ValueCountsDocument } from '../model/rasters.ts';
import { colorSwatch } from './color-swatch.ts';
import { figure, percent, squareKilometres } from './figure.ts';
import type { PageContext } from './page-context.ts';
import { exactness, renderRasterPage, type OfRaster } from './raster-page.ts';
import { scrollTable } from './table.ts';
import { count } from './value.ts';

/** Rows that a page shows; the JSON has all. */
const MOST_ROWS = 200;

type BandCounts = ValueCountsDocument['bands'][number];
type Counted = NonNullable<BandCounts['values']>[number];

/** How often each value occurs; `colors` are those of the picture by value, `#rrggbb`. */
export function renderValueCountPage(
  document: ValueCountsDocument,
  page: PageContext,
  of: OfRaster & { readonly colors: ReadonlyMap<number, string> },
): string {
  return renderRasterPage(page, of, {
    title: 'Values',
    main: [exactness(page, document), document.bands.map((band) => section(band, of.colors, document.bands.length > 1))],
  });
}

function section({ name, values }: BandCounts, colors: ReadonlyMap<number, string>, several: boolean): Element {
  const heading = several && h('h2', {}, name);
  if (values === null) return h('section', {}, heading, h('p', { class: 'empty' }, 'There are too many different values to count.'));
  if (values.length === 0) return h('section', {}, heading, h('p', { class: 'empty' }, 'No pixel has a value.'));
  const total = values.reduce((sum, { count: pixels }) => sum + pixels, 0);
  const shown = values.length <= MOST_ROWS ? values : values.toSorted((a, b) => b.count - a.count).slice(0, MOST_ROWS);
  const labelled = shown.some(({ label }) => label !== undefined);
  return h(
    'section',
    {},
    heading,
    shown.length < values.length && h('p', {}, `The ${MOST_ROWS} commonest of ${count(values.length)} values; the JSON holds all.`),
    scrollTable(
      `Values of ${name}`,
      ['Value', ...(labelled ? ['Meaning'] : []), 'Pixels', 'Share', 'Area, km²'],
      shown.map((entry) => row(entry, { color: colors.get(entry.value), labelled, total })),
    ),
  );
}

function row(
  { value, label, count: pixels, area }: Counted,
  { color, labelled, total }: { readonly color: string | undefined; readonly labelled: boolean; readonly total: number },
): readonly Child[] {
  return [
    h('span', { class: 'swatched' }, color !== undefined && colorSwatch(color), figure(value)),
    ...(labelled ? [label ?? ''] : []),
    count(pixels),
    percent(pixels / total),
    squareKilometres(area),
  ];
}

import { element as h, type Child, type Element } from '../markup/element.ts';
import type { PointDocument } from '../model/rasters.ts';
import { figure } from './figure.ts';
import type { PageContext } from './page-context.ts';
import { rasterMapPath, renderRasterPage, type OfRaster } from './raster-page.ts';
import { relativeTo } from './relative-url.ts';
import { scrollTable } from './table.ts';

/** Values under a point by band, and of every time. */
export function renderPointPage(document: PointDocument, page: PageContext, of: OfRaster): string {
  const [x, y] = document.coordinates;
  const isLonLat = page.query?.['coord_crs'] === undefined;
  const band = (name: string) => of.collection.bands.find((known) => known.name === name);
  const column = (name: string): string => {
    const unit = band(name)?.unit;
    return unit === undefined ? (band(name)?.title ?? name) : `${band(name)?.title ?? name}, ${unit}`;
  };
  return renderRasterPage(page, of, {
    title: 'Values',
    main: [
      h('p', { class: 'lead' }, isLonLat ? `Longitude ${figure(x)}°, latitude ${figure(y)}°.` : `At ${figure(x)}, ${figure(y)}.`),
      isLonLat &&
        h(
          'p',
          { class: 'actions' },
          h(
            'a',
            { class: 'button', href: `${relativeTo(page, rasterMapPath(of.collection.id))}#at=8/${y}/${x}` },
            'See the place on the map',
          ),
        ),
      document.times.length > 0 && h('h2', {}, `Newest: ${document.times[0]?.time.replace(/T00:00:00Z$/, '') ?? ''}`),
      valueTable(document, of),
      document.times.length > 0 &&
        h(
          'section',
          {},
          h('h2', {}, 'By time'),
          scrollTable(
            'Values by time',
            ['Time', ...document.band_names.map(column)],
            document.times.map(({ time, values }) => [time.replace(/T00:00:00Z$/, ''), ...values.map(valueText)]),
          ),
        ),
    ],
  });
}

/** One row a band; columns that nobody filled are left out. */
function valueTable({ values, band_names: names }: PointDocument, { collection }: OfRaster): Element {
  const bands = names.map((name) => collection.bands.find((band) => band.name === name));
  const hasUnits = bands.some((band) => band?.unit !== undefined);
  const hasTitles = bands.some((band) => band?.title !== undefined);
  return scrollTable(
    'Values by band',
    ['Band', 'Value', ...(hasUnits ? ['Unit'] : []), ...(hasTitles ? ['Title'] : [])],
    names.map((name, i) => [name, valueText(values[i]), ...(hasUnits ? [bands[i]?.unit] : []), ...(hasTitles ? [bands[i]?.title] : [])]),
  );
}

function valueText(value: number | null | undefined): Child {
  return value === null || value === undefined ? h('span', { class: 'quiet' }, 'no data') : figure(value);
}

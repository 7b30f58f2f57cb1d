import { element as h, type Child } from '../markup/element.ts';
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
    title: `Values at ${figure(x)}, ${figure(y)}`,
    main: [
      isLonLat && [
        h('p', { class: 'lead' }, `Longitude ${figure(x)}°, latitude ${figure(y)}°.`),
        h(
          'p',
          { class: 'actions' },
          h(
            'a',
            { class: 'button', href: `${relativeTo(page, rasterMapPath(of.collection.id))}#at=8/${y}/${x}` },
            'See the place on the map',
          ),
        ),
      ],
      scrollTable(
        'Values by band',
        ['Band', 'Value', 'Unit', 'About'],
        document.band_names.map((name, i) => [name, valueText(document.values[i]), band(name)?.unit, band(name)?.title]),
      ),
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

function valueText(value: number | null | undefined): Child {
  return value === null || value === undefined ? h('span', { class: 'quiet' }, 'no data') : figure(value);
}

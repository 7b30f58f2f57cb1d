import type { Bbox } from '../base/bbox.ts';
import type { Link } from '../base/link.ts';
import type { RasterCollection } from '../catalog/collection.ts';
import { element as h, type Element } from '../markup/element.ts';
import { bandTable } from './band-table.ts';
import { collectionPath } from './collection-facts.ts';
import { copyBox } from './copy-box.ts';
import { crsName } from './crs-name.ts';
import { renderLayout } from './layout.ts';
import { anchor, linkSection } from './link-list.ts';
import type { PageContext } from './page-context.ts';
import { relativeUrl } from './relative-url.ts';
import { factList } from './table.ts';
import { count } from './value.ts';

/** A coverage as it was asked for. Addresses are absolute. */
export interface CoverageFacts {
  readonly collection: RasterCollection;
  readonly bbox: Bbox;
  /** URI of the CRS. */
  readonly crs: string;
  readonly width: number;
  readonly height: number;
  /** Axes besides those of space, with their positions. */
  readonly axes: readonly { readonly name: string; readonly positions: readonly (number | string)[] }[];
  readonly files: readonly { readonly f: string; readonly href: string }[];
  readonly picture: string;
  readonly links: readonly Link[];
}

const FILES: Readonly<Record<string, string>> = { geotiff: 'GeoTIFF', cog: 'Cloud-optimised GeoTIFF', coveragejson: 'CoverageJSON' };

/** What a coverage holds and how to get it, with a picture of the whole. */
export function renderCoveragePage(page: PageContext, facts: CoverageFacts): string {
  const { collection } = facts;
  const [geotiff] = facts.files;
  return renderLayout(page, {
    title: `Numbers of ${collection.title}`,
    crumbs: [
      { title: 'Collections', path: '/collections' },
      { title: collection.title, path: collectionPath(collection.id) },
    ],
    links: facts.links,
    main: [
      h('h1', {}, `Numbers of ${collection.title}`),
      h(
        'p',
        { class: 'actions' },
        facts.files.map(({ f, href }, i) =>
          h('a', { class: i === 0 ? 'button strong' : 'button', href: relativeUrl(page, href) }, FILES[f] ?? f),
        ),
      ),
      h('p', {}, h('img', { class: 'still-map', src: relativeUrl(page, facts.picture), alt: `Map of ${collection.title}` })),
      placeSection(page, facts),
      h('section', {}, h('h2', {}, 'Fields'), bandTable(collection.bands)),
      geotiff !== undefined &&
        h('section', {}, h('h2', {}, 'Use it elsewhere'), copyBox('GeoTIFF', geotiff.href, 'QGIS and GDAL: /vsicurl/ before it.')),
      linkSection(page, facts.links),
    ],
  });
}

function placeSection(page: PageContext, { width, height, axes, bbox, crs }: CoverageFacts): Element {
  return h(
    'section',
    {},
    h('h2', {}, 'Facts'),
    factList([
      ['Cells', `${count(width)} × ${count(height)}`],
      ...axes.map(
        ({ name, positions }) => [name, `${count(positions.length)}, from ${positions[0] ?? ''} to ${positions.at(-1) ?? ''}`] as const,
      ),
      ['Extent', bbox.map((value) => String(Number(value.toPrecision(12))).replace('-', '\u2212')).join(', ')],
      ['CRS', anchor(page, crs, crsName(crs))],
    ]),
  );
}

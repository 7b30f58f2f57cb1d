import { element as h, type Element } from '../markup/element.ts';
import type { ColorMapsDocument } from '../model/rasters.ts';
import { copyBox } from './copy-box.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';

const FAMILIES = [
  [
    'perceptual',
    'Even steps to the eye',
    'For quantities: equal differences look equal, in print and to the colour-blind too (turbo is bright rather than even).',
  ],
  ['color-brewer', 'ColorBrewer', 'Made for maps: from one colour to another, or from two sides of a middle.'],
  ['oceanography', 'Oceanography', 'cmocean’s, each made for one quantity of the sea: depth, salt, heat, ice, currents.'],
  ['classic', 'Classic', 'What people know from other programs; many of them show edges that are not in the data.'],
  ['qualitative', 'Lists', 'Colours for kinds, not for quantities.'],
] as const;

/** All named colour maps, by family; the reversed ones are told in a sentence. */
export function renderColorMapsPage(document: ColorMapsDocument, page: PageContext): string {
  const own = document.colormaps.filter(({ id }) => !id.endsWith('_r'));
  return renderLayout(page, {
    title: 'Colour maps',
    links: document.links,
    main: [
      h('h1', {}, 'Colour maps'),
      h(
        'p',
        { class: 'lead' },
        `${own.length} maps for `,
        h('code', {}, 'colormap_name'),
        ' on every picture of a raster; each also turned round, with ',
        h('code', {}, '_r'),
        ' after its name.',
      ),
      FAMILIES.map(([family, title, prose]) =>
        h(
          'section',
          {},
          h('h2', {}, title),
          h('p', {}, prose),
          h(
            'ul',
            { class: 'color-maps' },
            own.filter((map) => map.family === family).map(({ id }) => h('li', {}, card(page, id))),
          ),
        ),
      ),
      document.legends.length > 0 && storedLegends(document.legends, page),
    ],
  });
}

function storedLegends(legends: ColorMapsDocument['legends'], page: PageContext): Element {
  return h(
    'section',
    {},
    h('h2', {}, 'Legends of this database'),
    h('p', {}, 'For ', h('code', {}, 'legend'), ' on every picture of a raster.'),
    h(
      'ul',
      {},
      legends.map(({ id, kind }) =>
        h('li', {}, h('a', { href: relativeTo(page, `/legends/${encodeURIComponent(id)}`) }, id), ` – ${LEGEND_KINDS[kind]}`),
      ),
    ),
  );
}

const LEGEND_KINDS = {
  values: 'colours of values',
  intervals: 'colours of intervals',
  conditions: 'colours of conditions',
  gradient: 'a gradient',
} as const;

/** One colour map: the strip, its mirror, and how to ask for it. */
export function renderColorMapPage(
  { id, family }: { readonly id: string; readonly family: string | undefined },
  page: PageContext,
): string {
  const mirror = id.endsWith('_r') ? id.slice(0, -2) : `${id}_r`;
  const prose = FAMILIES.find(([name]) => name === family)?.[2];
  const to = (f: string): string => `${relativeTo(page, `/colorMaps/${id}`)}?f=${f}`;
  return renderLayout(page, {
    title: id,
    crumbs: [{ title: 'Colour maps', path: '/colorMaps' }],
    main: [
      h('h1', {}, id),
      prose !== undefined && h('p', { class: 'lead' }, prose),
      h('img', { class: 'color-map', src: to('svg'), alt: `Colours of ${id} from the lowest value to the highest` }),
      copyBox('In a request for a map, a tile or a legend', `colormap_name=${id}`),
      h('p', {}, 'Turned round: ', h('a', { href: relativeTo(page, `/colorMaps/${mirror}`) }, mirror), '.'),
      h(
        'p',
        {},
        'As ',
        h('a', { href: to('json') }, 'numbers'),
        ', ',
        h('a', { href: to('png') }, 'PNG'),
        ' or ',
        h('a', { href: to('svg') }, 'SVG'),
        '.',
      ),
    ],
  });
}

function card(page: PageContext, id: string): Element {
  const path = relativeTo(page, `/colorMaps/${id}`);
  return h('a', { href: path }, h('img', { src: `${path}?f=png`, width: 256, height: 20, alt: '', loading: 'lazy' }), h('span', {}, id));
}

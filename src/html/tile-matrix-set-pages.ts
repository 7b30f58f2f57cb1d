import { element as h } from '../markup/element.ts';
import type { TileMatrixSetDocument, TileMatrixSets } from '../model/tiles.ts';
import { renderLayout } from './layout.ts';
import { anchor, linkList } from './link-list.ts';
import type { PageContext } from './page-context.ts';
import { relativeTo } from './relative-url.ts';
import { factList, scrollTable } from './table.ts';
import { count } from './value.ts';

/** The list of tile matrix sets. */
export function renderTileMatrixSetsPage(document: TileMatrixSets, page: PageContext): string {
  return renderLayout(page, {
    title: 'Tile matrix sets',
    links: document.links ?? [],
    main: [
      h('h1', {}, 'Tile matrix sets'),
      h('p', { class: 'lead' }, 'The grids that tiles of this service can have: a projection, an origin, and the scales.'),
      scrollTable(
        'Tile matrix sets',
        ['Set', 'Title', 'Projection'],
        document.tileMatrixSets.map((set) => [
          h('a', { href: relativeTo(page, `/tileMatrixSets/${encodeURIComponent(set.id)}`) }, set.id),
          set.title,
          set.crs === undefined ? undefined : h('code', {}, set.crs),
        ]),
      ),
    ],
  });
}

/** One tile matrix set with its levels. */
export function renderTileMatrixSetPage(document: TileMatrixSetDocument, page: PageContext): string {
  const { uri, crs } = document;
  return renderLayout(page, {
    title: document.id,
    description: document.description,
    crumbs: [{ title: 'Tile matrix sets', path: '/tileMatrixSets' }],
    links: document.links ?? [],
    main: [
      h('h1', {}, document.title ?? document.id),
      document.description !== undefined && h('p', { class: 'lead' }, document.description),
      factList([
        ['Id', h('code', {}, document.id)],
        ['Registered at', uri !== undefined && anchor(page, uri, uri)],
        ['Projection', anchor(page, crs, crs)],
        ['Axes', document.orderedAxes?.join(', ')],
        [
          'Well-known scale set',
          document.wellKnownScaleSet !== undefined && anchor(page, document.wellKnownScaleSet, document.wellKnownScaleSet),
        ],
      ]),
      h('section', {}, h('h2', {}, 'Levels'), levels(document)),
      h('section', {}, h('h2', {}, 'Links'), linkList(page, document.links ?? [])),
    ],
  });
}

function levels(document: TileMatrixSetDocument): ReturnType<typeof scrollTable> {
  return scrollTable(
    'Levels',
    ['Matrix', 'Scale 1 :', 'Pixel', 'Tile size', 'Columns × rows'],
    document.tileMatrices.map((matrix) => [
      h('code', {}, matrix.id),
      count(Math.round(matrix.scaleDenominator)),
      String(Number(matrix.cellSize.toPrecision(8))),
      `${matrix.tileWidth} × ${matrix.tileHeight}`,
      `${count(matrix.matrixWidth)} × ${count(matrix.matrixHeight)}`,
    ]),
  );
}

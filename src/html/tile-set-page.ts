import { element as h, type Child } from '../markup/element.ts';
import type { TileSetDocument } from '../model/tiles.ts';
import { copyBox } from './copy-box.ts';
import { renderLayout } from './layout.ts';
import { anchor, linkList } from './link-list.ts';
import { mapBox } from './map-box.ts';
import type { PageContext } from './page-context.ts';
import { schemaTable } from './schema-table.ts';
import { factList, scrollTable } from './table.ts';
import { matrixSetId, tileCrumbs, type TilesOf } from './tile-sets-page.ts';
import { count } from './value.ts';

/** One tileset: a map where the browser can draw it, the templates, limits and what the tiles hold. */
export function renderTileSetPage(document: TileSetDocument, page: PageContext, of: TilesOf): string {
  const id = matrixSetId(document);
  const title = document.title ?? `${of.what} in ${id}`;
  const here = page.root + page.path.replace(/\/$/, '');
  const templates = document.links.filter((link) => link.templated === true);
  return renderLayout(page, {
    title: id,
    description: document.description,
    crumbs: [...tileCrumbs(of), { title: of.what, path: page.path.replace(/\/[^/]*\/?$/, '') }],
    links: document.links,
    main: [
      h('h1', {}, title),
      document.description !== undefined && h('p', { class: 'lead' }, document.description),
      id === 'WebMercatorQuad' &&
        document.dataType !== 'coverage' &&
        mapBox(page, { label: `Map of ${title}`, style: `${here}/style.json` }),
      h(
        'section',
        {},
        h('h2', {}, 'Use it elsewhere'),
        h(
          'div',
          { class: 'columns' },
          templates.map((link) => copyBox(link.title ?? link.type ?? 'Tiles', link.href)),
        ),
      ),
      h('section', {}, h('h2', {}, 'Facts'), facts(page, document)),
      (document.layers ?? []).map((layer) => layerSection(layer)),
      limits(document),
      h('section', {}, h('h2', {}, 'Links'), linkList(page, document.links)),
    ],
  });
}

function facts(page: PageContext, document: TileSetDocument): Child {
  const uri = document.tileMatrixSetURI;
  return factList([
    ['Holds', document.dataType],
    ['Projection', anchor(page, document.crs, document.crs)],
    ['Tile matrix set', uri !== undefined && anchor(page, uri, uri)],
    ['Formats', document.mediaTypes?.join(', ')],
    ['Credit', document.attribution],
  ]);
}

function layerSection(layer: NonNullable<TileSetDocument['layers']>[number]): Child {
  const schema = layer.propertiesSchema;
  if (schema === undefined || Object.keys(schema.properties).length === 0) return undefined;
  const table = schemaTable({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: layer.id, ...schema });
  return h('section', {}, h('h2', {}, `Properties in ${layer.title ?? layer.id}`), table);
}

function limits(document: TileSetDocument): Child {
  const rows = document.tileMatrixSetLimits ?? [];
  if (rows.length === 0) return undefined;
  const table = scrollTable(
    'Where there are tiles',
    ['Matrix', 'Rows', 'Columns', 'Tiles'],
    rows.map((limit) => [
      h('code', {}, limit.tileMatrix),
      `${limit.minTileRow} to ${limit.maxTileRow}`,
      `${limit.minTileCol} to ${limit.maxTileCol}`,
      count((limit.maxTileRow - limit.minTileRow + 1) * (limit.maxTileCol - limit.minTileCol + 1)),
    ]),
  );
  return h('details', { class: 'more' }, h('summary', {}, 'Limits of each matrix'), table);
}

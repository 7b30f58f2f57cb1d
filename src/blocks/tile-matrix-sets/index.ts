import { MEDIA } from '../../base/media-type.ts';
import { REL } from '../../base/link.ts';
import { renderTileMatrixSetPage, renderTileMatrixSetsPage } from '../../html/tile-matrix-set-pages.ts';
import type { Block } from '../../http/block.ts';
import { html, json } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import type { TileMatrixSetDocument, TileMatrixSets } from '../../model/tiles.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';
import { tileMatrixSetDocument } from '../../tms/tile-matrix-set-document.ts';

const TMS_2 = 'http://www.opengis.net/spec/tms/2.0/conf';

/** OGC Two Dimensional Tile Matrix Set 2.0: the registry of tile matrix sets. */
export function tileMatrixSetsBlock({ tilesets }: { readonly tilesets: TilesetService }): Block {
  return {
    id: 'tile-matrix-sets',
    spec: 'OGC 17-083r4',
    conformsTo: ['tilematrixset', 'json-tilematrixset', 'variablematrixwidth', 'json-variablematrixwidth'].map(
      (name) => `${TMS_2}/${name}`,
    ),
    requires: ['common'],
    mount: () => ({
      routes: [listRoute(tilesets), oneRoute(tilesets)],
      landingLinks: (links) => [
        {
          href: links.to('tms.getTileMatrixSetsList'),
          rel: REL.tilingSchemes,
          type: MEDIA.json,
          title: 'Tile matrix sets',
        },
      ],
    }),
  };
}

function listRoute({ registry }: TilesetService): MountedRoute {
  return route({
    id: 'tms.getTileMatrixSetsList',
    path: '/tileMatrixSets',
    summary: 'The tile matrix sets',
    tag: 'Tile matrix sets',
    parameters: {},
    representations: [
      json<TileMatrixSets>('tileMatrixSets'),
      html((document: TileMatrixSets, page) => renderTileMatrixSetsPage(document, page)),
    ],
    run: async (_, { links }) => ({
      links: links.selfAndAlternates('Tile matrix sets'),
      tileMatrixSets: registry.ids.flatMap((id) => {
        const tms = registry.get(id);
        if (tms === undefined) return [];
        const to = (f: string): string => links.to('tms.getTileMatrixSet', { tileMatrixSetId: id }, { f });
        return {
          id,
          title: tms.title,
          ...(tms.uri === undefined ? {} : { uri: tms.uri }),
          crs: tms.crs,
          links: [
            { href: to('json'), rel: 'self', type: MEDIA.json, title: tms.title },
            { href: to('html'), rel: 'alternate', type: MEDIA.html, title: tms.title },
          ],
        };
      }),
    }),
  });
}

function oneRoute(tilesets: TilesetService): MountedRoute {
  return route({
    id: 'tms.getTileMatrixSet',
    path: '/tileMatrixSets/{tileMatrixSetId}',
    summary: 'One tile matrix set',
    tag: 'Tile matrix sets',
    parameters: { tileMatrixSetId: pathText('tileMatrixSetId', 'Id of the tile matrix set.') },
    representations: [
      json<TileMatrixSetDocument>('tileMatrixSet'),
      html((document: TileMatrixSetDocument, page) => renderTileMatrixSetPage(document, page)),
    ],
    run: async ({ tileMatrixSetId }, { links }) =>
      tileMatrixSetDocument(tilesets.tileMatrixSet(tileMatrixSetId), links.selfAndAlternates()),
  });
}

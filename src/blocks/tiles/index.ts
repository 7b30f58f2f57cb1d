import { REL } from '../../base/link.ts';
import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import { LARGEST_TILE } from '../../http/params/raster/tile-parameters.ts';
import { MAX_COLLECTIONS } from '../../services/tilesets/select-collections.ts';
import type { Collection } from '../../catalog/collection.ts';
import type { Block } from '../../http/block.ts';
import type { Links } from '../../http/links.ts';
import { coverageTileRoute } from './coverage-tile.ts';
import type { TileParts } from './tile-parts.ts';
import { mapTileRoute } from './map-tile.ts';
import { COVERAGE_TILESET, TILESETS } from '../../services/tilesets/tileset-kind.ts';
import { tilesetListRoute, tilesetRoute } from './tilesets.ts';
import { vectorTileRoutes } from './vector-tile.ts';

const TILES_1 = 'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf';
const TMS_2 = 'http://www.opengis.net/spec/tms/2.0/conf';

/** OGC API Tiles Part 1: vector tiles of the dataset and of each collection, map tiles of rasters. */
export function tilesBlock(parts: TileParts): Block {
  return {
    id: 'tiles',
    spec: 'OGC 20-057',
    conformsTo: [
      ...['core', 'tileset', 'tilesets-list', 'dataset-tilesets', 'geodata-tilesets', 'collections-selection', 'oas30'].map(
        (name) => `${TILES_1}/${name}`,
      ),
      ...['tilesetmetadata', 'json-tilesetmetadata', 'tilematrixsetlimits', 'json-tilematrixsetlimits'].map((name) => `${TMS_2}/${name}`),
    ],
    requires: ['common', 'collections', 'tile-matrix-sets'],
    mount: () => ({
      limits: { tiles: { maxWidth: LARGEST_TILE, maxHeight: LARGEST_TILE, maxCollections: MAX_COLLECTIONS } },
      routes: [
        ...[...TILESETS, COVERAGE_TILESET].flatMap((kind) => [tilesetListRoute(parts, kind), tilesetRoute(parts, kind)]),
        ...vectorTileRoutes(parts),
        ...TILESETS.filter(({ dataType }) => dataType === 'map').map((kind) => mapTileRoute(parts, kind)),
        coverageTileRoute(parts),
      ],
      landingLinks: (links) => [
        {
          href: links.to('tiles.dataset.vector.getTileSetsList'),
          rel: REL.tilesetsVector,
          type: MEDIA.json,
          title: 'Vector tiles of everything',
        },
        ...mapTilesLinks(links.to('tiles.dataset.map.getTileSetsList'), 'Map tiles of everything'),
      ],
      collectionLinks,
    }),
  };
}

function collectionLinks(collection: Collection, links: Links): readonly Link[] {
  if (collection.kind === 'raster') {
    const path = { collectionId: collection.id };
    return [
      ...mapTilesLinks(links.to('tiles.collection.map.getTileSetsList', path), 'Map tiles'),
      {
        href: links.to('tiles.collection.coverage.getTileSetsList', path),
        rel: REL.tilesetsCoverage,
        type: MEDIA.json,
        title: 'Coverage tiles',
      },
    ];
  }
  if (collection.geometry === undefined) return [];
  const href = links.to('tiles.collection.vector.getTileSetsList', { collectionId: collection.id });
  return [{ href, rel: REL.tilesetsVector, type: MEDIA.json, title: 'Vector tiles' }];
}

/** Tiles and Maps spell the relation differently (OGC 20-057 and OGC 20-058 /req/tilesets/desc-links). */
function mapTilesLinks(href: string, title: string): readonly Link[] {
  return [REL.tilesetsMap, REL.tilesetsMapHttps].map((rel) => ({ href, rel, type: MEDIA.json, title }));
}

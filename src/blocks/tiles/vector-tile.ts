import { MEDIA } from '../../base/media-type.ts';
import type { Representation, MountedRoute } from '../../http/route.ts';
import { route } from '../../http/route.ts';
import type { VectorTile } from '../../services/vector-tiles/tile-request.ts';
import type { TileAddress } from '../../services/tilesets/tileset-service.ts';
import type { TileParts } from './tile-parts.ts';
import { selectCollections } from '../../services/tilesets/select-collections.ts';
import { addressParameters } from './address.ts';
import { selectionParameters } from '../../http/params/selection.ts';
import type { TilesetInput } from '../../services/tilesets/tileset-kind.ts';
import { tilesetKind } from '../../services/tilesets/tileset-kind.ts';

const MVT: Representation<VectorTile> = {
  f: 'mvt',
  mediaType: MEDIA.mvt,
  aliases: ['application/x-protobuf', 'application/vnd.mapbox-vector-tile', 'application/octet-stream'],
  conformsTo: ['http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt'],
  encode: (tile) => ({
    content: tile.bytes,
    headers: {
      ...(tile.bytes.length === 0 ? { 'OATiles-hint': 'empty' } : {}),
      ...(tile.truncated === undefined ? {} : { 'Tile-Truncated': `features=${tile.truncated.features};kept=${tile.truncated.kept}` }),
    },
  }),
};

/** Vector tiles of the dataset (a layer per collection) and of each collection (OGC 20-057 /req/core/tc-success). */
export function vectorTileRoutes(parts: TileParts): readonly MountedRoute[] {
  return ['tiles.dataset.vector', 'tiles.collection.vector'].map((routeId) => {
    const kind = tilesetKind(routeId);
    return route<TilesetInput & TileAddress, VectorTile>({
      id: `${routeId}.getTile`,
      path: `${kind.path}/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}`,
      summary: `${kind.title}: one tile`,
      tag: 'Tiles',
      parameters: { ...selectionParameters(kind), ...addressParameters },
      representations: [MVT],
      firstAcceptable: true,
      cache: {
        collections: (path) =>
          path.collectionId === undefined ? parts.collections.all().map((c) => c.id) : [parts.collections.get(path.collectionId).id],
      },
      async run(input, context) {
        const collections = kind.isDataset
          ? selectCollections(parts.collections, input.selected)
          : [parts.collections.vector(input.collectionId ?? '')];
        const cell = parts.tilesets.cell(input);
        const tile = await context.timed('tile', () => parts.vectorTiles.tile({ ...cell, collections }, context));
        // Limits are minutes old: a tile that holds something is served whatever they say.
        if (tile.bytes.length === 0) await parts.tilesets.checkLimits(cell, collections, context.signal);
        return tile;
      },
    });
  });
}

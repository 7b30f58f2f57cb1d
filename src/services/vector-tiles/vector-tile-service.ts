import type { Bbox } from '../../base/bbox.ts';
import type { Database } from '../../db/database.ts';
import type { TileContext, VectorTile, VectorTileRequest } from './tile-request.ts';
import { layerStatement } from './tile-statement.ts';

/** Vector tiles that the database makes, one layer per collection. */
export interface VectorTileService {
  tile(request: VectorTileRequest, context: TileContext): Promise<VectorTile>;
}

const FEATURE_LIMIT = 50_000;

/** The vector tile service on a database. */
export function createVectorTileService({ database }: { readonly database: Database }): VectorTileService {
  return {
    async tile(request, context) {
      const { tms } = request;
      const bounds = tileBounds(request);
      const layers = await Promise.all(
        request.collections.flatMap((collection) => {
          const { geometry } = collection;
          if (geometry === undefined) return [];
          const statement = layerStatement({ collection, geometry, srid: tms.srid, bounds, limit: FEATURE_LIMIT });
          return [database.rows(statement, { name: 'tile.vector', ...context })];
        }),
      );
      return { bytes: Buffer.concat(layers.map(([row]) => (row?.[0] instanceof Buffer ? row[0] : Buffer.alloc(0)))) };
    },
  };
}

function tileBounds({ matrix, row, col }: VectorTileRequest): Bbox {
  const width = matrix.tileWidth * matrix.cellSize;
  const height = matrix.tileHeight * matrix.cellSize;
  const west = matrix.originX + col * width;
  const north = matrix.cornerOfOrigin === 'topLeft' ? matrix.originY - row * height : matrix.originY + (row + 1) * height;
  return [west, north - height, west + width, north];
}

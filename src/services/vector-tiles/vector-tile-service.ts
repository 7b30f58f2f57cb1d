import type { VectorCollection } from '../../catalog/collection.ts';
import { createIndexBoxes } from '../../catalog/index-boxes.ts';
import type { Database, Row } from '../../db/database.ts';
import { planLayer } from './plan-layer.ts';
import type { TileContext, VectorTile, VectorTileRequest } from './tile-request.ts';
import { EXTENT, largestLayerStatement, layerStatement } from './tile-statement.ts';
import type { LayerPlan } from './tile-statement.ts';
import { trimTile } from './trim-tile.ts';

/** Vector tiles that the database makes, one layer per collection. */
export interface VectorTileService {
  tile(request: VectorTileRequest, context: TileContext): Promise<VectorTile>;
}

/** What a browser still draws fluently of one tile, all layers together; bytes before compression. */
const FEATURE_LIMIT = 50_000;
const BYTE_LIMIT = 500_000;
/** Lines and areas that show smaller than this do not count as left out: 4 of a tile's 256 pixels. */
const SHOWN = (4 * EXTENT) / 256;

interface Layer {
  readonly bytes: Uint8Array;
  /** Rows that meet the tile. */
  readonly candidates: number;
}

/** The vector tile service on a database. */
export function createVectorTileService({ database }: { readonly database: Database }): VectorTileService {
  const boxes = createIndexBoxes({ database });
  const dense = new WeakMap<VectorCollection, number>();
  return {
    async tile(request, { signal, principal }) {
      const context = { signal, principal };
      const layers = await Promise.all(
        request.collections.map(async (collection) => {
          const plan = await planLayer(collection, request, { boxes, limit: FEATURE_LIMIT }, context);
          return plan === undefined ? undefined : readLayer({ database, dense, scale: request.matrix.scaleDenominator }, plan, context);
        }),
      );
      return assemble(layers.filter((layer) => layer !== undefined));
    },
  };
}

interface Reading {
  readonly database: Database;
  /** The finest scale denominator at which a collection once had more than the limit: there, the largest are asked for at once. */
  readonly dense: WeakMap<VectorCollection, number>;
  readonly scale: number;
}

/** Most tiles hold few features: the sort that finds the largest is only paid where there are too many. */
async function readLayer({ database, dense, scale }: Reading, plan: LayerPlan, context: TileContext): Promise<Layer> {
  const { collection, limit } = plan;
  if (scale < (dense.get(collection) ?? Infinity)) {
    const [any] = await database.rows(layerStatement(plan), { name: 'tile.vector', ...context });
    const layer = layerOf(any);
    if (layer.candidates <= limit) return layer;
    dense.set(collection, scale);
  }
  const [largest] = await database.rows(largestLayerStatement(plan), { name: 'tile.vector.largest', ...context });
  return layerOf(largest);
}

/** Layers follow each other in a tile's bytes: a tile is its layers' messages one after the other. */
function assemble(layers: readonly Layer[]): VectorTile {
  const [only] = layers;
  const bytes = layers.length === 1 && only !== undefined ? only.bytes : Buffer.concat(layers.map((layer) => layer.bytes));
  const candidates = layers.reduce((sum, layer) => sum + layer.candidates, 0);
  if (bytes.length <= BYTE_LIMIT && candidates <= FEATURE_LIMIT) return { bytes };
  const unread = layers.reduce((sum, layer) => sum + Math.max(0, layer.candidates - FEATURE_LIMIT), 0);
  const tile = trimTile(bytes, { bytes: BYTE_LIMIT, features: FEATURE_LIMIT, extent: EXTENT });
  const left = tile.largestLeftOut;
  const isMissed = unread > 0 || (left !== undefined && (left === 0 || left > SHOWN));
  return isMissed ? { bytes: tile.bytes, truncated: { features: tile.features + unread, kept: tile.kept } } : { bytes: tile.bytes };
}

function layerOf(row: Row | undefined): Layer {
  const [bytes, candidates] = row ?? [];
  return { bytes: bytes instanceof Buffer ? bytes : Buffer.alloc(0), candidates: Number(candidates ?? 0) };
}

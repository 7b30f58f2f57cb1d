import { AppError } from '../../base/error.ts';
import type { Observe } from '../../base/event.ts';
import type { VectorCollection } from '../../catalog/collection.ts';
import { failureText } from '../../catalog/failure.ts';
import { createIndexBoxes } from '../../catalog/index-boxes.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { planLayer } from './plan-layer.ts';
import { readLayer } from './read-layer.ts';
import type { Layer, LayerReader } from './read-layer.ts';
import type { VectorTile, VectorTileRequest } from './tile-request.ts';
import { EXTENT, SHOWN } from './tile-statement.ts';
import { trimTile } from './trim-tile.ts';

/** Vector tiles that the database makes, one layer per collection. */
export interface VectorTileService {
  tile(request: VectorTileRequest, context: RunContext): Promise<VectorTile>;
}

/** Limits of a tile: bytes uncompressed. */
const FEATURE_LIMIT = 50_000;
const BYTE_LIMIT = 500_000;
/** What is wrong with the database or for the moment, not with one relation: a tile without a layer would be a lie. */
const OF_ALL = new Set(['DATABASE_UNAVAILABLE', 'OVERLOADED', 'TIMEOUT']);

/** The vector tile service on a database. */
export function createVectorTileService({
  database,
  observe,
}: {
  readonly database: Database;
  readonly observe: Observe;
}): VectorTileService {
  const warned = new WeakSet<VectorCollection>();
  const reader: LayerReader = {
    database,
    boxes: createIndexBoxes({ database }),
    dense: new WeakMap(),
    faulty: new WeakMap(),
    warn(collection, error) {
      if (!warned.has(collection)) observe({ kind: 'catalog.warning', message: `Tiles leave ${collection.id} out: ${failureText(error)}` });
      warned.add(collection);
    },
  };
  return {
    async tile(request, { signal, principal }) {
      const context = { signal, principal };
      const read = request.collections.length === 1 ? layer : layerOrNone;
      const layers = await Promise.all(request.collections.map((collection) => read(reader, collection, request, context)));
      return assemble(layers.filter((one) => one !== undefined));
    },
  };
}

/** One broken relation must not take the others out of a tile of several. */
async function layerOrNone(...wanted: Parameters<typeof layer>): Promise<Layer | undefined> {
  const [reader, collection] = wanted;
  try {
    return await layer(...wanted);
  } catch (error) {
    if (!(error instanceof AppError) || OF_ALL.has(error.code)) throw error;
    reader.warn(collection, error);
    return undefined;
  }
}

async function layer(
  reader: LayerReader,
  collection: VectorCollection,
  request: VectorTileRequest,
  context: RunContext,
): Promise<Layer | undefined> {
  const plan = await planLayer(collection, request, { boxes: reader.boxes, limit: FEATURE_LIMIT, bytes: BYTE_LIMIT }, context);
  return plan === undefined ? undefined : readLayer(reader, { plan, scale: request.matrix.scaleDenominator }, context);
}

/** Layers follow each other in a tile's bytes: a tile is its layers' messages one after the other. */
function assemble(layers: readonly Layer[]): VectorTile {
  const [only] = layers;
  const bytes = layers.length === 1 && only !== undefined ? only.bytes : Buffer.concat(layers.map((one) => one.bytes));
  const features = layers.reduce((sum, one) => sum + one.candidates, 0);
  if (bytes.length <= BYTE_LIMIT && features <= FEATURE_LIMIT) return { bytes };
  const tile = trimTile(bytes, { bytes: BYTE_LIMIT, features: FEATURE_LIMIT, extent: EXTENT, shown: SHOWN });
  const isTruncated = tile.truncated || layers.some((one) => one.truncated);
  return isTruncated ? { bytes: tile.bytes, truncated: { features, kept: tile.kept } } : { bytes: tile.bytes };
}

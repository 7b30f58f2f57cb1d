import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import type { VectorCollection } from '../../catalog/collection.ts';
import type { IndexBoxes } from '../../catalog/index-boxes.ts';
import type { Database, Row, RunContext } from '../../db/database.ts';
import { sqlstate } from '../../db/sqlstate.ts';
import { largestLayerStatement, layerStatement } from './tile-statement.ts';
import type { LayerPlan } from './tile-statement.ts';

/** One layer of a tile. */
export interface Layer {
  /** MVT; empty when nothing was drawn. */
  readonly bytes: Uint8Array;
  /** Rows that meet the tile. */
  readonly candidates: number;
  /** True when rows were not read, and one of them would have been seen. */
  readonly truncated: boolean;
}

/** What layers are read with; it remembers what was learned of collections. */
export interface LayerReader {
  readonly database: Database;
  readonly boxes: IndexBoxes;
  /** Tells the operator, once, why a collection is missing from tiles. */
  warn(collection: VectorCollection, error: unknown): void;
  /** The finest scale denominator at which a collection once had more than the limit: there, the largest are asked for at once. */
  readonly dense: WeakMap<VectorCollection, number>;
  /** The same, by SRID of the tile, for collections with rows that could not be transformed. */
  readonly faulty: WeakMap<VectorCollection, Map<number, number>>;
}

/** A layer's plan and the scale denominator of its tile. */
export interface LayerRequest {
  readonly plan: LayerPlan;
  readonly scale: number;
}

const NOTHING: Layer = { bytes: Buffer.alloc(0), candidates: 0, truncated: false };

/**
 * Reads a layer. When the database cannot draw a row, once more with everything cut to what can be transformed: one bad
 * row must not hide the others, and looking at every row for it would cost time always. A layer that cannot be drawn
 * that way either is left out, with one warning.
 */
export async function readLayer(reader: LayerReader, request: LayerRequest, context: RunContext): Promise<Layer> {
  const { plan, scale } = request;
  const known = reader.faulty.get(plan.collection) ?? new Map<number, number>();
  if (scale < (known.get(plan.srid) ?? Infinity)) {
    try {
      return await readVisible(reader, request, context);
    } catch (error) {
      if (!isFaultOfData(error)) throw error;
      reader.faulty.set(plan.collection, known.set(plan.srid, scale));
    }
  }
  const mappable = await mappableArea(reader, plan, context);
  if (mappable === undefined) return NOTHING;
  try {
    return await readVisible(reader, { plan: { ...plan, mappable }, scale }, context);
  } catch (error) {
    if (!isFaultOfData(error)) throw error;
    reader.warn(plan.collection, error);
    return NOTHING;
  }
}

/** Tiles carry no geometry or value of the request: what the database says of either is said of rows. */
function isFaultOfData(error: unknown): boolean {
  return error instanceof AppError && /^(XX000|22)/.test(sqlstate(error.cause) ?? '');
}

/** The tile's box in the column's CRS, as far as it can be transformed back; of two boxes at the antimeridian what holds both. */
async function mappableArea({ boxes }: LayerReader, plan: LayerPlan, context: RunContext): Promise<Bbox | undefined> {
  const [first, second = first] = plan.boxes ?? [];
  if (first === undefined || second === undefined) return undefined;
  const [west, east] = [Math.min(first[0], second[0]), Math.max(first[2], second[2])];
  const bbox: Bbox = [west, Math.min(first[1], second[1]), east, Math.max(first[3], second[3])];
  return boxes.mappable({ bbox, from: plan.geometry.srid, to: plan.srid }, context);
}

/** A tile that would show nothing of its features, because all are smaller than its resolution, shows them as specks. */
async function readVisible(reader: LayerReader, { plan, scale }: LayerRequest, context: RunContext): Promise<Layer> {
  const layer = await readSome(reader, { plan, scale }, context);
  if (layer.bytes.length > 0 || layer.candidates === 0 || !MAY_HOLD_AREAS.test(plan.geometry.geometryType)) return layer;
  return readSome(reader, { plan: { ...plan, specks: true }, scale }, context);
}

const MAY_HOLD_AREAS = /POLYGON|SURFACE|GEOMETRY|TIN|TRIANGLE/;

/** Most tiles hold few features: the sort that finds the largest is only paid where there are too many. */
async function readSome(reader: LayerReader, { plan, scale }: LayerRequest, context: RunContext): Promise<Layer> {
  const { collection, limit } = plan;
  if (scale < (reader.dense.get(collection) ?? Infinity)) {
    const [any] = await reader.database.rows(layerStatement(plan), { name: 'tile.vector', plan: plan.planning, ...context });
    const layer = layerOf(any, plan);
    if (layer.candidates <= limit) return layer;
    reader.dense.set(collection, scale);
  }
  const [largest] = await reader.database.rows(largestLayerStatement(plan), { name: 'tile.vector.largest', ...context });
  return layerOf(largest, plan);
}

function layerOf(row: Row | undefined, { most }: LayerPlan): Layer {
  const [bytes, candidates, visible] = row ?? [];
  return {
    bytes: bytes instanceof Buffer ? bytes : Buffer.alloc(0),
    candidates: Number(candidates ?? 0),
    truncated: Number(visible ?? 0) > most,
  };
}

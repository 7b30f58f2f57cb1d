import type { Bbox } from '../../base/bbox.ts';
import type { GeometryColumn, VectorCollection } from '../../catalog/collection.ts';
import type { IndexBoxes } from '../../catalog/index-boxes.ts';
import type { RunContext } from '../../db/database.ts';
import { tileBbox } from '../../tms/tile-grid.ts';
import type { VectorTileRequest } from './tile-request.ts';
import { BUFFER, EXTENT } from './tile-statement.ts';
import type { LayerPlan } from './tile-statement.ts';

/** Transformed outlines are parabolas between samples: what they miss is far less than this share of a tile. */
const OUTLINE_SHARE = 1 / 256;
/** From here down (zoom 4 of WebMercatorQuad) large polygons are worth cutting; above it nearly nothing is cut off. */
const CLIP_SCALE = 40_000_000;
/** Between CRSs whose axes are not parallel the cut must lie far outside of tiles small enough to be nearly straight. */
const OBLIQUE_CLIP_SCALE = 5_000_000;
/** Down to here (zoom 6 of WebMercatorQuad) a tile of a large table may well hold too many rows. */
const CROWD_SCALE = 8_000_000;
/** So many lines or areas in such a tile are mostly too small to be seen, and dear: the largest are drawn, with fewer vertices. */
const CROWD = 10_000;
/** A feature with a key takes this many bytes at least, its properties counted: more than fit are not drawn to be left out. */
const LEAST_BYTES = 20;
const POINTS = /^(MULTI)?POINT$/;

/** What to ask of one collection for a tile; undefined when it has no geometry or nothing of it can lie in the tile. */
export async function planLayer(
  collection: VectorCollection,
  request: VectorTileRequest,
  tools: { readonly boxes: IndexBoxes; readonly limit: number; readonly bytes: number },
  context: RunContext,
): Promise<LayerPlan | undefined> {
  const { tms, matrix } = request;
  const { geometry } = collection;
  if (geometry === undefined) return undefined;
  const bounds = tileBbox(matrix, request);
  const margin = BUFFER / EXTENT + (geometry.srid === tms.srid ? 0 : OUTLINE_SHARE);
  const boxes = await tools.boxes.find({ bbox: bounds, from: tms.srid, to: geometry.srid, margin }, context);
  if (boxes?.length === 0) return undefined;
  const clip = clipBox(geometry, boxes, { srid: tms.srid, scale: matrix.scaleDenominator });
  const crowded = (collection.estimatedRows ?? Infinity) > CROWD && matrix.scaleDenominator > CROWD_SCALE;
  const most = collection.key.length === 0 ? tools.limit : Math.min(tools.limit, Math.ceil(tools.bytes / LEAST_BYTES));
  const limit = crowded && !POINTS.test(geometry.geometryType) ? Math.min(tools.limit, CROWD) : tools.limit;
  return {
    collection,
    geometry,
    srid: tms.srid,
    bounds,
    boxes,
    clip,
    tolerance: halfUnit(geometry, boxes),
    limit,
    most,
    crowded,
    planning: planningOf(collection, geometry, { boxes, crowded }),
  };
}

/**
 * Where rows of a table are found by the index whatever the box, one plan is as good as another: it takes tiles of few rows
 * from 0.33 to 0.23 ms in the database. What a view joins may well depend on how much of it a tile holds.
 */
function planningOf(
  { relation }: VectorCollection,
  { indexed }: GeometryColumn,
  { boxes, crowded }: { readonly boxes: readonly Bbox[] | undefined; readonly crowded: boolean },
): LayerPlan['planning'] {
  const isTable = relation.kind === 'table' || relation.kind === 'partitioned' || relation.kind === 'materialized-view';
  return isTable && indexed && boxes !== undefined && !crowded ? 'kept' : 'fresh';
}

function halfUnit(geometry: GeometryColumn, boxes: readonly Bbox[] | undefined): number | undefined {
  const [box] = boxes ?? [];
  if (box === undefined || POINTS.test(geometry.geometryType)) return undefined;
  return Math.min(box[2] - box[0], box[3] - box[1]) / EXTENT / 2;
}

/**
 * Cutting polygons and lines to the tile before they are transformed takes tiles of large ones to a third of the time.
 * Without a transformation ST_AsMVTGeom cuts by itself.
 */
function clipBox(
  geometry: GeometryColumn,
  boxes: readonly Bbox[] | undefined,
  tile: { readonly srid: number; readonly scale: number },
): Bbox | undefined {
  const [box, second] = boxes ?? [];
  if (box === undefined || second !== undefined) return undefined;
  if (geometry.srid === tile.srid || POINTS.test(geometry.geometryType)) return undefined;
  const isParallel = [geometry.srid, tile.srid].every((srid) => srid === 4326 || srid === 3857);
  if (isParallel) return tile.scale < CLIP_SCALE ? box : undefined;
  if (tile.scale > OBLIQUE_CLIP_SCALE) return undefined;
  const [west, south, east, north] = box;
  const [width, height] = [east - west, north - south];
  return [west - width, south - height, east + width, north + height];
}

import type { Bbox } from '../base/bbox.ts';
import { AppError } from '../base/error.ts';
import { ANONYMOUS } from '../base/principal.ts';
import type { Sql } from '../base/sql.ts';
import type { Database, Row } from '../db/database.ts';
import type { SpatialReference } from './catalog.ts';
import { bboxCells, flag, float, int, optional } from './cell.ts';
import type { Collection, Extent, RasterCollection, VectorCollection } from './collection.ts';
import { readDimensions } from './dimension-extent.ts';
import {
  estimatedExtentStatement,
  exactExtentStatement,
  gridStatement,
  intervalStatement,
  poleStatement,
  rasterExtentStatement,
} from './extent-statement.ts';
import { acrossAntimeridian, boxAround, goesRound, toCrs84Box } from './geographic-box.ts';

/** How extents are read. */
export interface ExtentReader {
  readonly database: Database;
  readonly postgisSchema: string;
  /** Oids of relations whose statistics must not be used. */
  readonly rowSecurity: ReadonlySet<number>;
  readonly references: ReadonlyMap<number, SpatialReference>;
}

const ESTIMATE_MS = 2_000;
const EXACT_MS = 30_000;
/** Units of a projected CRS: enough for any place in metres or feet. */
const FARTHEST = 2e8;

/** The box that costs no reading of rows: of statistics, the index, or the constraints of a raster. */
export async function estimateBbox(reader: ExtentReader, collection: Collection, signal: AbortSignal): Promise<Bbox | undefined> {
  if (collection.kind === 'raster') {
    if (collection.nativeBbox === undefined) return undefined;
    return geographicBox(reader, collection.nativeBbox, collection.srid, signal);
  }
  const { geometry, relation, estimatedRows } = collection;
  if (geometry === undefined || reader.rowSecurity.has(relation.oid)) return undefined;
  // Of geography PostGIS 3.3 gives geocentric coordinates, for a partitioned table it looks for a file that is not there.
  const canEstimate = geometry.type === 'geometry' && (relation.kind === 'table' || relation.kind === 'materialized-view');
  if (!canEstimate || (!geometry.indexed && estimatedRows === undefined)) return undefined;
  const statement = estimatedExtentStatement(reader.postgisSchema, collection, geometry);
  const [row] = await quickRows(reader, 'extent.estimate', statement, signal);
  const box = bboxCells(row);
  return box === undefined ? undefined : geographicBox(reader, box, geometry.srid, signal);
}

/** Bounding box and time span of all rows that the role can see. */
export async function readExtent(reader: ExtentReader, collection: Collection, signal: AbortSignal): Promise<Extent> {
  if (collection.kind === 'raster') {
    const native = collection.nativeBbox ?? (await readNativeBbox(reader, collection, signal));
    const bbox = native === undefined ? undefined : await geographicBox(reader, native, collection.srid, signal);
    const interval = await readInterval(reader, collection, signal);
    return Object.freeze({
      bbox,
      interval,
      exact: true,
      nativeBbox: native,
      dimensions: await dimensionsIfReadable(reader, collection, signal),
    });
  }
  const bbox = await readVectorBbox(reader, collection, signal);
  const interval = await readInterval(reader, collection, signal);
  return Object.freeze({ bbox, interval, exact: true });
}

/** A table with too many rows for this, or with a number that no double holds, has a box and a time nevertheless. */
async function dimensionsIfReadable(
  reader: ExtentReader,
  collection: RasterCollection,
  signal: AbortSignal,
): Promise<Extent['dimensions']> {
  try {
    return await readDimensions(reader.database, collection, signal);
  } catch (error) {
    const isOutage = error instanceof AppError && (error.code === 'DATABASE_UNAVAILABLE' || error.code === 'OVERLOADED');
    if (isOutage || signal.aborted) throw error;
    return undefined;
  }
}

async function readNativeBbox(reader: ExtentReader, collection: RasterCollection, signal: AbortSignal): Promise<Bbox | undefined> {
  const { relation, column, srid } = collection;
  const target = { schema: relation.schema, table: relation.name, column, srid };
  const [row] = await exactRows(reader, rasterExtentStatement(reader.postgisSchema, target), signal);
  return bboxCells(row);
}

/** The box of all geometries or, where some are at no place of the CRS, of those that can be. */
async function readVectorBbox(reader: ExtentReader, collection: VectorCollection, signal: AbortSignal): Promise<Bbox | undefined> {
  const { geometry } = collection;
  if (geometry === undefined) return undefined;
  const limits = plausibleBox(reader, geometry.srid);
  const [all] = await exactRows(reader, exactExtentStatement(reader.postgisSchema, collection, geometry), signal);
  const box = bboxCells(all);
  if (all === undefined || box === undefined) return undefined;
  if (contains(limits, box)) return vectorBox(reader, all, geometry.srid, signal);
  const [row] = await exactRows(reader, exactExtentStatement(reader.postgisSchema, collection, geometry, limits), signal);
  return row === undefined ? undefined : vectorBox(reader, row, geometry.srid, signal);
}

async function vectorBox(reader: ExtentReader, row: Row, srid: number, signal: AbortSignal): Promise<Bbox | undefined> {
  const box = bboxCells(row);
  if (box === undefined) return undefined;
  if (srid !== 4326) return geographicBox(reader, box, srid, signal);
  const [eastern, western] = [float(row, 5), float(row, 6)];
  const apart = int(row, 4) === 0 && eastern !== undefined && western !== undefined;
  return toCrs84Box(apart ? acrossAntimeridian(box, eastern, western) : box);
}

/** Coordinates beyond these are mistakes: two turns of longitude, or farther than any projection of the Earth puts it. */
function plausibleBox({ references }: ExtentReader, srid: number): Bbox {
  const isGeographic = srid === 4326 || (references.get(srid)?.proj4?.includes('+proj=longlat') ?? false);
  return isGeographic ? [-360, -90, 360, 90] : [-FARTHEST, -FARTHEST, FARTHEST, FARTHEST];
}

function contains(outer: Bbox, inner: Bbox): boolean {
  return inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3];
}

async function readInterval(reader: ExtentReader, collection: Collection, signal: AbortSignal): Promise<Extent['interval']> {
  if (collection.temporal === undefined) return undefined;
  const [row] = await exactRows(reader, intervalStatement(collection, collection.temporal), signal);
  if (row === undefined || !flag(row, 2)) return undefined;
  return [shortInstant(optional(row, 0)), shortInstant(optional(row, 1))];
}

/** A box in the collection's CRS as CRS84 has it; undefined where the projection does not reach. */
async function geographicBox(reader: ExtentReader, box: Bbox, srid: number, signal: AbortSignal): Promise<Bbox | undefined> {
  if (srid === 4326) return toCrs84Box(box);
  const rows = await quickRows(reader, 'extent.transform', gridStatement(reader.postgisSchema, box, srid), signal);
  const positions = rows.map((row): readonly [number, number] => [float(row, 0) ?? Number.NaN, float(row, 1) ?? Number.NaN]);
  const round = goesRound(positions.map(([lon]) => lon).filter(Number.isFinite));
  return boxAround(positions, round ? await polesInside(reader, box, srid, signal) : []);
}

async function polesInside(
  reader: ExtentReader,
  [west, south, east, north]: Bbox,
  srid: number,
  signal: AbortSignal,
): Promise<readonly (-90 | 90)[]> {
  const inside: (-90 | 90)[] = [];
  for (const latitude of [-90, 90] as const) {
    try {
      const [row] = await quickRows(reader, 'extent.pole', poleStatement(reader.postgisSchema, latitude, srid), signal);
      const [x, y] = [float(row ?? [], 0) ?? Number.NaN, float(row ?? [], 1) ?? Number.NaN];
      if (x >= west && x <= east && y >= south && y <= north) inside.push(latitude);
    } catch {
      // Most projections have no place for the pole, and PostGIS says so by an error: it is not inside then.
      signal.throwIfAborted();
    }
  }
  return inside;
}

function exactRows(reader: ExtentReader, statement: Sql, signal: AbortSignal): Promise<readonly Row[]> {
  return reader.database.rows(statement, { name: 'extent.exact', signal, principal: ANONYMOUS, timeoutMs: EXACT_MS });
}

function quickRows(reader: ExtentReader, name: string, statement: Sql, signal: AbortSignal): Promise<readonly Row[]> {
  return reader.database.rows(statement, { name, signal, principal: ANONYMOUS, timeoutMs: ESTIMATE_MS });
}

/** Without microseconds when they are zero; null for an open end. */
function shortInstant(instant: string | undefined): string | null {
  return instant?.replace('.000000Z', 'Z') ?? null;
}

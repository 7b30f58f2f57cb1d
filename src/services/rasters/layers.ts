import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import { AppError } from '../../base/error.ts';
import type { Sql } from '../../base/sql.ts';
import type { Database, Row, RunContext } from '../../db/database.ts';
import { gridBounds, type Grid } from '../../raster/grid.ts';
import { allocatePlane, type Raster } from '../../raster/image.ts';
import { mosaic } from '../../raster/mosaic.ts';
import { thinBlock } from '../../raster/thin.ts';
import { decodeBlock, type Block } from '../../raster/wkb.ts';
import { blocksStatement, sampleStatement, type NativeBox } from './blocks-statement.ts';

/** Which part of a level to read: bounds in its CRS. */
export interface LayerRequest {
  readonly collection: RasterCollection;
  readonly level: RasterLevel;
  readonly bounds: NativeBox;
  readonly geographic: boolean;
  /** Side of a picture's pixel in units of the level's CRS; undefined where it could not be told. */
  readonly size: number | undefined;
}

/** Pixels beyond the bounds that the kernels reach. */
export const MARGIN = 1;

/** From this many samples on, blocks are thinned as they come in: a table without overviews seen from afar. */
const MANY_SAMPLES = 16_000_000;
const STREAM_ROWS = 16;

/**
 * Reads the blocks under the bounds, with the rim that kernels reach, in one statement: newest first where rows have a
 * time. Where they are too many to hold, every n-th sample of them, still at least two for each pixel of the picture.
 */
export async function readLayer(database: Database, request: LayerRequest, context: RunContext): Promise<readonly Block[]> {
  const { collection, level } = request;
  const boxes = boxesToRead(request);
  if (boxes.length === 0) return [];
  const statement = blocksStatement(collection, level, boxes);
  const step = thinningOf(request);
  const rows =
    step > 1
      ? await readThinned(database, statement, { collection, step }, context)
      : await readRows(database, statement, collection, context);
  return rows.toSorted((a, b) => b.time - a.time).map(({ block }) => block);
}

/** Every how many samples one is kept. */
function thinningOf({ collection, level, bounds, size }: LayerRequest): number {
  const all = collection.nativeBbox ?? bounds;
  const width = Math.min(bounds[2], all[2]) - Math.max(bounds[0], all[0]);
  const height = Math.min(bounds[3], all[3]) - Math.max(bounds[1], all[1]);
  const { pixelWidth, pixelHeight } = level;
  if ((width / pixelWidth) * (height / pixelHeight) * collection.bands.length < MANY_SAMPLES) return 1;
  return Math.max(1, Math.floor((size ?? 0) / Math.sqrt(pixelWidth * pixelHeight) / 2));
}

interface TimedBlock {
  readonly block: Block;
  /** Seconds of the epoch; rows without time are the oldest. */
  readonly time: number;
}

async function readRows(
  database: Database,
  statement: Sql,
  collection: RasterCollection,
  context: RunContext,
): Promise<readonly TimedBlock[]> {
  const rows = await database.rows(statement, { ...context, name: 'raster.blocks' });
  return rows.flatMap((row) => toBlock(row, collection) ?? []);
}

async function readThinned(
  database: Database,
  statement: Sql,
  { collection, step }: { readonly collection: RasterCollection; readonly step: number },
  context: RunContext,
): Promise<readonly TimedBlock[]> {
  const kept: TimedBlock[] = [];
  let anchor: Grid | undefined;
  for await (const rows of database.stream(statement, { ...context, name: 'raster.blocks', batch: STREAM_ROWS })) {
    for (const row of rows) {
      const timed = toBlock(row, collection);
      if (timed === undefined) continue;
      anchor ??= timed.block.grid;
      const block = thinBlock(timed.block, step, anchor);
      if (block !== undefined) kept.push({ block, time: timed.time });
    }
  }
  return kept;
}

/** Reads a sample of the coarsest level for statistics: all of it where it is small. */
export async function readSample(
  database: Database,
  collection: RasterCollection,
  bands: readonly number[],
  context: RunContext,
): Promise<readonly Raster[]> {
  const level = collection.levels.reduce<RasterLevel | undefined>(
    (coarsest, next) => (coarsest === undefined || next.factor > coarsest.factor ? next : coarsest),
    undefined,
  );
  if (level === undefined) return [];
  const rows = await readRows(database, sampleStatement(collection, level, samplePoints(collection, level)), collection, context);
  return rows.flatMap(({ block }) => [
    ...mosaic([block], { bands, bounds: gridBounds(block.grid, block.width, block.height), margin: 0, geographic: false }, allocatePlane),
  ]);
}

/**
 * A row as a block, with the nodata value that a comment declares where the band itself has none. Rows in another CRS
 * than asked for are left out: their coordinates mean something else.
 * @throws AppError when all bands of a block lie outside the database
 */
function toBlock([bytes, time]: Row, { bands, srid }: RasterCollection): TimedBlock | undefined {
  if (!Buffer.isBuffer(bytes)) return undefined;
  const block = decodeBlock(bytes);
  if (block.srid !== srid || block.width === 0 || block.height === 0) return undefined;
  if (block.bands.length > 0 && block.bands.every((band) => band.outside !== undefined)) {
    throw new AppError('INTERNAL', {
      detail: 'Cannot draw this raster: its pixels are in files outside the database, and only those inside are read',
    });
  }
  const declared = block.bands.some((band, n) => band.nodata === undefined && bands[n]?.nodata !== undefined);
  const own = declared ? { ...block, bands: block.bands.map((band, n) => ({ ...band, nodata: band.nodata ?? bands[n]?.nodata })) } : block;
  return { block: own, time: typeof time === 'string' ? Number(time) : -Infinity };
}

/** The bounds with a rim; in degrees also a turn east and west, where the collection reaches there. */
function boxesToRead({ collection, level, bounds, geographic }: LayerRequest): readonly NativeBox[] {
  const [x, y] = [MARGIN * level.pixelWidth, MARGIN * level.pixelHeight];
  const box: NativeBox = [bounds[0] - x, bounds[1] - y, bounds[2] + x, bounds[3] + y];
  const boxes = (geographic ? [0, 360, -360] : [0]).map((turn): NativeBox => [box[0] + turn, box[1], box[2] + turn, box[3]]);
  const all = collection.nativeBbox;
  if (all === undefined) return boxes;
  return boxes.filter((b) => b[0] <= all[2] && all[0] <= b[2] && b[1] <= all[3] && all[1] <= b[3]);
}

const SAMPLE_SIDE = 6;
const SMALL_PIXELS = 2_000_000;

/** Points spread over the collection, none when its coarsest level is small enough to be read as a whole. */
function samplePoints({ nativeBbox }: RasterCollection, level: RasterLevel): readonly (readonly [number, number])[] {
  if (nativeBbox === undefined) return [];
  const [west, south, east, north] = nativeBbox;
  if (((east - west) / level.pixelWidth) * ((north - south) / level.pixelHeight) < SMALL_PIXELS) return [];
  return Array.from({ length: SAMPLE_SIDE ** 2 }, (_, n) => {
    const [i, j] = [n % SAMPLE_SIDE, Math.floor(n / SAMPLE_SIDE)];
    return [west + ((i + 0.5) / SAMPLE_SIDE) * (east - west), south + ((j + 0.5) / SAMPLE_SIDE) * (north - south)];
  });
}

import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import { AppError } from '../../base/error.ts';
import type { Sql } from '../../base/sql.ts';
import type { Database } from '../../db/database.ts';
import { gridBounds } from '../../raster/grid.ts';
import { allocatePlane, type Raster } from '../../raster/image.ts';
import { mosaic } from '../../raster/mosaic.ts';
import { decodeBlock, type Block } from '../../raster/wkb.ts';
import { blocksStatement, sampleStatement, type NativeBox } from './blocks-statement.ts';
import type { MappingContext } from './mapping.ts';

/** Which part of a level to read: bounds in its CRS. */
export interface LayerRequest {
  readonly collection: RasterCollection;
  readonly level: RasterLevel;
  readonly bounds: NativeBox;
  readonly geographic: boolean;
}

/** Pixels beyond the bounds that the kernels reach. */
export const MARGIN = 1;

/** Reads the blocks under the bounds, with the rim that kernels reach, in one statement. */
export async function readLayer(database: Database, request: LayerRequest, context: MappingContext): Promise<readonly Block[]> {
  const { collection, level } = request;
  const boxes = boxesToRead(request);
  return boxes.length === 0 ? [] : readBlocks(database, blocksStatement(collection, level, boxes), context);
}

/** Reads a sample of the coarsest level for statistics: all of it where it is small. */
export async function readSample(
  database: Database,
  collection: RasterCollection,
  bands: readonly number[],
  context: MappingContext,
): Promise<readonly Raster[]> {
  const level = collection.levels.reduce<RasterLevel | undefined>(
    (coarsest, next) => (coarsest === undefined || next.factor > coarsest.factor ? next : coarsest),
    undefined,
  );
  if (level === undefined) return [];
  const blocks = await readBlocks(database, sampleStatement(collection, level, samplePoints(collection, level)), context);
  return blocks.flatMap((block) => [
    ...mosaic([block], { bands, bounds: gridBounds(block.grid, block.width, block.height), margin: 0, geographic: false }, allocatePlane),
  ]);
}

async function readBlocks(database: Database, statement: Sql, context: MappingContext): Promise<readonly Block[]> {
  const rows = await database.rows(statement, { ...context, name: 'raster.blocks' });
  const blocks = rows.flatMap(([bytes]) => (Buffer.isBuffer(bytes) ? [decodeBlock(bytes)] : []));
  const away = blocks.find((block) => block.bands.some((band) => band.outside !== undefined));
  if (away !== undefined && blocks.every((block) => block.bands.every((band) => band.outside !== undefined))) {
    throw new AppError('INTERNAL', {
      detail: 'Cannot draw this raster: its bands are stored outside the database, which is not allowed to read them',
    });
  }
  return blocks;
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

import { setImmediate } from 'node:timers/promises';
import { createBreath } from '../../base/breath.ts';
import { AppError } from '../../base/error.ts';
import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { gridBounds } from '../../raster/grid.ts';
import { allocatePlane, type Raster } from '../../raster/image.ts';
import { mosaic } from '../../raster/mosaic.ts';
import type { Block } from '../../raster/wkb.ts';
import { sampleStatement } from './blocks-statement.ts';
import { decodeRow } from './decode-row.ts';

const SAMPLE_SIDE = 6;
const SMALL_PIXELS = 2_000_000;

/** Reads a sample of the coarsest level for statistics: all of it where it is small. */
export async function readSample(
  database: Database,
  collection: RasterCollection,
  bands: readonly number[],
  context: RunContext,
): Promise<readonly Raster[]> {
  const level = coarsest(collection);
  if (level === undefined) return [];
  const query = { collection, level, points: samplePoints(collection, level) };
  const read = async (fetchFiles: boolean): Promise<readonly Block[]> => {
    const rows = await database.rows(sampleStatement({ ...query, fetchFiles }), { ...context, name: 'raster.sample' });
    return rows.flatMap(([, bytes]) => decodeRow(bytes, collection) ?? []);
  };
  const blocks = await read(false);
  const inFiles = blocks.some((block) => bands.some((band) => block.bands[band]?.outside !== undefined));
  const sample: Raster[] = [];
  const breath = createBreath();
  for (const block of inFiles ? await orNothing(read(true)) : blocks) {
    const bounds = gridBounds(block.grid, block.width, block.height);
    sample.push(...mosaic([block], { bands, bounds, margin: 0, geographic: false }, allocatePlane));
    await breath();
  }
  // Looking at all of it takes milliseconds too.
  await setImmediate();
  return sample;
}

/** Files that cannot be read are no sample; whoever wants their values is told so. */
async function orNothing(blocks: Promise<readonly Block[]>): Promise<readonly Block[]> {
  try {
    return await blocks;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'DATABASE_UNAVAILABLE') return [];
    throw error;
  }
}

function coarsest({ levels }: RasterCollection): RasterLevel | undefined {
  return levels.reduce<RasterLevel | undefined>((best, next) => (best === undefined || next.factor > best.factor ? next : best), undefined);
}

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

import { AppError } from '../../base/error.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { Database, Row, RunContext } from '../../db/database.ts';
import { createCoverage, type Coverage } from '../../raster/coverage.ts';
import { cropBlock } from '../../raster/crop-block.ts';
import type { Block } from '../../raster/wkb.ts';
import { blocksStatement, type BlocksQuery, type NativeBox } from './blocks-statement.ts';

/** From this many rows over one another on, on average. */
const DEEP = 2;
/** Samples of all rows that touch a picture, from which on they are read piece by piece. */
const MANY_SAMPLES = 16_000_000;
const BATCH = 16;
/** All rows together that are merged at once. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * True where so many rows lie over one another that they cannot all be held, such as scenes of many days. They are taken
 * to be spread evenly.
 */
export function isDeep({ collection, level, boxes }: Pick<BlocksQuery, 'collection' | 'level' | 'boxes'>): boolean {
  const { nativeBbox: all, blockWidth, blockHeight, estimatedRows, regularBlocking, bands } = collection;
  if (regularBlocking || level.factor !== 1 || all === undefined) return false;
  if (blockWidth === undefined || blockHeight === undefined || estimatedRows === undefined) return false;
  const [width, height] = [all[2] - all[0], all[3] - all[1]];
  const [blockAcross, blockDown] = [blockWidth * level.pixelWidth, blockHeight * level.pixelHeight];
  if ((estimatedRows * blockAcross * blockDown) / (width * height) <= DEEP) return false;
  // A row touches a box when its corner lies in the box grown by a block.
  const share = boxes.reduce((sum, box) => {
    const across = Math.min(box[2], all[2]) - Math.max(box[0], all[0]) + blockAcross;
    const down = Math.min(box[3], all[3]) - Math.max(box[1], all[1]) + blockDown;
    return sum + Math.min(1, Math.max(0, across) / width) * Math.min(1, Math.max(0, down) / height);
  }, 0);
  return Math.min(1, share) * estimatedRows * blockWidth * blockHeight * bands.length > MANY_SAMPLES;
}

/** What to read of a deep table. */
export interface DeepReading {
  readonly query: BlocksQuery;
  /** 0-based. */
  readonly bands: readonly number[];
  /** Only what is seen from above is wanted: not more is read than it takes to cover the boxes. */
  readonly topOnly: boolean;
  decode(row: Row): Block | undefined;
}

/**
 * Reads rows from the top until nothing of the boxes is bare; rows that add nothing are let go at once. Where all rows
 * count, as many as fit, of each what lies in the boxes. A block with bands in files comes alone.
 * @throws AppError CONTENT_TOO_LARGE when more lie there
 */
export async function readDeep(database: Database, reading: DeepReading, context: RunContext): Promise<readonly Block[]> {
  const { query, bands, topOnly } = reading;
  const coverages = topOnly ? coveragesOf(reading) : [];
  const kept: Block[] = [];
  let bytes = 0;
  const batches = database.stream(blocksStatement({ ...query, ordered: true }), { ...context, name: 'raster.blocks', batch: BATCH });
  for await (const rows of batches) {
    for (const row of rows) {
      const block = cropped(reading.decode(row), query.boxes);
      if (block === undefined) continue;
      if (bands.some((band) => block.bands[band]?.outside !== undefined)) return [block];
      if (topOnly && coverages.reduce((fresh, coverage) => fresh + coverage.add(block), 0) === 0) continue;
      kept.push(block);
      bytes += block.width * block.height * block.bands.length * 8;
      if (bytes > MOST_BYTES) throw tooDeep(query.collection);
    }
    if (topOnly && coverages.every(({ missing }) => missing === 0)) break;
  }
  return kept;
}

/** Where longitudes wrap, a block may be wanted in two places: it stays whole. */
function cropped(block: Block | undefined, [only, ...more]: readonly NativeBox[]): Block | undefined {
  return block === undefined || only === undefined || more.length > 0 ? block : cropBlock(block, only, 0);
}

/** One for each box, where the collection lies: beside it nothing would ever cover anything. */
function coveragesOf({ query: { collection, level, boxes }, bands }: DeepReading): readonly Coverage[] {
  const { pixelWidth, pixelHeight } = level;
  return boxes.map((box) => {
    const all = collection.nativeBbox ?? box;
    const bounds: NativeBox = [Math.max(box[0], all[0]), Math.max(box[1], all[1]), Math.min(box[2], all[2]), Math.min(box[3], all[3])];
    return createCoverage({ bounds, pixelWidth, pixelHeight, bands });
  });
}

function tooDeep({ id, temporal }: RasterCollection): AppError {
  const how = temporal === undefined ? 'ask for a smaller area' : 'choose rows with datetime, or ask for a smaller area';
  return new AppError('CONTENT_TOO_LARGE', {
    detail: `Cannot merge the rows of ${id}: more than ${MOST_BYTES / 2 ** 20} MB of them lie there; ${how}`,
  });
}

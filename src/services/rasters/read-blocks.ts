import { AppError } from '../../base/error.ts';
import { createBreath } from '../../base/breath.ts';
import { createInflight } from '../../base/inflight.ts';
import { principalKey } from '../../base/principal.ts';
import type { Sql } from '../../base/sql.ts';
import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import type { Database, Row, RunContext } from '../../db/database.ts';
import type { Grid } from '../../raster/grid.ts';
import { thinBlock } from '../../raster/thin.ts';
import type { Block } from '../../raster/wkb.ts';
import { createBlockCache, type BlockCache } from './block-cache.ts';
import { blocksStatement, type BlocksQuery, type NativeBox } from './blocks-statement.ts';
import { boxesToRead, isFilled, thinningOf, type Footprint } from './block-plan.ts';
import { decodeRow } from './decode-row.ts';
import { isDeep, readDeep, type DeepReading } from './read-deep.ts';
import { inOrder, type RankedBlock } from './row-order.ts';

/** Which blocks of a level to read. */
export interface BlocksRequest extends Footprint {
  /** 0-based; blocks come with all their bands. */
  readonly bands: readonly number[];
  /** They will not be wanted again soon: those that are not kept yet are not kept now, and are the caller's alone. */
  readonly passing?: boolean | undefined;
  /** Rows under others are not wanted; true unless given. */
  readonly topOnly?: boolean | undefined;
  /** On the rows of the base table. */
  readonly condition?: Sql | undefined;
}

/** Reads blocks of raster tables: those on top first, in one statement, every n-th sample where they are too many to hold. */
export interface BlockReader {
  /** @throws AppError PIXELS_OUTSIDE where wanted bands are in files that the database may not read */
  read(request: BlocksRequest, context: RunContext): Promise<readonly Block[]>;
  /** What `read` gives if nothing has changed, of what is kept; waits for ever where that is not known. */
  likely(request: BlocksRequest): Promise<readonly Block[]>;
  /** Bytes of decoded blocks that are kept. */
  readonly cachedBytes: number;
}

const STREAM_ROWS = 16;
const SYSTEM_COLUMNS: ReadonlySet<string> = new Set(['table', 'partitioned', 'materialized-view']);
/** Failures that the same statement in another form would meet again. */
const LASTING: ReadonlySet<string> = new Set(['DATABASE_UNAVAILABLE', 'OVERLOADED', 'TIMEOUT']);

/** How the blocks of a level have to be asked for, as its first reading told. */
interface Manner {
  signed: boolean;
  fetchFiles: boolean;
}

/** What reading takes. */
interface Shelf {
  readonly database: Database;
  readonly cache: BlockCache;
}

/** A request, and the boxes in which its blocks lie. */
interface Reading extends BlocksRequest {
  readonly boxes: readonly NativeBox[];
}

/** A reader that keeps at most `cacheBytes` of decoded blocks. */
export function createBlockReader(database: Database, cacheBytes: number): BlockReader {
  const shelf: Shelf = { database, cache: createBlockCache(cacheBytes) };
  const manners = new Map<string, Manner>();
  const inflight = createInflight<readonly Block[]>();
  const mannerOf = (name: string, { relation }: RasterLevel): Manner => {
    const known = manners.get(name) ?? { signed: cacheBytes > 0 && SYSTEM_COLUMNS.has(relation.kind), fetchFiles: false };
    manners.set(name, known);
    return known;
  };
  return {
    async read(request, context) {
      const boxes = boxesToRead(request);
      if (boxes.length === 0) return [];
      const { collection, level, condition } = request;
      const name = levelKey(collection, level);
      const manner = mannerOf(name, level);
      const step = thinningOf(request);
      const query = { collection, level, boxes, condition, fetchFiles: manner.fetchFiles };
      if (step === 1 && isDeep(query)) {
        const blocks = await readDeep(database, deepReading(request, query), context);
        if (!blocks.some((block) => isOutside(block, request.bands))) return blocks;
      }
      if (step > 1) return readThinned(database, query, step, context);
      if (request.passing === true) return readAll(shelf, { ...request, boxes }, manner, context);
      const chosen = condition === undefined ? '' : [condition.text, condition.values];
      const key = JSON.stringify([name, boxes, request.bands, chosen, principalKey(context.principal)]);
      return inflight.run(key, context.signal, (signal) => readAll(shelf, { ...request, boxes }, manner, { ...context, signal }));
    },
    likely(request) {
      const { collection, level, condition } = request;
      const boxes = boxesToRead(request);
      const name = levelKey(collection, level);
      if (condition !== undefined || thinningOf(request) > 1 || isDeep({ collection, level, boxes })) return forever();
      const kept = [...shelf.cache.touching(name, boxes).values()];
      const blocks = inOrder(kept);
      return isFilled(boxes, blocks, collection.nativeBbox) ? Promise.resolve(blocks) : forever();
    },
    get cachedBytes() {
      return shelf.cache.sizeBytes;
    },
  };
}

/** A promise of its own each time: one that all wait for would remember all of them. */
function forever(): Promise<never> {
  return new Promise(() => undefined);
}

function deepReading({ bands, collection, topOnly = true }: BlocksRequest, query: BlocksQuery): DeepReading {
  return { query, bands, topOnly, decode: (row) => ranking(row, decodeRow(row[1], collection))[0]?.block };
}

async function readAll(shelf: Shelf, reading: Reading, manner: Manner, context: RunContext): Promise<readonly Block[]> {
  const blocks = await withoutSignatures(manner, (used) => readRows(shelf, reading, used, context));
  if (!blocks.some((block) => isOutside(block, reading.bands))) return blocks;
  return fromFiles(manner, reading.collection, (used) => readRows(shelf, reading, used, context));
}

async function readRows({ database, cache }: Shelf, reading: Reading, manner: Manner, context: RunContext): Promise<readonly Block[]> {
  const { collection, level, boxes, condition } = reading;
  const name = levelKey(collection, level);
  const kept = manner.signed ? cache.touching(name, boxes) : undefined;
  const known = kept === undefined ? undefined : [...kept.keys()];
  const statement = blocksStatement({ collection, level, boxes, condition, known, fetchFiles: manner.fetchFiles });
  const rows = await database.rows(statement, { ...context, name: 'raster.blocks' });
  const found: RankedBlock[] = [];
  const breath = createBreath();
  for (const row of rows) {
    const [signature, pixels] = row;
    if (typeof signature === 'string' && !Buffer.isBuffer(pixels)) {
      cache.touch(name, signature);
      const block = kept?.get(signature);
      if (block !== undefined) found.push(block);
      continue;
    }
    const ranked = ranking(row, decodeRow(pixels, collection));
    if (typeof signature !== 'string' || reading.passing === true) found.push(...ranked);
    else {
      for (const block of ranked) found.push(cache.keep(name, signature, block));
      // What is kept is copied: a millisecond for each megabyte.
      await breath();
    }
  }
  if (kept !== undefined && condition === undefined) {
    const there = new Set(rows.map(([signature]) => signature));
    for (const signature of kept.keys()) if (!there.has(signature)) cache.drop(name, signature);
  }
  return inOrder(found);
}

function levelKey({ id, version, srid }: RasterCollection, { relation, factor }: RasterLevel): string {
  return `${id} ${version} ${relation.oid} ${factor} ${srid}`;
}

/** Tries with signatures; where these cannot be read (by right or by the kind of storage) without them, from then on. */
async function withoutSignatures<T>(manner: Manner, read: (manner: Manner) => Promise<T>): Promise<T> {
  if (!manner.signed) return read(manner);
  try {
    return await read(manner);
  } catch (error) {
    if (!(error instanceof AppError) || LASTING.has(error.code)) throw error;
    const result = await read({ ...manner, signed: false });
    manner.signed = false;
    return result;
  }
}

/** Lets the database read the files that bands name; files change unseen, so that their blocks are not kept. */
async function fromFiles<T>(manner: Manner, { id }: RasterCollection, read: (manner: Manner) => Promise<T>): Promise<T> {
  try {
    const result = await read({ signed: false, fetchFiles: true });
    manner.signed = false;
    manner.fetchFiles = true;
    return result;
  } catch (error) {
    if (!(error instanceof AppError) || LASTING.has(error.code)) throw error;
    throw new AppError('PIXELS_OUTSIDE', {
      detail: `Cannot read ${id}: its pixels are in files outside the database, which it may not or cannot read; expected postgis.enable_outdb_rasters and postgis.gdal_enabled_drivers to be set for it, and the files to be where the rows say`,
      cause: error,
    });
  }
}

async function readThinned(database: Database, query: BlocksQuery, step: number, context: RunContext): Promise<readonly Block[]> {
  const kept: RankedBlock[] = [];
  let anchor: Grid | undefined;
  const batches = database.stream(blocksStatement(query), { ...context, name: 'raster.blocks', batch: STREAM_ROWS });
  for await (const rows of batches) {
    for (const row of rows) {
      const block = decodeRow(row[1], query.collection);
      if (block === undefined) continue;
      anchor ??= block.grid;
      kept.push(...ranking(row, thinBlock(block, step, anchor)));
    }
  }
  return inOrder(kept);
}

function ranking([signature, , time, key]: Row, block: Block | undefined): readonly RankedBlock[] {
  if (block === undefined) return [];
  const timed = typeof time === 'string' ? { ...block, time: Number(time) } : block;
  return [{ block: timed, key: key?.toString(), place: signature?.toString() }];
}

function isOutside(block: Block, bands: readonly number[]): boolean {
  return bands.some((band) => block.bands[band]?.outside !== undefined && block.bands[band]?.blank === false);
}

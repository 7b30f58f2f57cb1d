import { encodeValues, type EncodedValues, type ValueFormat, type ValueOptions } from '../image/encode-values.ts';
import { writePiece, type FilePiece } from '../image/file-piece.ts';
import { writeJson, type JsonPiece } from '../image/json-numbers.ts';
import type { ValueImage } from '../image/values.ts';
import type { Scratch } from '../raster/scratch.ts';
import { summarize, type BandStatistics, type StatisticsOptions } from '../raster/statistics/band-statistics.ts';
import type { Collected } from '../raster/statistics/collect-tallies.ts';
import type { Tally } from '../raster/statistics/tally.ts';
import { isElsewhere } from './elsewhere.ts';
import { fileCost, jsonCost, pieceCost, summaryCost } from './order-cost.ts';
import { packJob } from './pack-job.ts';
import { borrowing } from './perform-order.ts';
import type { RenderJob } from './render-job.ts';
import { tallyCost, tallyJob, type TallyAsk } from './tally-job.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Which file is wanted. */
export interface FileWish {
  readonly format: ValueFormat;
  readonly options?: ValueOptions | undefined;
}

/** What is done with numbers that are no picture, here or in a thread. */
export interface Counting {
  /** Counts what a job makes, one tally an output; undefined where no pixel belongs to the zone. */
  tallies(job: RenderJob, ask: TallyAsk, signal: AbortSignal): Promise<readonly Tally[] | undefined>;
  /** The statistics of what was collected of some bands, which is used up by it. */
  summary(collected: readonly Collected[], options: StatisticsOptions, signal: AbortSignal): Promise<readonly BandStatistics[]>;
  /** Numbers as a file; their planes are used up by it. @throws AppError as encodeValues does */
  file(image: ValueImage, wish: FileWish, signal: AbortSignal): Promise<EncodedValues>;
  /** A JSON text from its parts; their planes are used up by it. */
  json(pieces: readonly JsonPiece[], signal: AbortSignal): Promise<Uint8Array>;
  /** A piece of a file; the planes under tiles are used up by it. */
  piece(piece: FilePiece, signal: AbortSignal): Promise<Uint8Array>;
}

/** Counting with threads, or without. */
export function createCounting(pool: WorkerPool | undefined, scratch: Scratch): Counting {
  return {
    async tallies(job, ask, signal) {
      signal.throwIfAborted();
      const cost = tallyCost(job, ask);
      if (!isElsewhere(pool, cost, ask.part)) return borrowing(scratch, () => tallyJob(job, ask, scratch.allocate));
      const result = await pool.run({ wanted: 'tallies', job: packJob(job), ask }, cost, signal);
      return result !== undefined && 'tallies' in result ? result.tallies : undefined;
    },
    async summary(collected, options, signal) {
      signal.throwIfAborted();
      const cost = summaryCost(collected);
      if (!isElsewhere(pool, cost, 'alone')) return collected.map((one) => summarize(one, options));
      const result = await pool.run({ wanted: 'summary', collected, options }, cost, signal);
      if (result !== undefined && 'summary' in result) return result.summary;
      throw new Error('A thread gave no summary');
    },
    async file(image, { format, options = {} }, signal) {
      signal.throwIfAborted();
      const cost = fileCost(image, format);
      if (!isElsewhere(pool, cost, 'alone')) return encodeValues(image, format, options);
      const result = await pool.run({ wanted: 'file', image, format, options }, cost, signal);
      if (result !== undefined && 'extension' in result) return result;
      throw new Error('A thread gave no file');
    },
    async json(pieces, signal) {
      signal.throwIfAborted();
      const cost = jsonCost(pieces);
      if (!isElsewhere(pool, cost, 'alone')) return writeJson(pieces);
      const result = await pool.run({ wanted: 'json', pieces }, cost, signal);
      if (result !== undefined && 'written' in result) return result.written;
      throw new Error('A thread gave no text');
    },
    async piece(piece, signal) {
      signal.throwIfAborted();
      const cost = pieceCost(piece);
      if (!isElsewhere(pool, cost, 'bulk')) return writePiece(piece);
      const result = await pool.run({ wanted: 'piece', piece }, cost, signal);
      if (result !== undefined && 'written' in result) return result.written;
      throw new Error('A thread gave no bytes');
    },
  };
}

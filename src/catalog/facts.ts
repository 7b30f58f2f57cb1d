import { AppError } from '../base/error.ts';
import type { Observe } from '../base/event.ts';
import type { Database } from '../db/database.ts';
import type { Facts } from './catalog.ts';
import type { Collection, Extent } from './collection.ts';
import type { Discovery } from './discover.ts';
import { estimateBbox, readExtent } from './extent.ts';
import type { ExtentReader } from './extent.ts';
import { failureText } from './failure.ts';
import { createQueue } from './queue.ts';
import type { Queue } from './queue.ts';

/** What facts are read with. */
export interface FactsOptions {
  readonly database: Database;
  readonly state: () => Discovery;
  readonly observe: Observe;
  /** Ends what runs in the background. */
  readonly signal: AbortSignal;
}

/** How long an answer waits for an extent before it goes without. */
const PATIENCE_MS = 300;
/** An exact extent older than this is read anew in the background when somebody asks. */
const STALE_MS = 600_000;
/** Collections with at most so many rows are read at once instead of estimated. */
const SMALL_ROWS = 20_000;
/** A collection whose rows could not be read in time is tried again after this long, each failure fourfold, up to an hour. */
const FIRST_RETRY_MS = 30_000;
const LAST_RETRY_MS = 3_600_000;
/** While the database is away, nothing is learnt of a collection: it is tried again as soon as this. */
const OUTAGE_RETRY_MS = 1_000;
const ESTIMATES_AT_ONCE = 2;
const NOTHING: Extent = Object.freeze({ bbox: undefined, interval: undefined, exact: false });

interface Entry {
  readonly version: string;
  estimate: Promise<Extent> | undefined;
  /** What the estimate came to, and by Date.now when. */
  estimated: Extent | undefined;
  estimatedAtMs: number;
  exact: Extent | undefined;
  /** When the exact extent is to be read (again), by Date.now. */
  dueAtMs: number;
  retryMs: number;
  running: Promise<Extent> | undefined;
}

/** What reading extents shares: at most so many statements at a time, and what has been read. */
interface Memory extends FactsOptions {
  readonly entries: Map<string, Entry>;
  readonly estimates: Queue;
  readonly background: Queue;
}

/**
 * Extents with a memory: whoever asks gets the exact one when it is known, else an estimate within a moment, while the
 * exact one is read in the background, one table at a time.
 */
export function createFacts(options: FactsOptions): Facts {
  const memory: Memory = { ...options, entries: new Map(), estimates: createQueue(ESTIMATES_AT_ONCE), background: createQueue(1) };
  return {
    async extent(collection, signal) {
      signal.throwIfAborted();
      const entry = entryOf(memory, collection);
      const exact = Date.now() >= entry.dueAtMs ? startExact(memory, collection, entry) : entry.running;
      if (entry.exact !== undefined) return entry.exact;
      const estimate = startEstimate(memory, collection, entry);
      const small = (collection.estimatedRows ?? Infinity) <= SMALL_ROWS;
      const best = exact === undefined ? estimate : small ? exact : Promise.race([exact, lessThanNothing(estimate, exact)]);
      return within(best, estimate);
    },
    known(collection) {
      const entry = entryOf(memory, collection);
      return entry.exact ?? entry.estimated;
    },
    learn: (collection) => learn(memory, collection),
  };
}

function entryOf({ entries, state }: Memory, collection: Collection): Entry {
  const known = entries.get(collection.id);
  if (known !== undefined && known.version === collection.version) return known;
  const { collections } = state().catalog;
  if (entries.size > collections.size) for (const id of entries.keys()) if (!collections.has(id)) entries.delete(id);
  const entry: Entry = {
    version: collection.version,
    estimate: undefined,
    estimated: undefined,
    estimatedAtMs: 0,
    exact: undefined,
    dueAtMs: 0,
    retryMs: FIRST_RETRY_MS,
    running: undefined,
  };
  entries.set(collection.id, entry);
  return entry;
}

function startExact(memory: Memory, collection: Collection, entry: Entry): Promise<Extent> {
  entry.running ??= memory
    .background(() => readExtent(readerOf(memory), collection, memory.signal))
    .then((extent) => {
      entry.exact = extent;
      entry.dueAtMs = Date.now() + STALE_MS;
      entry.retryMs = FIRST_RETRY_MS;
      return extent;
    })
    .catch((error: unknown) => {
      postpone(memory, { collection, entry, error });
      return entry.exact ?? NOTHING;
    })
    .finally(() => {
      entry.running = undefined;
    });
  return entry.running;
}

function postpone(memory: Memory, { collection, entry, error }: { collection: Collection; entry: Entry; error: unknown }): void {
  if (isOutage(error)) {
    entry.dueAtMs = Date.now() + OUTAGE_RETRY_MS;
    return;
  }
  report(memory, collection, error);
  entry.dueAtMs = Date.now() + entry.retryMs;
  entry.retryMs = Math.min(LAST_RETRY_MS, entry.retryMs * 4);
}

function startEstimate(memory: Memory, collection: Collection, entry: Entry): Promise<Extent> {
  entry.estimate ??= memory
    .estimates(() => estimateBbox(readerOf(memory), collection, memory.signal))
    .then(
      (bbox): Extent => Object.freeze({ bbox, interval: undefined, exact: false }),
      (error: unknown) => {
        if (isOutage(error)) entry.estimate = undefined;
        // No statistics and no index: ST_EstimatedExtent says so by an error.
        return NOTHING;
      },
    )
    .then((extent) => {
      [entry.estimated, entry.estimatedAtMs] = [extent, Date.now()];
      return extent;
    });
  return entry.estimate;
}

async function learn(memory: Memory, collection: Collection): Promise<void> {
  const entry = entryOf(memory, collection);
  // Rows are read once for it; who asks for the collection itself has them read again when that is long ago.
  if (entry.exact !== undefined) return;
  if (entry.estimated !== undefined && Date.now() - entry.estimatedAtMs > STALE_MS) entry.estimate = undefined;
  const { bbox } = await startEstimate(memory, collection, entry);
  if (entry.estimate === undefined) throw new AppError('DATABASE_UNAVAILABLE', { detail: `Nothing was learnt of ${collection.id}` });
  const isPlaced = bbox !== undefined || (collection.kind === 'vector' && collection.geometry === undefined);
  if (isPlaced && collection.temporal === undefined) return;
  if (Date.now() >= entry.dueAtMs || entry.running !== undefined) await startExact(memory, collection, entry);
}

/** The database was away or busy: the failure says nothing of the collection. */
function isOutage(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'DATABASE_UNAVAILABLE' || error.code === 'OVERLOADED');
}

function readerOf({ database, state }: Memory): ExtentReader {
  const { catalog, postgisSchema, rowSecurity } = state();
  return { database, postgisSchema, rowSecurity, references: catalog.references };
}

/** The estimate, or when there is none, the exact extent after all. */
async function lessThanNothing(estimate: Promise<Extent>, exact: Promise<Extent>): Promise<Extent> {
  const extent = await estimate;
  return extent.bbox === undefined ? exact : extent;
}

/** The best answer if it comes in time, else the estimate if that is there, else nothing. */
async function within(best: Promise<Extent>, estimate: Promise<Extent>): Promise<Extent> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    const extent = await Promise.race([best, patience]);
    return extent ?? (await Promise.race([estimate, Promise.resolve(NOTHING)]));
  } finally {
    clearTimeout(timer);
  }
}

function report({ observe, signal }: FactsOptions, collection: Collection, error: unknown): void {
  if (signal.aborted) return;
  observe({ kind: 'catalog.warning', message: `The extent of ${collection.id} could not be read: ${failureText(error)}` });
}

import type { Part } from './part.ts';
import type { WorkerPool } from './worker-pool.ts';

/** What takes longer keeps others waiting, who could be answered in the meantime; no short work waits behind it either. */
const LONG_MS = 10;
/** Less is not worth the way to a thread and back. */
const SHORT_MS = 1;

/** True where threads do the work: long work, all but the least of bulk, and short work while others wait and a thread has time. */
export function isElsewhere(pool: WorkerPool | undefined, cost: number, part: Part): pool is WorkerPool {
  if (pool === undefined) return false;
  if (part === 'bulk') return cost > SHORT_MS;
  return cost > LONG_MS || (part === 'crowded' && pool.waiting === 0 && pool.load < LONG_MS);
}

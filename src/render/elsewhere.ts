import type { WorkerPool } from './worker-pool.ts';

/** What takes longer keeps others waiting, who could be answered in the meantime; no short work waits behind it either. */
const LONG_MS = 10;

/** True where threads do the work: long work, and short work while others wait (`crowded`) and a thread has time. */
export function isElsewhere(pool: WorkerPool | undefined, cost: number, crowded: boolean): pool is WorkerPool {
  return pool !== undefined && (cost > LONG_MS || (crowded && pool.waiting === 0 && pool.load < LONG_MS));
}

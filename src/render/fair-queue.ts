/** What waits to be done, so that none who asks for much keeps others waiting who ask for little. */
export interface FairQueue<T> {
  /** `by` is who asks, `cost` how long it will take, in any unit. */
  add(item: T, by: object, cost: number): void;
  /** What is to be done next, which leaves the queue. */
  take(): T | undefined;
  /** Takes an item back. */
  remove(item: T): void;
  /** In no order. */
  readonly items: readonly T[];
}

interface Entry<T> {
  readonly item: T;
  readonly start: number;
  readonly cost: number;
}

/**
 * Start-time fair queueing (Goyal, Vin & Cheng 1996): each item begins, on a clock that counts work, where the work that
 * the same asker wanted before it ends, or now where that is past; the earliest begins first, of equals the one that
 * takes the least. Whoever wants one thing waits at most for one thing of each other asker, however many these want.
 */
export function createFairQueue<T>(): FairQueue<T> {
  let entries: readonly Entry<T>[] = [];
  let clock = 0;
  const ends = new WeakMap<object, number>();
  return {
    add(item, by, cost) {
      const start = Math.max(clock, ends.get(by) ?? 0);
      ends.set(by, start + cost);
      entries = [...entries, { item, start, cost }];
    },
    take() {
      const [first, ...more] = entries;
      if (first === undefined) return undefined;
      const next = more.reduce((best, entry) => (isSooner(entry, best) ? entry : best), first);
      entries = entries.filter((entry) => entry !== next);
      clock = next.start;
      return next.item;
    },
    remove(item) {
      entries = entries.filter((entry) => entry.item !== item);
    },
    get items() {
      return entries.map((entry) => entry.item);
    },
  };
}

function isSooner(p: Entry<unknown>, q: Entry<unknown>): boolean {
  return p.start < q.start || (p.start === q.start && p.cost < q.cost);
}

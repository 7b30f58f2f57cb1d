import { median } from './statistics.ts';

/** One way of doing the work that is compared; what it gives is not looked at. */
export type Way = () => Promise<unknown>;

/** How often: rounds that count, after `warm` that do not. */
export interface Rounds {
  readonly warm: number;
  readonly measured: number;
}

/**
 * Medians in milliseconds of several ways, run one after the other in each round (A B C A B C …), so that whatever
 * else the machine does falls on all of them. Each way runs twice in its turn and the second time counts: what the other
 * ways left in the processor's caches says nothing about a warm server.
 */
export async function interleave<K extends string>(
  ways: Readonly<Record<K, Way>>,
  { warm, measured }: Rounds,
): Promise<Readonly<Record<K, number>>> {
  const names = keysOf(ways);
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < warm + measured; round += 1) {
    for (const name of names) {
      await ways[name]();
      const started = performance.now();
      await ways[name]();
      if (round >= warm) times.get(name)?.push(performance.now() - started);
    }
  }
  return mapKeys(names, (name) => median(times.get(name) ?? []));
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  const isKey = (name: string): name is K => name in record;
  return Object.keys(record).filter(isKey);
}

function mapKeys<K extends string, V>(names: readonly K[], value: (name: K) => V): Readonly<Record<K, V>> {
  const isComplete = (record: Partial<Record<K, V>>): record is Record<K, V> => names.every((name) => name in record);
  const record: Partial<Record<K, V>> = {};
  for (const name of names) record[name] = value(name);
  if (!isComplete(record)) throw new Error('A way has no time');
  return record;
}

import { createInflight } from '../../base/inflight.ts';

const LIMIT = 4096;

/** Computes a value once per key, shared by all who ask meanwhile; failures are not kept, the oldest key goes first. */
export type Remember<T> = (key: string, signal: AbortSignal, compute: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** A bounded memory of small facts. */
export function remember<T>(): Remember<T> {
  const known = new Map<string, { readonly value: T }>();
  const inflight = createInflight<T>();
  return async (key, signal, compute) => {
    const found = known.get(key);
    if (found !== undefined) return found.value;
    const value = await inflight.run(key, signal, compute);
    if (known.size >= LIMIT)
      for (const oldest of known.keys()) {
        known.delete(oldest);
        break;
      }
    known.set(key, { value });
    return value;
  };
}

import { LRUCache } from 'lru-cache';

/** Keeps values by key until space runs out; the interface that disk and shared stores implement too. */
export interface Store<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  clear(): void;
  readonly sizeBytes: number;
}

/** How large a store may grow. */
export interface StoreLimits<V> {
  readonly maxBytes: number;
  /** Bytes that a value takes, key included. */
  sizeOf(value: V, key: string): number;
}

/** A store in the memory of this process that forgets the least recently used values first. */
export function createMemoryStore<V extends object>(limits: StoreLimits<V>): Store<V> {
  const lru = new LRUCache<string, V>({
    maxSize: Math.max(1, limits.maxBytes),
    sizeCalculation: (value, key) => Math.max(1, limits.sizeOf(value, key)),
  });
  return {
    get: (key) => lru.get(key),
    set: (key, value) => void lru.set(key, value),
    delete: (key) => void lru.delete(key),
    clear: () => lru.clear(),
    get sizeBytes() {
      return lru.calculatedSize;
    },
  };
}

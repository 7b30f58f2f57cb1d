import type { Store } from '../cache/memory-store.ts';
import type { Entry } from './answer.ts';
import type { Handling } from './preferences.ts';

/** What the cache holds: an entry and the collections that decide it. */
export interface Kept {
  readonly entry: Entry;
  /** Those of its route. */
  readonly handlings: readonly Handling[];
  readonly collections: readonly string[];
}

/** Another spelling of a request whose answer is kept. */
interface Spelling {
  readonly canonicalKey: string;
}

/** Whole answers by canonical key, and the raw spellings of requests that lead to them. */
export interface AnswerCache {
  /** By raw URL and Accept header: parses nothing, so that the listener can answer before Express. */
  byRequest(rawKey: string): Kept | undefined;
  byKey(canonicalKey: string): Kept | undefined;
  keep(canonicalKey: string, kept: Kept): void;
  /** Remembers that a fully parsed request has this canonical key. */
  learn(rawKey: string, canonicalKey: string): void;
  /** Age of an entry: fresh within the time to live. */
  isFresh(entry: Entry): boolean;
  /** Forgets what these collections decide; 'all' for everything. */
  drop(collections: readonly string[] | 'all'): void;
}

/** What an answer cache is made of. */
export interface AnswerCacheOptions {
  readonly answers: Store<Kept>;
  readonly spellings: Store<Spelling>;
  readonly ttlSeconds: number;
  now(): number;
}

/** Bytes that a kept answer takes, with room for its compressed variant. */
export function sizeOfKept(kept: Kept, key: string): number {
  return kept.entry.answer.body.length * 2 + key.length * 2 + 500;
}

/** An answer cache over two stores. With a time to live of 0 nothing is kept. */
export function createAnswerCache(options: AnswerCacheOptions): AnswerCache {
  const { answers, spellings, ttlSeconds } = options;
  const dropped = new Map<string, number>();
  let allDropped = Number.NEGATIVE_INFINITY;
  const isCurrent = (kept: Kept): boolean =>
    kept.entry.storedAt > allDropped && kept.collections.every((id) => (dropped.get(id) ?? allDropped) < kept.entry.storedAt);
  const byKey = (key: string): Kept | undefined => {
    const kept = answers.get(key);
    if (kept === undefined || isCurrent(kept)) return kept;
    answers.delete(key);
    return undefined;
  };
  return {
    byKey,
    byRequest(rawKey) {
      const spelling = spellings.get(rawKey);
      return spelling === undefined ? undefined : byKey(spelling.canonicalKey);
    },
    keep(key, kept) {
      if (ttlSeconds > 0) answers.set(key, kept);
    },
    learn(rawKey, canonicalKey) {
      if (ttlSeconds > 0) spellings.set(rawKey, { canonicalKey });
    },
    isFresh: (entry) => options.now() - entry.storedAt < ttlSeconds * 1000,
    drop(collections) {
      if (collections === 'all') allDropped = options.now();
      else for (const id of collections) dropped.set(id, options.now());
    },
  };
}

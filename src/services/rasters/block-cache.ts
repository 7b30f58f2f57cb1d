import { gridBounds } from '../../raster/grid.ts';
import { ownBlock } from '../../raster/own-block.ts';
import type { NativeBox } from './blocks-statement.ts';
import type { RankedBlock } from './row-order.ts';

/**
 * Decoded blocks that were used last, up to a number of bytes. What is kept is never served unasked: each statement
 * is told the signatures (see blocks-statement.ts) of what is here and sends pixels only of rows that have others.
 */
export interface BlockCache {
  /** Blocks of a level that touch any of the boxes, by signature; they stay with the caller whatever is forgotten meanwhile. */
  touching(level: string, boxes: readonly NativeBox[]): ReadonlyMap<string, RankedBlock>;
  /** Notes that a block has been used. */
  touch(level: string, signature: string): void;
  /** Keeps a copy of a block and gives it; the block itself when it is too large to be kept. */
  keep(level: string, signature: string, ranked: RankedBlock): RankedBlock;
  /** Forgets a block that its table no longer holds. */
  drop(level: string, signature: string): void;
  readonly sizeBytes: number;
}

interface Entry {
  readonly level: string;
  readonly signature: string;
  readonly ranked: RankedBlock;
  readonly bounds: NativeBox;
  readonly bytes: number;
  /** Since it came to the end of the row of those that may have to go. */
  used: boolean;
}

/** A statement is told of no more: it compares each row with each of them. */
const MOST_SIGNATURES = 1024;
/** A block that takes more than this part of the limit would drive out too much. */
const LARGE = 1 / 8;

/** An empty cache; a limit of 0 keeps nothing. */
export function createBlockCache(limitBytes: number): BlockCache {
  const entries = createEntries();
  return {
    touching(level, boxes) {
      const found = new Map<string, RankedBlock>();
      for (const { bounds, signature, ranked } of entries.ofLevel(level)) {
        if (!boxes.some((box) => meet(bounds, box))) continue;
        found.set(signature, ranked);
        if (found.size >= MOST_SIGNATURES) break;
      }
      return found;
    },
    touch: (level, signature) => void entries.use(level, signature),
    keep(level, signature, ranked) {
      const known = entries.use(level, signature);
      if (known !== undefined) return known.ranked;
      const { block, bytes } = ownBlock(ranked.block);
      if (bytes > limitBytes * LARGE) return ranked;
      const kept = { ...ranked, block };
      entries.add({ level, signature, ranked: kept, bytes, bounds: gridBounds(block.grid, block.width, block.height), used: false });
      while (entries.sizeBytes > limitBytes) entries.dropOldest();
      return kept;
    },
    drop: (level, signature) => entries.drop(level, signature),
    get sizeBytes() {
      return entries.sizeBytes;
    },
  };
}

/** Entries in the order in which they came or were looked at, found by level and signature. To use one only marks it: a map of 65,536 small blocks uses all. */
interface Entries {
  ofLevel(level: string): Iterable<Entry>;
  use(level: string, signature: string): Entry | undefined;
  add(entry: Entry): void;
  drop(level: string, signature: string): void;
  dropOldest(): void;
  readonly sizeBytes: number;
}

function createEntries(): Entries {
  const waiting = new Set<Entry>();
  const byLevel = new Map<string, Map<string, Entry>>();
  let sizeBytes = 0;
  const drop = (level: string, signature: string): void => {
    const own = byLevel.get(level);
    const entry = own?.get(signature);
    if (entry === undefined) return;
    waiting.delete(entry);
    own?.delete(signature);
    if (own?.size === 0) byLevel.delete(level);
    sizeBytes -= entry.bytes;
  };
  return {
    ofLevel: (level) => byLevel.get(level)?.values() ?? [],
    use(level, signature) {
      const entry = byLevel.get(level)?.get(signature);
      if (entry !== undefined) entry.used = true;
      return entry;
    },
    add(entry) {
      const { level, signature, bytes } = entry;
      waiting.add(entry);
      const own = byLevel.get(level) ?? new Map<string, Entry>();
      byLevel.set(level, own.set(signature, entry));
      sizeBytes += bytes;
    },
    drop,
    dropOldest() {
      // What was used since it was last looked at comes to the end of the row once more.
      for (const entry of waiting) {
        if (!entry.used) return drop(entry.level, entry.signature);
        entry.used = false;
        waiting.delete(entry);
        waiting.add(entry);
      }
    },
    get sizeBytes() {
      return sizeBytes;
    },
  };
}

function meet(p: NativeBox, q: NativeBox): boolean {
  return p[0] <= q[2] && q[0] <= p[2] && p[1] <= q[3] && q[1] <= p[3];
}

import { gridBounds } from '../../raster/grid.ts';
import { ownBlock } from '../../raster/own-block.ts';
import type { Block } from '../../raster/wkb.ts';
import type { NativeBox } from './blocks-statement.ts';

/**
 * Decoded blocks that were used last, up to a number of bytes. What is kept is never served unasked: each statement
 * is told the signatures (see blocks-statement.ts) of what is here and sends pixels only of rows that have others.
 */
export interface BlockCache {
  /** Blocks of a level that touch any of the boxes, by signature; they stay with the caller whatever is forgotten meanwhile. */
  touching(level: string, boxes: readonly NativeBox[]): ReadonlyMap<string, Block>;
  /** Notes that a block has been used. */
  touch(level: string, signature: string): void;
  /** Keeps a copy of a block and gives it; the block itself when it is too large to be kept. */
  keep(level: string, signature: string, block: Block): Block;
  readonly sizeBytes: number;
}

interface Entry {
  readonly level: string;
  readonly signature: string;
  readonly block: Block;
  readonly bounds: NativeBox;
  readonly bytes: number;
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
      const found = new Map<string, Block>();
      for (const { bounds, signature, block } of entries.ofLevel(level)) {
        if (!boxes.some((box) => meet(bounds, box))) continue;
        found.set(signature, block);
        if (found.size >= MOST_SIGNATURES) break;
      }
      return found;
    },
    touch: (level, signature) => void entries.use(level, signature),
    keep(level, signature, block) {
      const known = entries.use(level, signature);
      if (known !== undefined) return known.block;
      const owned = ownBlock(block);
      if (owned.bytes > limitBytes * LARGE) return block;
      entries.add({ level, signature, ...owned, bounds: gridBounds(block.grid, block.width, block.height) });
      while (entries.sizeBytes > limitBytes) entries.dropOldest();
      return owned.block;
    },
    get sizeBytes() {
      return entries.sizeBytes;
    },
  };
}

/** Entries in the order of their last use, found by signature and by level. */
interface Entries {
  ofLevel(level: string): Iterable<Entry>;
  use(level: string, signature: string): Entry | undefined;
  add(entry: Entry): void;
  dropOldest(): void;
  readonly sizeBytes: number;
}

function createEntries(): Entries {
  const byUse = new Map<string, Entry>();
  const byLevel = new Map<string, Map<string, Entry>>();
  let sizeBytes = 0;
  const keyOf = (level: string, signature: string): string => `${level} ${signature}`;
  return {
    ofLevel: (level) => byLevel.get(level)?.values() ?? [],
    use(level, signature) {
      const key = keyOf(level, signature);
      const entry = byUse.get(key);
      if (entry === undefined) return undefined;
      byUse.delete(key);
      byUse.set(key, entry);
      return entry;
    },
    add(entry) {
      const { level, signature, bytes } = entry;
      byUse.set(keyOf(level, signature), entry);
      const own = byLevel.get(level) ?? new Map<string, Entry>();
      byLevel.set(level, own.set(signature, entry));
      sizeBytes += bytes;
    },
    dropOldest() {
      for (const [key, { level, signature, bytes }] of byUse) {
        byUse.delete(key);
        const own = byLevel.get(level);
        own?.delete(signature);
        if (own?.size === 0) byLevel.delete(level);
        sizeBytes -= bytes;
        return;
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

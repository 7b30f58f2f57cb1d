import type { Block } from '../../raster/wkb.ts';

/** A block and where its row stands among those that overlap it. */
export interface RankedBlock {
  readonly block: Block;
  /** Text of the row's key; undefined where the table has no single key column. */
  readonly key: string | undefined;
  /** Where the row lies in its table, `(page,item)`; undefined for views. */
  readonly place: string | undefined;
}

/**
 * Which row lies on top where rows overlap: the newest first; of one time, and where rows have no time, the one with
 * the smallest key (numbers as numbers, other keys by their characters); without a key the one that comes first in the
 * table as it is stored; else as the database gives them. Rows without a time lie below all that have one.
 */
export function inOrder(rows: readonly RankedBlock[]): readonly Block[] {
  if (rows.length < 2) return rows.map(({ block }) => block);
  // Texts are read once, and not at each of many comparisons.
  const ranks = rows.map(({ block, key, place }): Rank => {
    const [number, position] = [key === undefined ? undefined : Number(key), place === undefined ? undefined : placeNumber(place)];
    return { block, time: block.time ?? -Infinity, key, number, position };
  });
  return ranks.sort(compareRanks).map(({ block }) => block);
}

interface Rank {
  readonly block: Block;
  readonly time: number;
  readonly key: string | undefined;
  readonly number: number | undefined;
  readonly position: number | undefined;
}

function compareRanks(p: Rank, q: Rank): number {
  if (p.time !== q.time) return p.time > q.time ? -1 : 1;
  if (p.key !== undefined && q.key !== undefined) {
    const difference = (p.number ?? 0) - (q.number ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
    return p.key < q.key ? -1 : Number(p.key > q.key);
  }
  return p.position === undefined || q.position === undefined ? 0 : p.position - q.position;
}

/** `(12,3)` → 12·2¹⁶ + 3: items of a page are fewer than 2¹⁶. */
function placeNumber(place: string): number {
  const [page = 0, item = 0] = (/\((\d+),(\d+)\)/.exec(place) ?? []).slice(1).map(Number);
  return page * 65_536 + item;
}

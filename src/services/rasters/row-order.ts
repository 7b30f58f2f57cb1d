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
  return rows.length < 2 ? rows.map(({ block }) => block) : rows.toSorted(compareRows).map(({ block }) => block);
}

function compareRows(p: RankedBlock, q: RankedBlock): number {
  const [newer, other] = [p.block.time ?? -Infinity, q.block.time ?? -Infinity];
  if (newer !== other) return newer > other ? -1 : 1;
  if (p.key !== undefined && q.key !== undefined) return compareKeys(p.key, q.key);
  return p.place === undefined || q.place === undefined ? 0 : placeNumber(p.place) - placeNumber(q.place);
}

function compareKeys(p: string, q: string): number {
  const difference = Number(p) - Number(q);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return p < q ? -1 : Number(p > q);
}

/** `(12,3)` → 12·2¹⁶ + 3: items of a page are fewer than 2¹⁶. */
function placeNumber(place: string): number {
  const [page = 0, item = 0] = (/\((\d+),(\d+)\)/.exec(place) ?? []).slice(1).map(Number);
  return page * 65_536 + item;
}

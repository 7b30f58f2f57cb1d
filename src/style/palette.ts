/**
 * Colours for collections, all readable as thin lines on both a pale and a dark map (contrast of 3:1 or more with #f4f2ec and
 * #1a2429) and told apart by most people with a colour deficiency when they stand next to each other in this order.
 */
export const PALETTE = [
  '#0f7f8c', '#c2571a', '#5566d6', '#4c8a2b', '#c0407f', '#8f7200',
  '#2488cc', '#a3413b', '#7d58c2', '#00876c', '#d1495b', '#5f6f7d',
] as const;

/** The colour of a collection as `#rrggbb`: always the same for the same id, whatever else is on the map. */
export function collectionColor(collectionId: string): string {
  return PALETTE[hash(collectionId) % PALETTE.length] ?? PALETTE[0];
}

/** FNV-1a with the final mixing of MurmurHash3, without which similar names get the same colour. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const character of text) h = Math.imul(h ^ (character.codePointAt(0) ?? 0), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

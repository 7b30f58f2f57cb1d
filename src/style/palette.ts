/**
 * Colours for collections, all readable as thin lines on both a pale and a dark map (contrast of 3:1 or more with #f4f2ec and
 * #1a2429) and told apart by most people with a colour deficiency when they stand next to each other in this order.
 */
const PALETTE = [
  '#0f7f8c', '#c2571a', '#5b6fd6', '#4c8a2b', '#b8437f', '#8a7414', '#2f86c9', '#a8503f',
  '#7a5fc0', '#2c8f6b', '#cc4455', '#6b7f1e', '#9a55a8', '#3f7fa3', '#b36b00', '#5f7d6a',
] as const;

/** The colour of a collection as `#rrggbb`: always the same for the same id, whatever else is on the map. */
export function collectionColor(collectionId: string): string {
  let hash = 0x811c9dc5;
  for (const character of collectionId) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return PALETTE[(hash ^ (hash >>> 15)) % PALETTE.length] ?? PALETTE[0];
}

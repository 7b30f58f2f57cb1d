/**
 * Colours for collections, all readable as thin lines on both a pale and a dark map (contrast of 3:1 or more with #f5f3ed and
 * #223036); neighbours in this order differ most.
 */
export const PALETTE = [
  '#108492',
  '#c4581a',
  '#5f6fd8',
  '#4c8a2b',
  '#c44c87',
  '#937500',
  '#2488cc',
  '#c05751',
  '#8765c7',
  '#00896e',
  '#d1495b',
  '#a16d20',
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

import { factsOf, writeHere, type WritePiece } from './file-piece.ts';
import { stripsOf } from './strips.ts';
import { PIXELS_AT_ONCE } from './text-piece.ts';
import type { ValueFacts, ValueWindow } from './values.ts';

/**
 * A line of text for each pixel in pieces: x and y of its centre, then the value of each band, `nan` for none. A pixel
 * without any value has no line.
 */
export async function* streamXyz(
  facts: ValueFacts,
  windows: AsyncIterable<ValueWindow>,
  write: WritePiece = writeHere,
): AsyncGenerator<Uint8Array> {
  const known = factsOf(facts);
  const rows = Math.max(1, Math.floor(PIXELS_AT_ONCE / facts.width));
  for await (const strip of stripsOf(facts, rows, windows)) {
    const text = await write({ kind: 'xyz', facts: known, strip });
    if (text.length > 0) yield text;
  }
}

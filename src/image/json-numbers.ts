import type { Plane } from '../raster/image.ts';

/** A part of a JSON text: as it is, or the numbers of planes as one array. */
export type JsonPiece = string | JsonNumbers;

/** Planes one after the other; what is not finite is null, and whole numbers are rounded to be so. */
export interface JsonNumbers {
  readonly planes: readonly Plane[];
  readonly whole: boolean;
}

/** Numbers that become one string; longer ones are slower to make. */
const AT_ONCE = 65_536;

/** A JSON text (RFC 8259) from its parts, in UTF-8. */
export function writeJson(pieces: readonly JsonPiece[]): Uint8Array {
  const parts = pieces.flatMap((piece) => (typeof piece === 'string' ? [Buffer.from(piece)] : arrayOf(piece)));
  return Buffer.concat(parts);
}

function arrayOf({ planes, whole }: JsonNumbers): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (const plane of planes) {
    for (let from = 0; from < plane.length; from += AT_ONCE) {
      const text = numbersOf(plane.subarray(from, from + AT_ONCE), whole);
      parts.push(Buffer.from(`${parts.length === 0 ? '' : ','}${text}`, 'latin1'));
    }
  }
  return [Buffer.from('['), ...parts, Buffer.from(']')];
}

function numbersOf(values: Plane, whole: boolean): string {
  let text = '';
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    if (i > 0) text += ',';
    // Adding zero makes a positive zero of a negative one, as JSON.stringify does.
    text += Number.isFinite(value) ? String((whole ? Math.round(value) : value) + 0) : 'null';
  }
  return text;
}

/** Widths in em of DejaVu Sans, the widest of the usual fonts, by kind of character: measured, rounded up. */
const KINDS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;'|!()[\]]/, 0.4],
  [/[frtIJ\s]/, 0.42],
  [/[mwMW@%]/, 0.99],
  [/[A-Z≥≤<>=+−–]/, 0.84],
  [/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/, 1.05],
];
const OTHER = 0.64;

/** About how wide a text is in a font size: never less than it is in the usual fonts. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += KINDS.find(([kind]) => kind.test(character))?.[1] ?? OTHER;
  return ems * fontSize;
}

/** A text in lines no wider than some pixels, broken between words; a word that is too wide ends in an ellipsis. */
export function wrapText(text: string, fontSize: number, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(longer, fontSize) <= width) lines.splice(-1, 1, longer);
    else lines.push(cutText(word, fontSize, width));
  }
  return lines;
}

/** A text that is no wider than some pixels, with an ellipsis where it was cut. */
export function cutText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (textWidth(`${kept}${character}…`, fontSize) > width) break;
    kept += character;
  }
  return `${kept}…`;
}

import { pixelWords, type Picture } from './picture.ts';

const MAX_COLORS = 256;
/** A power of two, at most a quarter full. */
const SLOTS = 1024;

/**
 * The same picture with a palette, or undefined when it has more than 256 colours. A photograph shows that within its
 * first rows; a picture of few colours costs one look at each pixel and saves most of its encoding.
 */
export function indexColors(picture: Extract<Picture, { kind: 'rgba' }>): Extract<Picture, { kind: 'indexed' }> | undefined {
  const { width, height, data } = picture;
  const pixels = width * height;
  const colors = pixelWords(data);
  const indices = new Uint8Array(pixels);
  const found = new Int32Array(MAX_COLORS);
  const slots = new Int16Array(SLOTS).fill(-1);
  let count = 0;
  let previous = 0;
  let index = -1;
  for (let i = 0; i < pixels; i += 1) {
    const color = colors[i] ?? 0;
    if (color !== previous || index < 0) {
      const slot = findSlot(slots, found, color);
      index = slots[slot] ?? -1;
      if (index < 0) {
        if (count === MAX_COLORS) return undefined;
        index = count;
        slots[slot] = index;
        found[index] = color;
        count += 1;
      }
      previous = color;
    }
    indices[i] = index;
  }
  return { kind: 'indexed', width, height, indices, palette: new Uint8Array(found.buffer, 0, count * 4) };
}

/** The slot that holds the colour, or the free one where it belongs (multiplicative hashing, linear probing). */
function findSlot(slots: Int16Array, found: Int32Array, color: number): number {
  let slot = Math.imul(color, 0x9e3779b1) >>> 22;
  for (;;) {
    const index = slots[slot] ?? -1;
    if (index < 0 || found[index] === color) return slot;
    slot = (slot + 1) % SLOTS;
  }
}

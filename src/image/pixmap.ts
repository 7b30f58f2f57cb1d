import { endianness } from 'node:os';
import { pixelWords, type Picture } from './picture.ts';

const HOST_IS_LITTLE = endianness() === 'LE';

/**
 * An opaque picture as a binary portable pixmap (three channels), the only door of @napi-rs/image for such pixels;
 * undefined when something is transparent. Both are told in one pass over words of four bytes: 0.07 ms for 256²,
 * a quarter of what bytes take.
 */
export function toPixmap({ width, height, data }: Extract<Picture, { kind: 'rgba' }>): Uint8Array | undefined {
  // On other hosts the picture goes out with four channels.
  if (!HOST_IS_LITTLE) return undefined;
  const pixels = width * height;
  const header = headerOf(width, height);
  const bytes = new Uint8Array(header.length + Math.ceil((pixels * 3) / 4) * 4);
  bytes.set(header);
  const whole = pixels - (pixels % 4);
  if (!packWords(pixelWords(data), whole, new Int32Array(bytes.buffer, header.length))) return undefined;
  for (let i = whole; i < pixels; i += 1) {
    if (data[i * 4 + 3] !== 255) return undefined;
    bytes.set(data.subarray(i * 4, i * 4 + 3), header.length + i * 3);
  }
  return bytes.subarray(0, header.length + pixels * 3);
}

/** Four pixels of four bytes into three words; false when one of them is not opaque. */
function packWords(words: Int32Array, pixels: number, target: Int32Array): boolean {
  let all = -1;
  for (let i = 0, to = 0; i < pixels; i += 4, to += 3) {
    const p = words[i] ?? 0;
    const q = words[i + 1] ?? 0;
    const r = words[i + 2] ?? 0;
    const s = words[i + 3] ?? 0;
    all &= p & q & r & s;
    target[to] = (p & 0xffffff) | (q << 24);
    target[to + 1] = ((q >>> 8) & 0xffff) | (r << 16);
    target[to + 2] = ((r >>> 16) & 0xff) | (s << 8);
  }
  return all >>> 24 === 255;
}

/** White space may be as long as it likes: enough of it that the pixels begin at a whole word. */
function headerOf(width: number, height: number): Buffer {
  const size = `P6\n${width} ${height}`;
  return Buffer.from(`${size.padEnd(Math.ceil((size.length + 5) / 4) * 4 - 5)}\n255\n`, 'latin1');
}

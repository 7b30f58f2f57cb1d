const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
/** The table is cleared when this code would be next: the last that twelve bits hold stays unused. */
const LAST = 4094;
/** A prime well above 4096, so that the open table is at most half full. */
const SLOTS = 9001;

/** Codes of growing width on their way into bytes, most significant bit first. */
interface BitSink {
  bytes: Uint8Array;
  length: number;
  held: number;
  bits: number;
}

/** Compresses by LZW as TIFF has it: most significant bit first, widths growing one code early (TIFF 6.0 §13). */
export function compressLzw(data: Uint8Array): Uint8Array {
  const sink: BitSink = { bytes: new Uint8Array(Math.ceil(data.length * 1.5) + 16), length: 0, held: 0, bits: 0 };
  // Prefix and byte in one key, and the code that stands for both.
  const keys = new Int32Array(SLOTS);
  const codes = new Uint16Array(SLOTS);
  let next = FIRST_FREE;
  let width = 9;
  putCode(sink, CLEAR, width);
  if (data.length === 0) return finish(sink, width);
  let prefix = data[0] ?? 0;
  for (let i = 1; i < data.length; i += 1) {
    const key = (prefix << 8) | (data[i] ?? 0) | 0x40000000;
    const slot = slotOf(keys, key);
    if (keys[slot] === key) {
      prefix = codes[slot] ?? 0;
      continue;
    }
    putCode(sink, prefix, width);
    prefix = data[i] ?? 0;
    keys[slot] = key;
    codes[slot] = next;
    next += 1;
    if (next > LAST) {
      putCode(sink, CLEAR, width);
      keys.fill(0);
      next = FIRST_FREE;
      width = 9;
    } else if (next > (1 << width) - 1) width += 1;
  }
  putCode(sink, prefix, width);
  // The decoder adds an entry for the last code too.
  return finish(sink, next + 1 > (1 << width) - 1 && width < 12 ? width + 1 : width);
}

function slotOf(keys: Int32Array, key: number): number {
  let slot = (key ^ (key >> 9)) % SLOTS;
  while (keys[slot] !== 0 && keys[slot] !== key) slot = slot === SLOTS - 1 ? 0 : slot + 1;
  return slot;
}

function putCode(sink: BitSink, code: number, width: number): void {
  sink.held = (sink.held << width) | code;
  sink.bits += width;
  while (sink.bits >= 8) {
    sink.bits -= 8;
    sink.bytes[sink.length] = (sink.held >> sink.bits) & 0xff;
    sink.length += 1;
  }
  sink.held &= (1 << sink.bits) - 1;
}

function finish(sink: BitSink, width: number): Uint8Array {
  putCode(sink, END, width);
  if (sink.bits > 0) putCode(sink, 0, 8 - sink.bits);
  return sink.bytes.subarray(0, sink.length);
}

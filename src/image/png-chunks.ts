import { promisify } from 'node:util';
import { constants, crc32, deflate, deflateSync } from 'node:zlib';

/** Header fields of a PNG that are not fixed (ISO/IEC 15948 §11.2.2). */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: 8 | 16;
  /** Grey, RGB, palette, grey with alpha, RGB with alpha. */
  readonly colorType: 0 | 2 | 3 | 4 | 6;
}

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const FILTER_UP = 2;

/**
 * Measured on tiles of 256²: filter Up with run-length deflate takes 0.05–0.5 ms; the default strategy at level 3 with
 * no filter takes 0.1–1.5 ms for bytes that are 1.1–1.8 times as many. Rows of a raster resemble the row above. A memLevel
 * of 8 gives 0–1 % less bytes in 0–4 % less time than 9.
 */
const DEFLATE = { level: 1, memLevel: 8, strategy: constants.Z_RLE };

/** From here on compressing takes milliseconds, which are spent on another thread. */
const MANY_BYTES = 256 * 1024;
const deflateInPool = promisify(deflate);

/**
 * A PNG of rows of samples, samples of 16 bits most significant byte first; `between` are chunks that stand before
 * the pixels (PLTE, tRNS).
 */
export async function writePng(header: PngHeader, rows: Uint8Array, between: readonly Buffer[]): Promise<Buffer> {
  const fields = Buffer.alloc(13);
  fields.writeUInt32BE(header.width, 0);
  fields.writeUInt32BE(header.height, 4);
  fields[8] = header.depth;
  fields[9] = header.colorType;
  const filtered = filterUp(rows, rows.length / header.height, header.height);
  const pixels = filtered.length < MANY_BYTES ? deflateSync(filtered, DEFLATE) : await deflateInPool(filtered, DEFLATE);
  return Buffer.concat([SIGNATURE, pngChunk('IHDR', fields), ...between, pngChunk('IDAT', pixels), pngChunk('IEND', new Uint8Array(0))]);
}

/** One chunk: length, type, body, checksum (ISO/IEC 15948 §5.3). */
export function pngChunk(type: string, body: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(12 + body.length);
  bytes.writeUInt32BE(body.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(body, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + body.length)), 8 + body.length);
  return bytes;
}

/** Each row as its difference from the row above, after a byte that says so. */
function filterUp(samples: Uint8Array, width: number, height: number): Uint8Array {
  const rows = Buffer.allocUnsafe((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    const from = row * width;
    const to = row * (width + 1);
    rows[to] = FILTER_UP;
    if (row === 0) rows.set(samples.subarray(0, width), 1);
    else for (let i = 0; i < width; i += 1) rows[to + 1 + i] = (samples[from + i] ?? 0) - (samples[from + i - width] ?? 0);
  }
  return rows;
}

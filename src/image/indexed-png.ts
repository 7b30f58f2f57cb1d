import { constants, crc32, deflateSync } from 'node:zlib';
import type { Picture } from './picture.ts';

/** Bit depth 8, colour type 3, and the only methods there are for the rest (ISO/IEC 15948 §11.2.2). */
const INDEXED_8_BIT = [8, 3, 0, 0, 0] as const;
const FILTER_UP = 2;
const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

/**
 * Measured on tiles of 256²: filter Up with run-length deflate takes 0.05–0.5 ms; the default strategy at level 3 with
 * no filter takes 0.1–1.5 ms for bytes that are 1.1–1.8 times as many. Rows of a raster resemble the row above. A memLevel
 * of 8 gives 0–1 % less bytes in 0–4 % less time than 9.
 */
const DEFLATE = { level: 1, memLevel: 8, strategy: constants.Z_RLE };

/** Writes an indexed PNG of eight bits a pixel (ISO/IEC 15948), with tRNS where the palette is not opaque. */
export function writeIndexedPng({ width, height, indices, palette }: Extract<Picture, { kind: 'indexed' }>): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(INDEXED_8_BIT, 8);
  const pixels = deflateSync(filterUp(indices, width, height), DEFLATE);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...paletteChunks(palette),
    chunk('IDAT', pixels),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(type: string, body: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(12 + body.length);
  bytes.writeUInt32BE(body.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(body, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + body.length)), 8 + body.length);
  return bytes;
}

/** PLTE, and tRNS up to the last entry that is not opaque. */
function paletteChunks(palette: Uint8Array): readonly Buffer[] {
  const entries = palette.length / 4;
  const colors = new Uint8Array(entries * 3);
  const alphas = new Uint8Array(entries);
  let translucent = 0;
  for (let i = 0; i < entries; i += 1) {
    for (let c = 0; c < 3; c += 1) colors[i * 3 + c] = palette[i * 4 + c] ?? 0;
    alphas[i] = palette[i * 4 + 3] ?? 255;
    if (alphas[i] !== 255) translucent = i + 1;
  }
  const chunks = [chunk('PLTE', colors)];
  if (translucent > 0) chunks.push(chunk('tRNS', alphas.subarray(0, translucent)));
  return chunks;
}

/** Each row as its difference from the row above, after a byte that says so. */
function filterUp(indices: Uint8Array, width: number, height: number): Uint8Array {
  const rows = Buffer.allocUnsafe((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    const from = row * width;
    const to = row * (width + 1);
    rows[to] = FILTER_UP;
    if (row === 0) rows.set(indices.subarray(0, width), 1);
    else for (let i = 0; i < width; i += 1) rows[to + 1 + i] = (indices[from + i] ?? 0) - (indices[from + i - width] ?? 0);
  }
  return rows;
}

import { crc32, deflateSync } from 'node:zlib';

/** Row filters of PNG that are used here (ISO/IEC 15948 §9). */
const FILTER_NONE = 0;
const FILTER_SUB = 1;

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

/** Pixels of one PNG, eight bits a channel; `palette` (RGBA) makes them indices. */
export interface PngImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
  readonly palette?: Uint8Array;
}

const COLOR_TYPES = { 1: 0, 3: 2, 4: 6 } as const;

/** Writes a PNG (ISO/IEC 15948): indexed rows unfiltered, colours with filter Sub; deflate at `level` 0–9. */
export function writePng(image: PngImage, level: number): Buffer {
  const { width, height, channels, palette } = image;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = palette === undefined ? COLOR_TYPES[channels] : 3;
  const rows = channels === 1 ? plainRows(image) : differenceRows(image);
  const parts = [SIGNATURE, chunk('IHDR', header)];
  if (palette !== undefined) parts.push(...paletteChunks(palette));
  parts.push(chunk('IDAT', deflateSync(rows, { level, memLevel: 9 })), chunk('IEND', new Uint8Array(0)));
  return Buffer.concat(parts);
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
    colors.set(palette.subarray(i * 4, i * 4 + 3), i * 3);
    alphas[i] = palette[i * 4 + 3] ?? 255;
    if (alphas[i] !== 255) translucent = i + 1;
  }
  const chunks = [chunk('PLTE', colors)];
  if (translucent > 0) chunks.push(chunk('tRNS', alphas.subarray(0, translucent)));
  return chunks;
}

function plainRows({ width, height, data }: PngImage): Uint8Array {
  const rows = Buffer.allocUnsafe((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    rows[row * (width + 1)] = FILTER_NONE;
    rows.set(data.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return rows;
}

function differenceRows({ width, height, channels, data }: PngImage): Uint8Array {
  const length = width * channels;
  const rows = Buffer.allocUnsafe((length + 1) * height);
  for (let row = 0; row < height; row += 1) {
    const from = row * length;
    const to = row * (length + 1) + 1;
    rows[to - 1] = FILTER_SUB;
    for (let i = 0; i < channels; i += 1) rows[to + i] = data[from + i] ?? 0;
    for (let i = channels; i < length; i += 1) rows[to + i] = (data[from + i] ?? 0) - (data[from + i - channels] ?? 0);
  }
  return rows;
}

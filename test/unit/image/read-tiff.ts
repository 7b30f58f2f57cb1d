import { inflateSync } from 'node:zlib';

/** One image of a TIFF file with its pixels, band by band. */
export interface ReadImage {
  readonly tags: ReadonlyMap<number, readonly number[] | string>;
  readonly width: number;
  readonly height: number;
  readonly bands: readonly (readonly number[])[];
}

const WIDTHS: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 12: 8, 16: 8 };

/** A slow and plain reader of tiled little-endian TIFF and BigTIFF, written from the specification for the tests alone. */
export function readTiff(file: Uint8Array): readonly ReadImage[] {
  return readDirectories(file).map((tags) => readImage(file, tags));
}

/** Index of the first number that is not the same, -1 when all are: quicker than comparing by the test runner. */
export function firstDifference(read: readonly number[] | undefined, wanted: ArrayLike<number>): number {
  if (read?.length !== wanted.length) return 0;
  return read.findIndex((value, i) => value !== wanted[i] && !(Number.isNaN(value) && Number.isNaN(wanted[i])));
}

/** The directories of a file without its pixels. */
export function readDirectories(file: Uint8Array): readonly ReadonlyMap<number, readonly number[] | string>[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const big = bytes.readUInt16LE(2) === 43;
  const offset = (at: number): number => (big ? Number(bytes.readBigUInt64LE(at)) : bytes.readUInt32LE(at));
  const directories: Map<number, readonly number[] | string>[] = [];
  for (let at = offset(big ? 8 : 4); at !== 0;) {
    const tags = new Map<number, readonly number[] | string>();
    const count = big ? Number(bytes.readBigUInt64LE(at)) : bytes.readUInt16LE(at);
    let field = at + (big ? 8 : 2);
    for (let i = 0; i < count; i += 1, field += big ? 20 : 12) {
      const type = bytes.readUInt16LE(field + 2);
      const values = offset(field + 4);
      const inside = field + (big ? 12 : 8);
      const from = values * (WIDTHS[type] ?? 0) <= (big ? 8 : 4) ? inside : offset(inside);
      tags.set(bytes.readUInt16LE(field), readValues(bytes, { type, count: values, from }));
    }
    directories.push(tags);
    at = offset(field);
  }
  return directories;
}

function readValues(bytes: Buffer, { type, count, from }: { type: number; count: number; from: number }): readonly number[] | string {
  if (type === 2) return bytes.toString('utf8', from, from + count - 1);
  return Array.from({ length: count }, (_, i) => {
    if (type === 3) return bytes.readUInt16LE(from + i * 2);
    if (type === 4) return bytes.readUInt32LE(from + i * 4);
    return type === 12 ? bytes.readDoubleLE(from + i * 8) : Number(bytes.readBigUInt64LE(from + i * 8));
  });
}

/** The numbers of a tag. */
export function numbers(tags: ReadonlyMap<number, readonly number[] | string>, id: number): readonly number[] {
  const values = tags.get(id) ?? [];
  if (typeof values === 'string') throw new Error(`tag ${id} is text`);
  return values;
}

function readImage(file: Uint8Array, tags: ReadonlyMap<number, readonly number[] | string>): ReadImage {
  const one = (id: number, absent: number): number => numbers(tags, id)[0] ?? absent;
  const [width, height, tileWidth, tileHeight] = [one(256, 0), one(257, 0), one(322, 0), one(323, 0)];
  const [bits, samples, predictor] = [one(258, 0), one(277, 1), one(317, 1)];
  const across = Math.ceil(width / tileWidth);
  const bands = Array.from({ length: samples }, () => Array.from({ length: width * height }, () => Number.NaN));
  numbers(tags, 324).forEach((start, tile) => {
    const packed = file.subarray(start, start + (numbers(tags, 325)[tile] ?? 0));
    const raw = undo(unpack(packed, one(259, 1)), { predictor, bits, samples, tileWidth });
    const view = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    for (let row = 0; row < tileHeight; row += 1) {
      for (let column = 0; column < tileWidth; column += 1) {
        const [x, y] = [(tile % across) * tileWidth + column, Math.floor(tile / across) * tileHeight + row];
        if (x >= width || y >= height) continue;
        for (let band = 0; band < samples; band += 1) {
          const index = (row * tileWidth + column) * samples + band;
          const target = bands[band];
          if (target !== undefined) target[y * width + x] = sample(view, index, { bits, format: one(339, 1), column, row, tileWidth });
        }
      }
    }
  });
  return { tags, width, height, bands };
}

interface Sample {
  readonly bits: number;
  readonly format: number;
  readonly column: number;
  readonly row: number;
  readonly tileWidth: number;
}

function sample(view: Buffer, index: number, { bits, format, column, row, tileWidth }: Sample): number {
  if (bits === 1) return ((view[row * (tileWidth / 8) + (column >> 3)] ?? 0) >> (7 - (column & 7))) & 1;
  const at = (index * bits) / 8;
  if (format === 3) return bits === 32 ? view.readFloatLE(at) : view.readDoubleLE(at);
  return format === 2 ? view.readIntLE(at, bits / 8) : view.readUIntLE(at, bits / 8);
}

function unpack(packed: Uint8Array, compression: number): Uint8Array {
  if (compression === 8) return inflateSync(packed);
  return compression === 5 ? unpackLzw(packed) : packed;
}

/** TIFF 6.0 §13, the decoder's pseudo-code as it stands there. */
export function unpackLzw(packed: Uint8Array): Uint8Array {
  const out: number[] = [];
  let table: (readonly number[])[] = [];
  let width = 9;
  let old: readonly number[] | undefined;
  let position = 0;
  const nextCode = (): number => {
    let code = 0;
    for (let i = 0; i < width; i += 1, position += 1) code = (code << 1) | (((packed[position >> 3] ?? 0) >> (7 - (position & 7))) & 1);
    return code;
  };
  for (let code = nextCode(); code !== 257; code = nextCode()) {
    if (code === 256) {
      table = Array.from({ length: 258 }, (_, i) => [i]);
      width = 9;
      old = undefined;
      continue;
    }
    const entry: readonly number[] = table[code] ?? [...(old ?? []), old?.[0] ?? 0];
    if (old !== undefined) table.push([...old, entry[0] ?? 0]);
    out.push(...entry);
    old = entry;
    if (table.length >= (1 << width) - 1 && width < 12) width += 1;
  }
  return Uint8Array.from(out);
}

interface Predicted {
  readonly predictor: number;
  readonly bits: number;
  readonly samples: number;
  readonly tileWidth: number;
}

function undo(bytes: Uint8Array, { predictor, bits, samples, tileWidth }: Predicted): Uint8Array {
  if (predictor === 1) return bytes;
  const size = bits / 8;
  const line = tileWidth * samples * size;
  const result = Uint8Array.from(bytes);
  for (let start = 0; start < bytes.length; start += line) {
    if (predictor === 2) undoDifferences(result, { start, end: start + line, size, samples });
    else undoFloats(result, { start, end: start + line, size, samples });
  }
  return result;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly samples: number;
}

function undoDifferences(bytes: Uint8Array, { start, end, size, samples }: Line): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const modulus = 2 ** (8 * size);
  for (let at = start + samples * size; at < end; at += size) {
    view.writeUIntLE((view.readUIntLE(at, size) + view.readUIntLE(at - samples * size, size)) % modulus, at, size);
  }
}

function undoFloats(bytes: Uint8Array, { start, end, size, samples }: Line): void {
  for (let at = start + samples; at < end; at += 1) bytes[at] = (bytes[at] ?? 0) + (bytes[at - samples] ?? 0);
  const planes = bytes.slice(start, end);
  const count = (end - start) / size;
  for (let i = 0; i < count; i += 1) {
    for (let byte = 0; byte < size; byte += 1) bytes[start + i * size + byte] = planes[(size - 1 - byte) * count + i] ?? 0;
  }
}

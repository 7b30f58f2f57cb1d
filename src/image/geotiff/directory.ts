/** A field of a TIFF directory; offsets and counts of pixels take `offset`, which is as wide as the file's own. */
export interface Tag {
  readonly id: number;
  readonly type: 'ascii' | 'short' | 'long' | 'offset' | 'double';
  readonly values: readonly number[] | string;
}

/** Where a directory stands in its file. */
export interface DirectoryPlace {
  readonly at: number;
  /** Offset of the next directory, 0 for none. */
  readonly next: number;
  readonly big: boolean;
}

const TYPE_CODES = { ascii: 2, short: 3, long: 4, double: 12 } as const;
const LONG8 = 16;

/** The first bytes of a little-endian TIFF (6.0) or BigTIFF, with the offset of its first directory. */
export function tiffHeader(first: number, big: boolean): Buffer {
  const bytes = Buffer.alloc(headerLength(big));
  bytes.write('II', 0, 'latin1');
  bytes.writeUInt16LE(big ? 43 : 42, 2);
  if (big) {
    bytes.writeUInt16LE(8, 4);
    bytes.writeBigUInt64LE(BigInt(first), 8);
  } else bytes.writeUInt32LE(first, 4);
  return bytes;
}

/** Length of the header in bytes. */
export function headerLength(big: boolean): number {
  return big ? 16 : 8;
}

/** Bytes of a directory with the values that do not fit into its fields; depends on how many there are, not on which. */
export function directoryLength(tags: readonly Tag[], big: boolean): number {
  return tags.reduce((sum, tag) => sum + outsideLength(tag, big), frameLength(tags.length, big));
}

/** Writes a directory; `tags` ascend by id (TIFF 6.0 §2). */
export function writeDirectory(tags: readonly Tag[], { at, next, big }: DirectoryPlace): Buffer {
  const bytes = Buffer.alloc(directoryLength(tags, big));
  let outside = frameLength(tags.length, big);
  let field = big ? bytes.writeBigUInt64LE(BigInt(tags.length), 0) : bytes.writeUInt16LE(tags.length, 0);
  for (const tag of tags) {
    field = bytes.writeUInt16LE(tag.id, field);
    field = bytes.writeUInt16LE(typeCode(tag, big), field);
    field = writeOffset(bytes, countOf(tag), field, big);
    const room = outsideLength(tag, big);
    if (room === 0) putValues(bytes, tag, field, big);
    else {
      writeOffset(bytes, at + outside, field, big);
      putValues(bytes, tag, outside, big);
      outside += room;
    }
    field += big ? 8 : 4;
  }
  writeOffset(bytes, next, field, big);
  return bytes;
}

function frameLength(tags: number, big: boolean): number {
  return big ? 16 + tags * 20 : 6 + tags * 12;
}

/** Bytes beyond the field, padded to whole doubles so that everything stays aligned; none where the field has room. */
function outsideLength(tag: Tag, big: boolean): number {
  const length = countOf(tag) * widthOf(tag, big);
  return length <= (big ? 8 : 4) ? 0 : Math.ceil(length / 8) * 8;
}

function countOf({ values }: Tag): number {
  return typeof values === 'string' ? Buffer.byteLength(values, 'utf8') + 1 : values.length;
}

function widthOf({ type }: Tag, big: boolean): number {
  if (type === 'offset') return big ? 8 : 4;
  return { ascii: 1, short: 2, long: 4, double: 8 }[type];
}

function typeCode({ type }: Tag, big: boolean): number {
  if (type === 'offset') return big ? LONG8 : TYPE_CODES.long;
  return TYPE_CODES[type];
}

function putValues(bytes: Buffer, { type, values }: Tag, at: number, big: boolean): void {
  if (typeof values === 'string') {
    bytes.write(values, at, 'utf8');
    return;
  }
  let to = at;
  for (const value of values) {
    if (type === 'short') to = bytes.writeUInt16LE(value, to);
    else if (type === 'double') to = bytes.writeDoubleLE(value, to);
    else to = writeOffset(bytes, value, to, big && type === 'offset');
  }
}

/** Offsets are whole numbers below 2^53: two words of 32 bits, without a detour over BigInt for each of many tiles. */
function writeOffset(bytes: Buffer, value: number, at: number, big: boolean): number {
  if (!big) return bytes.writeUInt32LE(value, at);
  return bytes.writeUInt32LE(Math.floor(value / WORD), bytes.writeUInt32LE(value % WORD, at));
}

const WORD = 2 ** 32;

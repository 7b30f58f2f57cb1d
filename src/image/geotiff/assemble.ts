import { directoryLength, headerLength, tiffHeader, writeDirectory, type Tag } from './directory.ts';
import { tileTags } from './image-tags.ts';

/** An image of a file with its packed tiles, and its tags without their places. */
export interface TiffPart {
  readonly tags: readonly Tag[];
  readonly tiles: readonly Uint8Array[];
}

/** An image of one resolution, followed by its mask where it has one, tile by tile. */
export interface TiffLevel {
  readonly parts: readonly TiffPart[];
}

/** What GDAL's readers may rely on (GDAL's COG driver documentation, "File format details"). */
const PROMISES = [
  'LAYOUT=IFDS_BEFORE_DATA\n',
  'BLOCK_ORDER=ROW_MAJOR\n',
  'BLOCK_LEADER=SIZE_AS_UINT4\n',
  'BLOCK_TRAILER=LAST_4_BYTES_REPEATED\n',
  // The space leaves room to change NO into YES.
  'KNOWN_INCOMPATIBLE_EDITION=NO\n ',
].join('');
const MASK_PROMISE = 'MASK_INTERLEAVED_WITH_IMAGERY=YES\n';
const LEADER = 4;
const TRAILER = 4;
const CLASSIC_LIMIT = 2 ** 32;

/**
 * Puts a file together: header, promises, directories from the largest image to the smallest, then the tiles from
 * the smallest image to the largest, each between its length and its last four bytes. `levels` begin with the largest.
 */
export function assembleTiff(levels: readonly TiffLevel[]): Uint8Array {
  const parts = levels.flatMap((level) => level.parts);
  const payload = parts.reduce((sum, { tiles }) => tiles.reduce((s, tile) => s + tile.length + LEADER + TRAILER, sum), 0);
  const big = payload + 1024 * 1024 + parts.reduce((sum, { tiles }) => sum + tiles.length * 16, 0) >= CLASSIC_LIMIT;
  const ghost = promisesOf(levels.some((level) => level.parts.length > 1));
  const lengths = parts.map(({ tags, tiles }) =>
    directoryLength(
      withTiles(
        tags,
        tiles,
        tiles.map(() => 0),
      ),
      big,
    ),
  );
  const starts: number[] = [];
  let at = Math.ceil((headerLength(big) + ghost.length) / 8) * 8;
  const first = at;
  for (const length of lengths) {
    starts.push(at);
    at = Math.ceil((at + length) / 8) * 8;
  }
  const bytes = Buffer.alloc(at + payload);
  bytes.set(tiffHeader(first, big));
  bytes.set(ghost, headerLength(big));
  const places = putTiles(bytes, levels, at);
  parts.forEach(({ tags, tiles }, i) => {
    const place = { at: starts[i] ?? 0, next: starts[i + 1] ?? 0, big };
    bytes.set(writeDirectory(withTiles(tags, tiles, places.get(tiles) ?? []), place), place.at);
  });
  return bytes;
}

/** Offsets of the tiles of each part. */
function putTiles(bytes: Buffer, levels: readonly TiffLevel[], start: number): ReadonlyMap<readonly Uint8Array[], readonly number[]> {
  const places = new Map<readonly Uint8Array[], number[]>();
  let at = start;
  for (const { parts } of levels.toReversed()) {
    const count = parts[0]?.tiles.length ?? 0;
    for (let i = 0; i < count; i += 1) {
      for (const { tiles } of parts) {
        const tile = tiles[i] ?? new Uint8Array(0);
        const offsets = places.get(tiles) ?? [];
        offsets.push(at + LEADER);
        places.set(tiles, offsets);
        bytes.writeUInt32LE(tile.length, at);
        bytes.set(tile, at + LEADER);
        at += LEADER + tile.length;
        bytes.set(tile.subarray(-TRAILER), at);
        at += TRAILER;
      }
    }
  }
  return places;
}

function withTiles(tags: readonly Tag[], tiles: readonly Uint8Array[], offsets: readonly number[]): readonly Tag[] {
  const places = tileTags(
    offsets,
    tiles.map((tile) => tile.length),
  );
  return [...tags, ...places].sort((a, b) => a.id - b.id);
}

function promisesOf(masked: boolean): Buffer {
  const text = `${PROMISES}${masked ? MASK_PROMISE : ''}`;
  return Buffer.from(`GDAL_STRUCTURAL_METADATA_SIZE=${String(text.length).padStart(6, '0')} bytes\n${text}`, 'latin1');
}

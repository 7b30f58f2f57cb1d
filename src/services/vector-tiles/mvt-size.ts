import type { MvtFeature } from './mvt-layer.ts';
import { readVarint } from './mvt-layer.ts';

const MOVE_TO = 1;
const CLOSE_PATH = 7;

/**
 * How large a feature shows in a tile of `extent` units: the larger side of the bounding box of its largest part, as far
 * as it lies inside the tile. 0 for points, and for parts that lie in the buffer only.
 */
export function shownSize(bytes: Uint8Array, { geometry, type }: MvtFeature, extent: number): number {
  if (type === 1) return 0;
  const reader = { bytes, pos: geometry.start };
  let [x, y, largest] = [0, 0, 0];
  let box = emptyBox();
  while (reader.pos < geometry.end) {
    const command = readVarint(reader);
    if (command % 8 === CLOSE_PATH) continue;
    for (let count = Math.floor(command / 8); count > 0; count -= 1) {
      x += unzigzag(readVarint(reader));
      y += unzigzag(readVarint(reader));
      if (command % 8 === MOVE_TO) {
        largest = Math.max(largest, sideOf(box));
        box = emptyBox();
      }
      stretch(box, Math.min(Math.max(x, 0), extent), Math.min(Math.max(y, 0), extent));
    }
  }
  return Math.max(largest, sideOf(box));
}

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

function emptyBox(): Box {
  return { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
}

function stretch(box: Box, x: number, y: number): void {
  if (x < box.west) box.west = x;
  if (x > box.east) box.east = x;
  if (y < box.south) box.south = y;
  if (y > box.north) box.north = y;
}

function sideOf({ west, south, east, north }: Box): number {
  return Math.max(0, east - west, north - south);
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

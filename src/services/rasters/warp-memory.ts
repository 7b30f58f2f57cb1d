import { warpBounds, type Warp } from '../../raster/warp.ts';
import type { NativeBox } from './blocks-statement.ts';

/** A warp and the bounds of its pixels in the source's CRS; undefined bounds: nothing of it can be mapped. */
export interface KnownWarp {
  readonly warp: Warp;
  readonly bounds: NativeBox | undefined;
}

/** Warps that were made last: tiles are asked for again, in other looks and with other collections. */
export type WarpMemory = (key: string, make: () => Promise<Warp>) => Promise<KnownWarp>;

/** Of 8 kB each for a tile. */
const MOST_WARPS = 256;
/** Numbers that a warp may take to be kept. */
const MOST_NUMBERS = 4096;
const CELL_NUMBERS = 12;

/** An empty memory that forgets what has not been used for longest. */
export function createWarpMemory(): WarpMemory {
  const known = new Map<string, KnownWarp>();
  return async (key, make) => {
    const found = known.get(key);
    known.delete(key);
    if (found !== undefined) {
      known.set(key, found);
      return found;
    }
    const warp = await make();
    const made = { warp, bounds: warpBounds(warp) };
    if (numbersOf(warp) > MOST_NUMBERS) return made;
    known.set(key, made);
    for (const oldest of known.keys()) {
      if (known.size <= MOST_WARPS) break;
      known.delete(oldest);
    }
    return made;
  };
}

function numbersOf(warp: Warp): number {
  return warp.kind === 'separable' ? warp.width + warp.height : warp.cells.length * CELL_NUMBERS;
}

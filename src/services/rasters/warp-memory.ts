import { warpBounds, type Warp } from '../../raster/warp.ts';
import type { NativeBox } from './blocks-statement.ts';

/** A warp and the bounds of its pixels in the source's CRS; undefined bounds: nothing of it can be mapped. */
export interface KnownWarp {
  readonly warp: Warp;
  readonly bounds: NativeBox | undefined;
}

/** How a warp is made, and whether the database had to be asked for each of its positions: then it is kept whatever its size. */
export interface WarpRecipe {
  readonly asksDatabase: boolean;
  make(): Promise<Warp>;
}

/** Warps that were made last: tiles are asked for again, in other looks and with other collections. */
export type WarpMemory = (key: string, recipe: WarpRecipe) => Promise<KnownWarp>;

/** Numbers that a warp may take to be kept where it is quickly made again: 8 kB for a tile. */
const MOST_NUMBERS = 4096;
/** Numbers of all warps, 20 MB of cells. */
const MOST_IN_ALL = 1 << 20;
const CELL_NUMBERS = 12;

/** An empty memory that forgets what has not been used for longest. */
export function createWarpMemory(): WarpMemory {
  const known = new Map<string, KnownWarp>();
  let all = 0;
  return async (key, { asksDatabase, make }) => {
    const found = known.get(key);
    if (found !== undefined) {
      known.delete(key);
      known.set(key, found);
      return found;
    }
    const warp = await make();
    const made = { warp, bounds: warpBounds(warp) };
    const numbers = numbersOf(warp);
    if (known.has(key) || numbers > (asksDatabase ? MOST_IN_ALL : MOST_NUMBERS)) return made;
    known.set(key, made);
    all += numbers;
    for (const [oldest, { warp: gone }] of known) {
      if (all <= MOST_IN_ALL) break;
      known.delete(oldest);
      all -= numbersOf(gone);
    }
    return made;
  };
}

function numbersOf(warp: Warp): number {
  return warp.kind === 'separable' ? warp.width + warp.height : warp.cells.length * CELL_NUMBERS;
}

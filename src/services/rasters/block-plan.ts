import type { RasterCollection, RasterLevel } from '../../catalog/collection.ts';
import { gridBounds } from '../../raster/grid.ts';
import type { Block } from '../../raster/wkb.ts';
import type { NativeBox } from './blocks-statement.ts';

/** Which part of a level is wanted: bounds in its CRS. */
export interface Footprint {
  readonly collection: RasterCollection;
  readonly level: RasterLevel;
  readonly bounds: NativeBox;
  readonly geographic: boolean;
  /** Side of a picture's pixel in units of the level's CRS; undefined where it could not be told. */
  readonly size: number | undefined;
  /** Pixels around the bounds that kernels reach; negative: those that lie within by as much. */
  readonly margin: number;
}

/** From this many samples on, blocks are thinned as they come in: a table without overviews seen from afar. */
const MANY_SAMPLES = 16_000_000;
/**
 * More cells under one window are not held: 256 MB of Float32. Windows are cut so that square pixels stay far below; those
 * that are drawn out, as of a picture 64 wide and 18,000 high, take the level that suits their shorter side.
 */
const MOST_CELLS = 64_000_000;

/** Every how many samples one is kept: still at least two for each pixel of the picture, unless there would be too many. */
export function thinningOf(footprint: Footprint): number {
  const cells = cellsOf(footprint);
  if (cells * footprint.collection.bands.length < MANY_SAMPLES) return 1;
  const { pixelWidth, pixelHeight } = footprint.level;
  const suitable = Math.floor((footprint.size ?? 0) / Math.sqrt(pixelWidth * pixelHeight) / 2);
  return Math.max(1, suitable, Math.ceil(Math.sqrt(cells / MOST_CELLS)));
}

/** The level of a footprint where that can be held, else the finest that can, or the coarsest. */
export function holdableLevel(footprint: Pick<Footprint, 'collection' | 'level' | 'bounds'>): RasterLevel {
  const { collection, level } = footprint;
  const coarser = collection.levels.filter(({ factor }) => factor > level.factor).toSorted((p, q) => p.factor - q.factor);
  const levels = [level, ...coarser];
  return levels.find((own) => cellsOf({ ...footprint, level: own }) <= MOST_CELLS) ?? levels.at(-1) ?? level;
}

function cellsOf({ collection, level, bounds }: Pick<Footprint, 'collection' | 'level' | 'bounds'>): number {
  const all = collection.nativeBbox ?? bounds;
  const width = Math.max(0, Math.min(bounds[2], all[2]) - Math.max(bounds[0], all[0]));
  const height = Math.max(0, Math.min(bounds[3], all[3]) - Math.max(bounds[1], all[1]));
  return (width / level.pixelWidth) * (height / level.pixelHeight);
}

/** The bounds with a rim; in degrees also a turn east and west, where the collection reaches there. */
export function boxesToRead({ collection, level, bounds, geographic, margin }: Footprint): readonly NativeBox[] {
  const [x, y] = [margin * level.pixelWidth, margin * level.pixelHeight];
  const box: NativeBox = [bounds[0] - x, bounds[1] - y, bounds[2] + x, bounds[3] + y];
  const boxes = (geographic ? [0, 360, -360] : [0]).map((turn): NativeBox => [box[0] + turn, box[1], box[2] + turn, box[3]]);
  const all = collection.nativeBbox;
  if (all === undefined) return boxes;
  return boxes.filter((b) => b[0] <= all[2] && all[0] <= b[2] && b[1] <= all[3] && all[1] <= b[3]);
}

/** Less of an area than this part is rounding. */
const SLIVER = 1e-6;

/** True when blocks fill what boxes have in common with a collection, as far as can be told without looking for overlaps. */
export function isFilled(boxes: readonly NativeBox[], blocks: readonly Block[], all: NativeBox | undefined): boolean {
  if (all === undefined) return false;
  const places = blocks.map(({ grid, width, height }) => gridBounds(grid, width, height));
  return boxes.every((box) => {
    const wanted = overlap(box, all);
    return places.reduce((sum, place) => sum + areaOf(overlap(wanted, place)), 0) >= areaOf(wanted) * (1 - SLIVER);
  });
}

function overlap(p: NativeBox, q: NativeBox): NativeBox {
  return [Math.max(p[0], q[0]), Math.max(p[1], q[1]), Math.min(p[2], q[2]), Math.min(p[3], q[3])];
}

function areaOf([west, south, east, north]: NativeBox): number {
  return Math.max(0, east - west) * Math.max(0, north - south);
}

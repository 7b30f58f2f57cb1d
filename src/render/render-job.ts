import type { Expression } from '../algebra/expression.ts';
import type { Transform } from '../crs/transform.ts';
import type { Ground } from '../image/ground.ts';
import type { Coloring } from '../raster/colorize.ts';
import type { GatherRequest, GatherSource } from '../raster/gather.ts';
import type { Grid } from '../raster/grid.ts';
import type { Plane } from '../raster/image.ts';
import type { AlgorithmCall } from '../raster/look.ts';

/** Blocks of one collection and what to make of them. */
export interface JobInput {
  readonly sources: readonly GatherSource[];
  readonly request: GatherRequest;
  /** What the values of each band mean, where that is wanted instead of what is stored. */
  readonly scales?: readonly Scale[] | undefined;
  /** Nobody else looks at the blocks: their memory may be handed over. */
  readonly usedUp?: boolean | undefined;
}

/** Meant = scale · stored + offset. */
export interface Scale {
  readonly scale: number;
  readonly offset: number;
}

/** Formulas over the planes of all inputs, in order. */
export interface JobProgram {
  readonly expressions: readonly Expression[];
  readonly variables: readonly string[];
  readonly fills: readonly number[];
}

/** How numbers become colours, how many pixels on each side are only there as neighbours, and what lies under the picture. */
export interface JobColors {
  readonly coloring: Omit<Coloring, 'cover' | 'rim'>;
  readonly rim: number;
  /** Absent: what has no data is transparent. */
  readonly ground?: Ground | undefined;
}

/**
 * A picture, or numbers, to be made of blocks that are in memory: everything is decided, nothing waits. Plain data but
 * for the transformation and what blocks hide behind functions, so that it can be done elsewhere (pack-job.ts).
 */
export interface RenderJob {
  /** Of the planes, rims of neighbours included. */
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
  readonly inputs: readonly JobInput[];
  /** The last plane says how opaque pixels are, 0–255. */
  readonly cover: boolean;
  readonly program?: JobProgram | undefined;
  readonly algorithm?: { readonly call: AlgorithmCall; readonly toLonLat: Transform } | undefined;
  /** Rings in the grid's CRS: what is outside has no data. */
  readonly clip?: readonly Float64Array[] | undefined;
  /** Absent: numbers are wanted. */
  readonly colors?: JobColors | undefined;
}

/** Numbers that a job makes: the rim of its algorithm is off. */
export interface JobPlanes {
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
  readonly planes: readonly Plane[];
  readonly cover: Plane | undefined;
}

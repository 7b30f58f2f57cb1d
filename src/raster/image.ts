import type { Grid } from './grid.ts';

/**
 * Numbers that kernels read and write, NaN where there is no data. Float32 holds every type up to 16 bits and 32BF
 * exactly; 32BSI, 32BUI and 64BF take Float64. One or two array types keep the inner loops monomorphic.
 */
export type Plane = Float32Array | Float64Array;

/** Bands of equal size on one grid; row by row from row 0. */
export interface Raster {
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
  readonly bands: readonly Plane[];
  /** True when no sample of any band is NaN: kernels then need not look. */
  readonly complete: boolean;
}

/** Makes planes to write into: Float64 when `wide`. Their contents are undefined until written. */
export type Allocate = (length: number, wide: boolean) => Plane;

/** Fresh planes, zeroed. */
export function allocatePlane(length: number, wide: boolean): Plane {
  return wide ? new Float64Array(length) : new Float32Array(length);
}

/** True for planes of Float64. */
export function isWide(plane: Plane): boolean {
  return plane instanceof Float64Array;
}

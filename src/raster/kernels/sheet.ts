import type { Plane } from '../image.ts';

/** One band as it lies in memory, row by row. */
export interface Sheet {
  readonly data: Plane;
  readonly width: number;
  readonly height: number;
}

/** One plane of a picture to write into, row by row. */
export interface Canvas {
  readonly data: Plane;
  readonly width: number;
}

import type { Plane } from '../image.ts';

/** Which of a palette's colours a value gets. */
export interface ColorIndex {
  /**
   * Writes the entry of each value to `out`, of the plane's length; entry 0 is transparent. Returns how many are 0.
   * Palettes of more than 256 colours want words.
   */
  index(plane: Plane, out: Entries): number;
  /** RGBA quadruples, the first of them transparent; at most 65,536. They may grow with each plane that is indexed. */
  colors(): Uint8Array;
  /** The most colours that there can be. */
  readonly most: number;
}

/** Places in a palette. */
export type Entries = Uint8Array | Uint16Array;

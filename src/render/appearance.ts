import type { Rgba } from '../color/class-color.ts';
import type { Range } from '../raster/rescale.ts';

/** How a collection looks when nobody says otherwise; the same for each of its tiles. */
export type Appearance =
  | { readonly kind: 'gray'; readonly bands: readonly [number]; readonly alpha: number | undefined; readonly ranges: readonly [Range] }
  | {
      readonly kind: 'rgb';
      readonly bands: readonly [number, number, number];
      readonly alpha: number | undefined;
      readonly ranges: readonly Range[];
    }
  | { readonly kind: 'classes'; readonly bands: readonly [number]; readonly alpha: undefined; readonly classes: readonly ClassColor[] };

/** A class by its value. */
export interface ClassColor {
  readonly value: number;
  readonly color: Rgba;
}

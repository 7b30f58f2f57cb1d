/** One step of a colour formula. Channels: 0 red, 1 green, 2 blue, ascending. */
export type ColorStep =
  | { readonly kind: 'gamma'; readonly channels: readonly number[]; readonly gamma: number }
  | { readonly kind: 'sigmoidal'; readonly channels: readonly number[]; readonly contrast: number; readonly bias: number }
  | { readonly kind: 'saturation'; readonly proportion: number };

/** Steps that are applied in order to colours of 0–1. */
export type ColorFormula = readonly ColorStep[];

import type { Range } from './rescale.ts';

/** What becomes the first and the last colour: numbers, the band's own extremes, or two of its percentiles (0–100). */
export type Rescale =
  | ({ readonly kind: 'numbers' } & Range)
  | { readonly kind: 'extremes' }
  | { readonly kind: 'percentiles'; readonly low: number; readonly high: number };

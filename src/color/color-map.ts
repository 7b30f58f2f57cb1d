import type { Rgba } from './class-color.ts';

/** What gives numbers their colours. NaN is always transparent; so is what a map of values does not name. */
export type ColorMap = RampMap | ClassMap | IntervalMap | LinearMap | ConditionMap;

/** 256 colours for whatever range the picture stretches: the first for its minimum, the last for its maximum. */
export interface RampMap {
  readonly kind: 'ramp';
  /** 256 RGBA quadruples. */
  readonly colors: Uint8Array;
}

/** A colour for each of some values; of two entries of one value the last counts. */
export interface ClassMap {
  readonly kind: 'classes';
  readonly entries: readonly (readonly [value: number, color: Rgba, label?: string])[];
  /** What has no entry: transparent, or with `own` a colour that follows from the value. */
  readonly others?: 'own';
}

/** A colour for each half-open interval min ≤ v < max; where two hold a value the last counts. */
export interface IntervalMap {
  readonly kind: 'intervals';
  readonly entries: readonly (readonly [min: number, max: number, color: Rgba, label?: string])[];
}

/** Colours at values, ascending, mixed linearly in sRGB between them; beyond the ends the end's colour, or none. */
export interface LinearMap {
  readonly kind: 'linear';
  readonly stops: readonly (readonly [value: number, color: Rgba])[];
  /** Absent: the end's colour goes on. */
  readonly beyond?: 'transparent';
}

/** A colour where a formula of the variable `x` (the value) is true; where two are, the last counts. */
export interface ConditionMap {
  readonly kind: 'conditions';
  readonly entries: readonly (readonly [formula: string, color: Rgba, label?: string])[];
}

/** The same map with its colours in opposite order. */
export function reverseRamp({ colors }: RampMap): RampMap {
  const reversed = new Uint8Array(colors.length);
  for (let i = 0; i < colors.length; i += 4) reversed.set(colors.subarray(i, i + 4), colors.length - 4 - i);
  return { kind: 'ramp', colors: reversed };
}

import type { Rgba } from '../../color/class-color.ts';

/** What the colours of a picture mean. */
export interface Legend {
  readonly title: string;
  readonly unit: string | undefined;
  /** A scale; colours of their own for values, intervals or conditions; or what red, green and blue show. */
  readonly kind: 'gradient' | 'classes' | 'channels';
  /** In the order of a list from the top; of a gradient its round values, ascending. */
  readonly entries: readonly LegendEntry[];
  /** Only of gradients. */
  readonly gradient?: Gradient;
}

/** One colour and what it stands for: a value, an interval (absent ends are open), a condition, or a channel with its range. */
export interface LegendEntry {
  readonly value?: number;
  readonly min?: number;
  readonly max?: number;
  /** A formula of `x`. */
  readonly expression?: string;
  readonly label: string;
  readonly color: Rgba;
}

/** Colours evenly from the smallest to the largest value of a scale. */
export interface Gradient {
  readonly min: number;
  readonly max: number;
  readonly colors: readonly Rgba[];
}

import type { Rgba } from './class-color.ts';

/** Colours along 0 … 1, positions ascending; between two stops colours mix linearly in sRGB. */
export interface Ramp {
  readonly stops: readonly (readonly [position: number, color: Rgba])[];
}

/**
 * The default of one continuous band. Grey shows any band as its numbers are (a photograph, a hillshade, heights)
 * and lies under other layers; colour is a choice that a style makes.
 */
export const GRAY: Ramp = {
  stops: [
    [0, [0, 0, 0, 255]],
    [1, [255, 255, 255, 255]],
  ],
};

/** `count` colours of a ramp, evenly spaced from its first to its last, as RGBA bytes. */
export function rampPalette(ramp: Ramp, count: number): Uint8Array {
  const palette = new Uint8Array(count * 4);
  for (let i = 0; i < count; i += 1) palette.set(rampColor(ramp, count > 1 ? i / (count - 1) : 0), i * 4);
  return palette;
}

/** The colour at a position, clamped to the ramp's ends. */
export function rampColor({ stops }: Ramp, position: number): Rgba {
  const above = stops.findIndex(([at]) => at >= position);
  const [last] = stops.slice(-1);
  const upper = above < 0 ? last : stops[above];
  const lower = above > 0 ? stops[above - 1] : upper;
  if (upper === undefined || lower === undefined) return [0, 0, 0, 0];
  const span = upper[0] - lower[0];
  const share = span > 0 ? (position - lower[0]) / span : 1;
  const mix = (k: 0 | 1 | 2 | 3): number => Math.round(lower[1][k] + (upper[1][k] - lower[1][k]) * share);
  return [mix(0), mix(1), mix(2), mix(3)];
}

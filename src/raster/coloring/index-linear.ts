import type { Rgba } from '../../color/class-color.ts';
import type { LinearMap } from '../../color/color-map.ts';
import type { Plane } from '../image.ts';
import type { ColorIndex, Entries } from './color-index.ts';
import { lastAtMost } from './index-intervals.ts';

/** Entries beside the transparent one that bytes can number. */
const FEW = 255;

/**
 * A gradient with this many steps is thinned to fit into bytes: none of its colours is off by more than 1/255. Longer ones have
 * channels unless a picture happens to show few of their colours: viridis by five stops (365 steps) takes 64 kB (50–103) for 256²
 * pixels of heights, thinned it would take 27 kB (18–42) in the same 1 to 2 ms, but its colours would be off by up to 1.5/255.
 */
const NEARLY_FEW = 320;

/** Entries that words can number, with room for each segment's last. */
const MOST = 60_000;

/** Values from `low` on become the entries from `first` on, `scale` of them a unit, up to the segment's end. */
interface Segments {
  readonly lows: Float64Array;
  readonly firsts: Float64Array;
  readonly scales: Float64Array;
  readonly below: number;
  readonly above: number;
}

/** A gradient as a palette: between two stops there are as many steps as its fastest channel has bytes. */
export function indexLinear({ stops, beyond }: LinearMap): ColorIndex {
  const needed = stops.reduce((sum, [, color], n) => sum + stepsBetween(stops[n - 1]?.[1] ?? color, color), 1);
  const thin = Math.max(1, needed <= NEARLY_FEW ? needed / FEW : needed / MOST);
  const colors: Rgba[] = [[0, 0, 0, 0]];
  const [lows, firsts, scales]: [number[], number[], number[]] = [[], [], []];
  for (const [n, [value, color]] of stops.entries()) {
    const [low, lower] = stops[n - 1] ?? [value, color];
    const steps = value > low ? Math.floor(stepsBetween(lower, color) / thin) : 0;
    for (let step = 1; step < steps; step += 1) colors.push(mix(lower, color, step / steps));
    if (n > 0) scales.push(value > low ? steps / (value - low) : 0);
    // Equal neighbours share an entry; so do two stops that are closer than a step.
    if (n === 0 || steps > 0 || value === low) colors.push(color);
    lows.push(value);
    firsts.push(colors.length - 1);
  }
  const ends = beyond === 'transparent' ? { below: 0, above: 0 } : { below: 1, above: colors.length - 1 };
  const segments = { lows: Float64Array.from(lows), firsts: Float64Array.from(firsts), scales: Float64Array.from([...scales, 0]), ...ends };
  const palette = Uint8Array.from(colors.flat());
  return { most: colors.length, colors: () => palette, index: (plane, out) => indexSegments(plane, out, segments) };
}

/** 256² pixels take 0.3 ms, in noise 1 ms. */
function indexSegments(plane: Plane, out: Entries, { lows, firsts, scales, below, above }: Segments): number {
  const [start, end] = [lows[0] ?? 0, lows[lows.length - 1] ?? 0];
  let [holes, low, high, first, scale] = [0, Number.NaN, Number.NaN, 0, 0];
  for (let i = 0; i < plane.length; i += 1) {
    const value = plane[i] ?? 0;
    let entry = 0;
    if (value >= start && value <= end) {
      if (!(value >= low && value < high)) {
        const segment = lastAtMost(lows, value);
        low = lows[segment] ?? 0;
        high = lows[segment + 1] ?? Number.POSITIVE_INFINITY;
        first = (firsts[segment] ?? 0) + 0.5;
        scale = scales[segment] ?? 0;
      }
      entry = Math.trunc(first + (value - low) * scale);
    } else if (value < start) entry = below;
    else if (value > end) entry = above;
    out[i] = entry;
    if (entry === 0) holes += 1;
  }
  return holes;
}

function stepsBetween(a: Rgba, b: Rgba): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]), Math.abs(a[3] - b[3]));
}

function mix(from: Rgba, to: Rgba, share: number): Rgba {
  const part = (c: 0 | 1 | 2 | 3): number => Math.round(from[c] + (to[c] - from[c]) * share);
  return [part(0), part(1), part(2), part(3)];
}

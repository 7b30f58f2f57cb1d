import type { IntervalMap } from '../../color/color-map.ts';
import type { Plane } from '../image.ts';
import type { ColorIndex, Entries } from './color-index.ts';
import { createPalette } from './growing-palette.ts';

/** Ascending edges; piece k lies from edge k to the next and has an entry of the palette. */
interface Pieces {
  readonly edges: Float64Array;
  readonly entries: Uint16Array;
}

/** Intervals, cut where they overlap; a value is sought in the piece of its neighbour, then by halving. */
export function indexIntervals({ entries }: IntervalMap): ColorIndex {
  const palette = createPalette();
  const edges = Float64Array.from(new Set(entries.flatMap(([min, max]) => [min, max]))).sort();
  const pieces: Pieces = { edges, entries: new Uint16Array(edges.length) };
  for (const [min, max, color] of entries) pieces.entries.fill(palette.entry(color), lastAtMost(edges, min), lastAtMost(edges, max));
  return { most: palette.size(), colors: palette.colors, index: (plane, out) => indexPieces(plane, out, pieces) };
}

/** 256² pixels take 0.3 ms, in noise over 20 pieces 2 ms. */
function indexPieces(plane: Plane, out: Entries, { edges, entries }: Pieces): number {
  let [holes, low, high, entry] = [0, Number.NaN, Number.NaN, 0];
  for (let i = 0; i < plane.length; i += 1) {
    const value = plane[i] ?? 0;
    if (!(value >= low && value < high)) {
      // NaN is at most nothing: it gets the place before all edges, which it can not be sought in again.
      const piece = lastAtMost(edges, value);
      low = value === value ? (edges[piece] ?? Number.NEGATIVE_INFINITY) : value;
      high = edges[piece + 1] ?? Number.POSITIVE_INFINITY;
      entry = entries[piece] ?? 0;
    }
    out[i] = entry;
    if (entry === 0) holes += 1;
  }
  return holes;
}

/** The last place of an ascending list whose number is at most the value; -1 when there is none. */
export function lastAtMost(list: Float64Array, value: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

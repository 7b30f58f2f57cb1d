import { classColor, type Rgba } from '../../color/class-color.ts';
import type { ClassMap } from '../../color/color-map.ts';
import type { Plane } from '../image.ts';
import type { ColorIndex, Entries } from './color-index.ts';
import { createPalette } from './growing-palette.ts';

/** Integers this close together are found in a table instead of a map. */
const MAX_TABLE = 65_536;

/** Colours that unnamed classes may get. */
const OWN_COLORS = 256;

/** Single values. 256² pixels take 0.2 ms where neighbours are mostly alike and 0.4 ms in noise. */
export function indexClasses({ entries, others }: ClassMap): ColorIndex {
  const palette = createPalette();
  // Planes of Float32 hold a fraction as it is there.
  const known = new Map(
    entries.flatMap(([value, color]) => [Math.fround(value), value].map((key) => [key, palette.entry(color)] as const)),
  );
  const rare = (value: number): number => known.get(value) ?? (others === 'own' ? palette.entry(ownColor(value)) : 0);
  const { table, base } = tableOf(known);
  // Only integers may look into the table: the tiniest of fractions is lost in the subtraction.
  const find = (value: number): number => (Number.isInteger(value) ? (table[value - base] ?? rare(value)) : rare(value));
  const most = palette.size() + (others === 'own' ? OWN_COLORS : 0);
  return { most, colors: palette.colors, index: (plane, out) => indexAlike(plane, out, find) };
}

/** The colour of a class that nobody named: it follows from its value alone, so that all tiles agree. */
function ownColor(value: number): Rgba {
  return classColor(Math.abs(Math.trunc(value)) % OWN_COLORS);
}

/** Entries by value minus base; holes between the values are left to the map, as is all that is no integer. */
function tableOf(known: ReadonlyMap<number, number>): { readonly table: readonly (number | undefined)[]; readonly base: number } {
  const values = [...known.keys()].filter((value) => Number.isInteger(value));
  const base = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const span = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - base + 1;
  if (!(span <= MAX_TABLE)) return { table: [], base: 0 };
  return { table: Array.from({ length: span }, (_, i) => known.get(base + i)), base };
}

/** Looks up each value that differs from the one before. */
function indexAlike(plane: Plane, out: Entries, find: (value: number) => number): number {
  let [holes, last, entry] = [0, Number.NaN, 0];
  for (let i = 0; i < plane.length; i += 1) {
    const value = plane[i] ?? 0;
    if (value !== last) {
      last = value;
      entry = value === value ? find(value) : 0;
    }
    out[i] = entry;
    if (entry === 0) holes += 1;
  }
  return holes;
}

import { classColor, type Rgba } from '../color/class-color.ts';
import type { ColorMap } from '../color/color-map.ts';
import { namedColorMap } from '../color/named-color-map.ts';

/** What the numbers of a band are: quantities, names of classes, inside or not, or steps of a scale. */
export type LayerKind = 'continuous' | 'categorical' | 'mask' | 'rank-ordered';

/** A value that somebody gave a meaning: one (`min` = `max`), or all of min ≤ v < max. */
export interface DeclaredClass {
  readonly min: number;
  readonly max: number;
  readonly label?: string | undefined;
  readonly color?: Rgba | undefined;
}

/** What is known of a band. */
export interface LayerFacts {
  /** The kind that somebody declared. */
  readonly kind?: LayerKind | undefined;
  readonly declared: readonly DeclaredClass[];
  /** The distinct values of a sample, ascending; absent where they are fractions or too many to be classes. */
  readonly values?: readonly number[] | undefined;
}

/** A class with its colour. */
export interface LayerClass {
  readonly min: number;
  readonly max: number;
  readonly label: string | undefined;
  readonly color: Rgba;
}

/** What a band is and, unless it is continuous, its classes in the order of a legend. */
export interface LayerDescription {
  readonly kind: LayerKind;
  readonly classes: readonly LayerClass[];
}

const TRANSPARENT: Rgba = [0, 0, 0, 0];
const MASK_COLOR: Rgba = [46, 110, 158, 255];
const RANK_MAP = 'viridis';

/**
 * Recognises what a band is: what is declared goes first; classes that are intervals are steps of a scale; 1 or 255
 * beside 0 or alone is a mask; few integers are classes; all else is continuous. Classes without a colour of their own get
 * one by their place, steps along a sequential ramp, masks one for inside and none for 0.
 */
export function describeLayer(facts: LayerFacts): LayerDescription {
  const kind = facts.kind ?? recognise(facts);
  if (kind === 'continuous') return { kind, classes: [] };
  const declared: readonly DeclaredClass[] =
    facts.declared.length > 0 ? facts.declared : (facts.values ?? []).map((value) => ({ min: value, max: value }));
  const ordered = kind === 'rank-ordered' ? declared.toSorted((a, b) => a.min - b.min) : declared;
  const classes = ordered.map((own, n) => ({
    min: own.min,
    max: own.max,
    label: own.label,
    color: own.color ?? colorOf(kind, { value: own.min, place: n, count: ordered.length }),
  }));
  return { kind, classes };
}

/** The classes as a colour map; values without a class get a colour that follows from them, except in masks. */
export function layerColorMap({ kind, classes }: LayerDescription): ColorMap {
  if (classes.every(({ min, max }) => min === max)) {
    const entries = classes.map(({ min, color, label }) => labelled([min, color] as const, label));
    return kind === 'categorical' ? { kind: 'classes', entries, others: 'own' } : { kind: 'classes', entries };
  }
  return {
    kind: 'intervals',
    entries: classes.map(({ min, max, color, label }) => labelled([...boundsOf(min, max), color] as const, label)),
  };
}

function recognise({ declared, values }: LayerFacts): LayerKind {
  if (declared.length > 0) return declared.some(({ min, max }) => min < max) ? 'rank-ordered' : 'categorical';
  if (values === undefined || values.length === 0) return 'continuous';
  const inside = values.filter((value) => value !== 0);
  return inside.length === 1 && (inside[0] === 1 || inside[0] === 255) ? 'mask' : 'categorical';
}

function colorOf(
  kind: LayerKind,
  { value, place, count }: { readonly value: number; readonly place: number; readonly count: number },
): Rgba {
  switch (kind) {
    case 'mask':
      return value === 0 ? TRANSPARENT : MASK_COLOR;
    case 'rank-ordered':
      return rankColor(count > 1 ? place / (count - 1) : 1);
    default:
      return classColor(place);
  }
}

/** From the lowest rank (0) to the highest (1), evenly. */
function rankColor(rank: number): Rgba {
  const at = Math.round(rank * 255) * 4;
  const [red = 0, green = 0, blue = 0, alpha = 255] = namedColorMap(RANK_MAP)?.colors.subarray(at, at + 4) ?? [];
  return [red, green, blue, alpha];
}

/** Among intervals a single value is the narrowest interval that Float32 can tell from its neighbours. */
function boundsOf(min: number, max: number): readonly [number, number] {
  if (min < max) return [min, max];
  const width = Math.max(Math.abs(min), Number.MIN_VALUE * 2 ** 30) * 2 ** -24;
  return [min - width, min + width];
}

function labelled<T extends readonly unknown[]>(entry: T, label: string | undefined): T | readonly [...T, string] {
  return label === undefined ? entry : [...entry, label];
}

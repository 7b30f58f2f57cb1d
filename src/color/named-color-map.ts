import { reverseRamp, type RampMap } from './color-map.ts';
import { CLASSIC } from './tables/classic.ts';
import { CMOCEAN } from './tables/cmocean.ts';
import { COLOR_BREWER } from './tables/color-brewer.ts';
import { PERCEPTUAL } from './tables/perceptual.ts';
import { QUALITATIVE } from './tables/qualitative.ts';
import { WAVES } from './tables/waves.ts';

/** What a named map is good for, in the order in which a chooser shows them. */
export type ColorMapFamily = 'perceptual' | 'color-brewer' | 'oceanography' | 'classic' | 'qualitative';

/** A colour at 0 … 1. */
type Formula = (position: number) => readonly [red: number, green: number, blue: number];

const SIZE = 256;
const LAST = SIZE - 1;

/** Other names of the same maps. */
const ALIASES = new Map(Object.entries({ grey: 'gray', gist_grey: 'gist_gray', gist_yerg: 'gist_yarg', grays: 'greys' }));

const FAMILIES: readonly (readonly [ColorMapFamily, readonly string[]])[] = [
  ['perceptual', Object.keys(PERCEPTUAL)],
  ['color-brewer', Object.keys(COLOR_BREWER)],
  ['oceanography', Object.keys(CMOCEAN)],
  ['classic', [...Object.keys(CLASSIC), ...Object.keys(WAVES), ...ALIASES.keys()]],
  ['qualitative', Object.keys(QUALITATIVE)],
];

const KNOTS = new Map(Object.entries({ ...PERCEPTUAL, ...COLOR_BREWER, ...CMOCEAN, ...CLASSIC }));
const LISTS = new Map(Object.entries(QUALITATIVE));
const FORMULAS = new Map<string, Formula>(Object.entries(WAVES));

const FAMILY_OF = new Map(FAMILIES.flatMap(([family, names]) => names.map((name) => [name, family] as const)));

/** Names of all maps in lower case, sorted; each also with `_r` for the opposite order. */
export const COLOR_MAP_NAMES: readonly string[] = [...FAMILY_OF.keys()].flatMap((name) => [name, `${name}_r`]).sort();

const made = new Map<string, RampMap>();

/** The map of a name in any case; undefined when there is none. The same object each time: treat it as read-only. */
export function namedColorMap(name: string): RampMap | undefined {
  const key = name.toLowerCase();
  const known = made.get(key);
  if (known !== undefined) return known;
  const base = key.endsWith('_r') ? key.slice(0, -2) : key;
  const ramp = make(ALIASES.get(base) ?? base);
  if (ramp === undefined) return undefined;
  const map = base === key ? ramp : reverseRamp(ramp);
  made.set(key, map);
  return map;
}

/** The family of a named map, with or without `_r`, in lower case; undefined when there is no such map. */
export function colorMapFamily(name: string): ColorMapFamily | undefined {
  return FAMILY_OF.get(name.endsWith('_r') ? name.slice(0, -2) : name);
}

function make(name: string): RampMap | undefined {
  const knots = KNOTS.get(name);
  if (knots !== undefined) return fromKnots(knots);
  const list = LISTS.get(name);
  if (list !== undefined) return fromList(list.split(' '));
  const formula = FORMULAS.get(name);
  return formula === undefined ? undefined : fromFormula(formula);
}

/** `ppRRGGBB …`: positions from 00 to ff, linear between. */
function fromKnots(text: string): RampMap {
  const knots = text.split(' ').map((knot) => ({ at: Number.parseInt(knot.slice(0, 2), 16), color: hexColor(knot.slice(2)) }));
  const colors = new Uint8Array(SIZE * 4).fill(255);
  for (const [n, { at, color }] of knots.entries()) {
    const next = knots[n + 1] ?? { at: at + 1, color };
    for (let i = at; i < next.at; i += 1) {
      const share = (i - at) / (next.at - at);
      colors.set(
        color.map((from, c) => Math.round(from + ((next.color[c] ?? 0) - from) * share)),
        i * 4,
      );
    }
  }
  return { kind: 'ramp', colors };
}

function fromList(list: readonly string[]): RampMap {
  const colors = new Uint8Array(SIZE * 4).fill(255);
  for (let i = 0; i < SIZE; i += 1) {
    const place = Math.min(list.length - 1, Math.floor((i * list.length) / LAST));
    colors.set(hexColor(list[place] ?? '000000'), i * 4);
  }
  return { kind: 'ramp', colors };
}

function fromFormula(formula: Formula): RampMap {
  const colors = new Uint8Array(SIZE * 4).fill(255);
  for (let i = 0; i < SIZE; i += 1) {
    const color = formula(i / LAST).map((part) => Math.round(255 * Math.min(1, Math.max(0, part))));
    colors.set(color, i * 4);
  }
  return { kind: 'ramp', colors };
}

function hexColor(hex: string): readonly number[] {
  const number = Number.parseInt(hex, 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

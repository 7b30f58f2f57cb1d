import { never } from '../../base/never.ts';
import type { Rgba } from '../../color/class-color.ts';
import type { ColorMap } from '../../color/color-map.ts';
import { colorize, type Coloring } from '../../raster/colorize.ts';
import { spread } from '../../raster/coloring/pixels.ts';
import type { Range } from '../../raster/rescale.ts';
import type { Legend, LegendEntry } from './legend.ts';
import { formatInterval, formatValue, roundTicks } from './ticks.ts';

/** A picture's colours, decided, and what its planes are called. */
export interface LegendFacts {
  readonly title: string;
  /** Unit of the values of a single plane. */
  readonly unit?: string | undefined;
  /** Names of the planes; three and more are red, green and blue. */
  readonly planes: readonly string[];
  readonly coloring: Omit<Coloring, 'cover' | 'rim'>;
}

const CHANNELS: readonly (readonly [name: string, color: Rgba])[] = [
  ['Red', [255, 0, 0, 255]],
  ['Green', [0, 255, 0, 255]],
  ['Blue', [0, 0, 255, 255]],
];
const SAMPLES = 256;
const TICKS = 6;
const MAX_STOPS = 9;
const BYTES: Range = { min: 0, max: 255 };

/**
 * The legend of a picture. Every colour of it is made by the same code that colours the picture's pixels. What is
 * transparent has no entry.
 * @throws AppError INVALID_PARAMETER for a formula of the map that does not parse
 */
export function legendOf(facts: LegendFacts): Legend {
  const { title, planes, coloring } = facts;
  const unit = planes.length >= 3 ? undefined : facts.unit;
  if (planes.length >= 3) return { title, unit, kind: 'channels', entries: channelEntries(facts) };
  const range = coloring.ranges[0];
  const { map } = coloring;
  if (map === undefined || map.kind === 'ramp') return gradientOf(facts, range ?? BYTES);
  if (map.kind === 'linear')
    return stopsOf(
      facts,
      map.stops.map(([value]) => fromBytes(value, range)),
    );
  const entries = classEntries(map, range).map((entry) => ({ ...entry, color: finished(entry.color, coloring) }));
  return { title, unit, kind: 'classes', entries: entries.filter(({ color }) => color[3] > 0) };
}

function channelEntries({ planes, coloring }: LegendFacts): readonly LegendEntry[] {
  return CHANNELS.map(([name, color], n) => {
    const { min, max } = coloring.ranges[n] ?? BYTES;
    const plane = planes[n] ?? '';
    return { min, max, label: plane.toLowerCase() === name.toLowerCase() ? name : `${name}: ${plane}`, color };
  });
}

function gradientOf({ title, unit, coloring }: LegendFacts, range: Range): Legend {
  const [min, max] = [Math.min(range.min, range.max), Math.max(range.min, range.max)];
  return scale({ title, unit, coloring }, { min, max, ticks: roundTicks(min, max, TICKS) });
}

function stopsOf({ title, unit, coloring }: LegendFacts, values: readonly number[]): Legend {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const stops = [...new Set(values)].sort((a, b) => a - b);
  return scale({ title, unit, coloring }, { min, max, ticks: stops.length <= MAX_STOPS ? stops : roundTicks(min, max, TICKS) });
}

function scale(
  { title, unit, coloring }: Pick<LegendFacts, 'title' | 'coloring' | 'unit'>,
  { min, max, ticks }: { readonly min: number; readonly max: number; readonly ticks: readonly number[] },
): Legend {
  const values = Array.from({ length: SAMPLES }, (_, i) => min + ((max - min) * i) / (SAMPLES - 1));
  const colors = colorsOf(ticks, coloring);
  return {
    title,
    unit,
    kind: 'gradient',
    entries: ticks.map((value, n) => ({ value, label: formatValue(value), color: colors[n] ?? [0, 0, 0, 0] })),
    gradient: { min, max, colors: colorsOf(values, coloring) },
  };
}

/** The colours that the picture gives to values. */
function colorsOf(values: readonly number[], coloring: LegendFacts['coloring']): readonly Rgba[] {
  const pixels = colorize([Float64Array.from(values)], values.length, coloring);
  const rgba = pixels === undefined ? new Uint8Array(values.length * 4) : spread(pixels);
  return values.map((_, i) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(i * 4, i * 4 + 4);
    return [red, green, blue, alpha];
  });
}

/** A colour of the map as it comes out in the picture, saturated and enhanced. */
function finished(color: Rgba, coloring: LegendFacts['coloring']): Rgba {
  const [made] = colorsOf([0], { ...coloring, ranges: [], map: { kind: 'classes', entries: [[0, color]] } });
  return made ?? color;
}

function classEntries(map: Exclude<ColorMap, { kind: 'ramp' | 'linear' }>, range: Range | undefined): readonly LegendEntry[] {
  switch (map.kind) {
    case 'classes': {
      const last = new Map(map.entries.map((entry) => [entry[0], entry]));
      return [...last.values()].map(([stored, color, label]) => {
        const value = fromBytes(stored, range);
        return { value, label: label ?? formatValue(value), color };
      });
    }
    case 'intervals':
      return map.entries.map(([low, high, color, label]) => {
        const [min, max] = [fromBytes(low, range), fromBytes(high, range)];
        return { ...bounds(min, max), label: label ?? formatInterval(min, max), color };
      });
    case 'conditions':
      return map.entries.map(([expression, color, label]) => ({ expression, label: label ?? expression, color }));
    default:
      return never(map);
  }
}

function bounds(min: number, max: number): { readonly min?: number; readonly max?: number } {
  return { ...(Number.isFinite(min) ? { min } : {}), ...(Number.isFinite(max) ? { max } : {}) };
}

/** Where values are stretched before the map is asked, it speaks of bytes, the legend of values. */
function fromBytes(byte: number, range: Range | undefined): number {
  return range === undefined ? byte : range.min + (byte / 255) * (range.max - range.min);
}

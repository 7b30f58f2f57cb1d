import type { Rgba } from './class-color.ts';
import type { ColorMap } from './color-map.ts';
import { describeJson } from './describe-json.ts';
import { COLOR_FORMS, parseColor } from './parse-color.ts';
import { rampPalette } from './ramp.ts';

const BLACK: Rgba = [0, 0, 0, 255];
const WHITE: Rgba = [255, 255, 255, 255];

/**
 * A continuous colour scheme of django-raster: from one colour to another, over a third one in the middle. With a
 * range it is a gradient over these values and nothing beyond; without one, a ramp over what the picture stretches.
 * @throws what `fault` makes of the expectation that is not met
 */
export function parseScheme(scheme: object, fault: (expected: string) => Error): ColorMap {
  const member = (name: string): unknown => Object.entries(scheme).find(([key]) => key === name)?.[1];
  const color = (name: string, fallback: Rgba): Rgba => {
    const value = member(name);
    const parsed = value === undefined ? fallback : parseColor(value);
    if (parsed === undefined) throw fault(`${COLOR_FORMS} at "${name}", got ${describeJson(value)}`);
    return parsed;
  };
  const from = color('from', BLACK);
  const to = color('to', WHITE);
  const over = member('over') === undefined ? undefined : color('over', BLACK);
  const middle = over === undefined ? [] : [[0.5, over] as const];
  const stops = [[0, from] as const, ...middle, [1, to] as const];
  const range = member('range');
  if (range === undefined) return { kind: 'ramp', colors: rampPalette({ stops }, 256) };
  const [min, max] = Array.isArray(range) && range.length === 2 ? range.map(toNumber) : [];
  if (min === undefined || max === undefined || !(min < max) || !Number.isFinite(max - min)) {
    throw fault(`"range": [min, max] with min < max, got ${describeJson(range)}`);
  }
  return { kind: 'linear', stops: stops.map(([at, stop]) => [min + at * (max - min), stop]), beyond: 'transparent' };
}

/** A number, or one written as text; NaN for all else. */
function toNumber(value: unknown): number {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
}

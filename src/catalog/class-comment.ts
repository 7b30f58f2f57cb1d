import type { BandClass } from './collection.ts';
import { isObject, wrongType, type Problems } from './comment-members.ts';

const HEX = /^#([0-9a-f]{6}|[0-9a-f]{8})$/i;

/**
 * `classes` of a band's comment: `{"1": "Water"}`, or `[{"value": 1, "label": "Water", "color": "#1f6fb4"}]`, with
 * `min` and `max` instead of `value` for ranges. What is not so is noted and left out.
 */
export function classesMember(value: unknown, key: string, problems: Problems): readonly BandClass[] {
  if (value === undefined || value === null) return [];
  if (isObject(value))
    return Object.entries(value).flatMap(([name, label]) => classOf({ value: Number(name), label }, key, problems) ?? []);
  if (Array.isArray(value)) return value.flatMap((entry: unknown, n) => classOf(entry, `${key}[${n}]`, problems) ?? []);
  wrongType(key, 'an array of objects, or an object of labels by value', problems);
  return [];
}

function classOf(entry: unknown, key: string, problems: Problems): BandClass | undefined {
  const members = isObject(entry) ? entry : {};
  const { value, min = value, max = value, label = members['title'] ?? members['name'], color } = members;
  if (typeof min !== 'number' || typeof max !== 'number' || !(min <= max)) {
    wrongType(key, 'an object with a number "value", or with numbers "min" and "max"', problems);
    return undefined;
  }
  const isColor = typeof color === 'string' && HEX.test(color);
  if (color !== undefined && !isColor) wrongType(`${key}.color`, 'a colour such as "#1f6fb4"', problems);
  return { min, max, label: typeof label === 'string' ? label : undefined, color: isColor ? color : undefined };
}

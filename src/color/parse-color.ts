import type { Rgba } from './class-color.ts';

const HEX = /^#?([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;

/** What `parseColor` takes, for messages. */
export const COLOR_FORMS = 'a colour such as [255, 0, 0], [255, 0, 0, 128] or "#ff0000"';

/** A colour from JSON: three or four whole numbers of 0–255, or 3, 4, 6 or 8 hexadecimal digits; undefined for all else. */
export function parseColor(value: unknown): Rgba | undefined {
  const parts = typeof value === 'string' ? fromHex(value) : Array.isArray(value) ? value : [];
  const [red, green, blue, alpha = 255]: readonly unknown[] = parts;
  if (parts.length > 4 || !isByte(red) || !isByte(green) || !isByte(blue) || !isByte(alpha)) return undefined;
  return [red, green, blue, alpha];
}

/** A colour as `#rrggbb`, or `#rrggbbaa` where it is not opaque. */
export function formatColor([red, green, blue, alpha]: Rgba): string {
  const parts = alpha === 255 ? [red, green, blue] : [red, green, blue, alpha];
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function fromHex(text: string): readonly number[] {
  const digits = HEX.exec(text)?.[1];
  if (digits === undefined) return [];
  const pairs = digits.length < 6 ? digits.split('').map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  return pairs.map((pair) => Number.parseInt(pair, 16));
}

function isByte(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

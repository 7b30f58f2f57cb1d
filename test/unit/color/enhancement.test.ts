import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { enhanceColors, enhanceSharpness, isPlain, needsNeighbours } from '../../../src/color/enhancement.ts';

/** What Pillow 13's ImageEnhance makes of some pixels; `grey` is the mean that it takes for contrast. */
const reference: {
  readonly pixels: readonly number[];
  readonly width: number;
  readonly grey: number;
  readonly enhance: Readonly<Record<string, readonly number[]>>;
} = JSON.parse(readFileSync(new URL('../../fixtures/color-operations.json', import.meta.url), 'utf8'));

const pixels = (): Uint8Array => Uint8Array.from(reference.pixels.flatMap((part, i) => (i % 3 === 2 ? [part, 200] : [part])));
const colors = (rgba: Uint8Array): readonly number[] => [...rgba].filter((_, i) => i % 4 !== 3);

test.each(Object.entries(reference.enhance))('is Pillow to the byte: %s', (name, wanted) => {
  const [kinds = '', ...factors] = name.split(' ');
  const enhancement = Object.fromEntries(kinds.split('+').map((kind, i) => [kind, Number(factors[i])]));
  const rgba = pixels();
  const { sharpness } = enhancement;
  if (sharpness === undefined) enhanceColors(enhancement, rgba, reference.grey);
  const result = sharpness === undefined ? rgba : enhanceSharpness(sharpness, rgba, reference.width);
  expect(colors(result)).toEqual(wanted);
  expect(result.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 200)).toBe(true);
});

test('transparent neighbours do not darken the rim of the data', () => {
  const rgba = new Uint8Array(3 * 3 * 4);
  rgba.set([90, 90, 90, 255], 4 * 4);
  expect([...enhanceSharpness(0, rgba, 3).subarray(16, 20)]).toEqual([90, 90, 90, 255]);
});

test('says what needs work and what needs neighbours', () => {
  expect(isPlain({})).toBe(true);
  expect(isPlain({ color: 1, sharpness: 1 })).toBe(true);
  expect(isPlain({ contrast: 0 })).toBe(false);
  expect(needsNeighbours({ contrast: 2 })).toBe(false);
  expect(needsNeighbours({ sharpness: 0 })).toBe(true);
});

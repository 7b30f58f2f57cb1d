import { expect, test } from 'vitest';
import { classColor, oklchToRgb } from '../../../src/color/class-color.ts';
import { GRAY, rampColor, rampPalette } from '../../../src/color/ramp.ts';

test('the grey ramp of 256 colours is the bytes themselves', () => {
  const palette = rampPalette(GRAY, 256);
  for (let i = 0; i < 256; i += 1) expect([...palette.subarray(i * 4, i * 4 + 4)]).toEqual([i, i, i, 255]);
});

test('a ramp is linear between stops and clamped beyond', () => {
  const ramp = {
    stops: [
      [0.2, [0, 0, 0, 0]],
      [0.4, [100, 50, 0, 200]],
      [1, [100, 50, 60, 255]],
    ],
  } as const;
  expect(rampColor(ramp, 0)).toEqual([0, 0, 0, 0]);
  expect(rampColor(ramp, 0.3)).toEqual([50, 25, 0, 100]);
  expect(rampColor(ramp, 0.7)).toEqual([100, 50, 30, 228]);
  expect(rampColor(ramp, 2)).toEqual([100, 50, 60, 255]);
});

test('classes that follow one another are told apart, also by far', () => {
  const colors = Array.from({ length: 32 }, (_, i) => classColor(i));
  colors.forEach((a, i) =>
    colors.slice(i + 1, i + 8).forEach((b) => expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(25)),
  );
  expect(new Set(colors.map(String)).size).toBe(32);
  expect(classColor(5)).toEqual(classColor(5));
});

test('OKLCH without chroma is grey', () => {
  expect(oklchToRgb(1, 0, 1)).toEqual([255, 255, 255]);
  expect(oklchToRgb(0, 0, 2)).toEqual([0, 0, 0]);
});

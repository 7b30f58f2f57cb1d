import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyColorFormula, redCurve } from '../../../src/color/apply-color-formula.ts';
import { parseColorFormula } from '../../../src/color/color-formula.ts';

/** What color-operations 0.4 makes of some pixels, as bytes with fractions. */
const reference: { readonly pixels: readonly number[]; readonly formulas: Readonly<Record<string, readonly number[]>> } = JSON.parse(
  readFileSync(new URL('../../fixtures/color-operations.json', import.meta.url), 'utf8'),
);

describe('parseColorFormula', () => {
  it('reads steps with commas or without, words in any case, channels as letters or numbers', () => {
    expect(parseColorFormula('gamma RGB 3.5, Sigmoidal b1 15 0.35 saturation 1.7')).toEqual([
      { kind: 'gamma', channels: [0, 1, 2], gamma: 3.5 },
      { kind: 'sigmoidal', channels: [0, 2], contrast: 15, bias: 0.35 },
      { kind: 'saturation', proportion: 1.7 },
    ]);
  });

  it.each([
    ['', 'Cannot parse color_formula "": expected gamma, sigmoidal or saturation, got nothing'],
    ['gama r 1', 'Cannot parse color_formula "gama r 1": expected gamma, sigmoidal or saturation, got "gama"'],
    ['constructor r 1', 'expected gamma, sigmoidal or saturation, got "constructor"'],
    ['gamma', 'expected channels such as RGB or 1, got ""'],
    ['gamma rx 1', 'expected channels such as RGB or 1, got "rx"'],
    ['gamma r 0', 'expected a gamma above 0, got 0'],
    ['gamma r nan', 'expected a gamma above 0, got "nan"'],
    ['gamma r 0x10', 'expected a gamma above 0, got "0x10"'],
    ['sigmoidal r 5', 'expected a bias from 0 to 1, got nothing'],
    ['sigmoidal r 5 2', 'expected a bias from 0 to 1, got 2'],
    ['sigmoidal r 1e9 0.5', 'expected a contrast from -500 to 500'],
    ['saturation -1', 'expected a saturation of 0 or more, got -1'],
    ['saturation 1 2', 'expected gamma, sigmoidal or saturation, got "2"'],
    ['saturation 1 '.repeat(17), 'expected at most 16 steps, got 17'],
    ['x'.repeat(501), 'expected at most 500 characters, got 501'],
  ])('refuses "%s"', (text, message) => {
    expect(() => parseColorFormula(text)).toThrow(message);
  });
});

describe('applyColorFormula', () => {
  it.each(Object.entries(reference.formulas))('makes of pixels what rio-color makes of them: %s', (formula, wanted) => {
    const rgba = Uint8Array.from(reference.pixels.flatMap((part, i) => (i % 3 === 2 ? [part, 77] : [part])));
    applyColorFormula(parseColorFormula(formula), rgba);
    const off = wanted.map((part, i) => Math.abs(part - (rgba[Math.floor(i / 3) * 4 + (i % 3)] ?? -9)));
    expect(Math.max(...off)).toBeLessThanOrEqual(0.51);
    expect(rgba.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 77)).toBe(true);
  });

  it('bends the values of one band by what it says of red', () => {
    const curve = redCurve(parseColorFormula('gamma r 2 gamma g 5 saturation 3 gamma 1 2'));
    expect(curve(0.0001)).toBeCloseTo(0.1, 12);
  });
});

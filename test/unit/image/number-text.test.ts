import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coordinateText, numberText } from '../../../src/image/number-text.ts';
import { sampleTypeNamed } from '../../../src/image/sample-type.ts';

const SINGLE = sampleTypeNamed('float32');
const DOUBLE = sampleTypeNamed('float64');

describe('numberText', () => {
  it.each([
    [0.1, '0.1'],
    [-0, '0'],
    [16_777_217.5, '16777218'],
    [13.606245, '13.606245'],
    [1e-7, '1e-7'],
    [1.401298464324817e-45, '1.401298e-45'],
    [3.4028234663852886e38, '3.4028234663852886e+38'],
    [Number.NaN, 'nan'],
    [-Infinity, '-Infinity'],
  ])('writes the float32 of %f as %s', (value, text) => {
    expect(numberText(Math.fround(value), SINGLE)).toBe(text);
  });

  it('reads back as the same float32, in at most nine digits', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true, noInteger: true }), (value) => {
        const text = numberText(value, SINGLE);
        expect(Math.fround(Number(text))).toBe(value);
        const digits = text
          .replace(/^-/, '')
          .replace(/e.*$/, '')
          .replace(/^0\.0*/, '')
          .replace('.', '');
        expect(digits.length).toBeLessThanOrEqual(9);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back as the same float64', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(numberText(value, DOUBLE))).toBe(value + 0);
      }),
    );
  });
});

it('coordinateText leaves out the noise of sums', () => {
  expect([0.1 + 0.2, 500_000 + 3 * 0.1, -180 + 1 / 3].map(coordinateText)).toEqual(['0.3', '500000.3', '-179.666666666667']);
});

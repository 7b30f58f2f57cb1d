import { describe, expect, test } from 'vitest';
import type { Taps } from '../../../../src/raster/taps.ts';
import { separateStrips } from '../../../../src/raster/vector/separate-strips.ts';

let state = 11;
/** From 0 to 1, the same each time (Numerical Recipes, §7.1). */
function random(): number {
  state = (state * 1_664_525 + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

/** Taps of so many pixels over so many samples, anywhere, with weights that add up to 1. */
function someTaps(pixels: number, samples: number, count: number, turned = false): Taps {
  const start = Int32Array.from({ length: pixels }, (_, i) => {
    const at = Math.floor((i / pixels) * (samples - count + 1));
    return turned ? samples - count - at : at;
  });
  const weight = Float64Array.from({ length: pixels * count }, () => random());
  for (let i = 0; i < pixels; i += 1) {
    const own = weight.subarray(i * count, (i + 1) * count);
    const sum = own.reduce((all, part) => all + part, 0);
    own.forEach((part, k) => void (own[k] = part / sum));
  }
  return { count, start, weight, covered: new Uint8Array(pixels).fill(1), nearest: start, reducing: samples > pixels };
}

/** What the definition of taps says, one pixel after the other. */
function defined(band: Float32Array, width: number, x: Taps, y: Taps): Float64Array {
  const columns = x.start.length;
  return Float64Array.from({ length: columns * y.start.length }, (_, p) => {
    const [i, j] = [p % columns, Math.floor(p / columns)];
    let sum = 0;
    for (let n = 0; n < y.count; n += 1)
      for (let m = 0; m < x.count; m += 1)
        sum +=
          (y.weight[j * y.count + n] ?? 0) *
          (x.weight[i * x.count + m] ?? 0) *
          (band[((y.start[j] ?? 0) + n) * width + (x.start[i] ?? 0) + m] ?? 0);
    return sum;
  });
}

function differ(found: Float32Array, wanted: Float64Array): number {
  return wanted.reduce((most, value, p) => Math.max(most, Math.abs(value - (found[p] ?? Number.NaN))), 0);
}

/** Rounding to float32 once for lines and once for pixels of samples up to 1000. */
const ROUNDING = 1000 * 2 ** -23;

describe('rows and columns of weighed samples', () => {
  test.each([
    { size: [5, 7], pixels: [1, 1], taps: [2, 2] },
    { size: [9, 6], pixels: [3, 5], taps: [3, 2] },
    { size: [40, 31], pixels: [17, 64], taps: [4, 3] },
    { size: [33, 70], pixels: [66, 9], taps: [8, 12] },
    { size: [129, 130], pixels: [255, 257], taps: [2, 4] },
    { size: [300, 20], pixels: [10, 10], taps: [28, 2] },
  ] as const)('$size samples to $pixels pixels of $taps', ({ size: [width, height], pixels: [columns, rows], taps: [across, down] }) => {
    const band = Float32Array.from({ length: width * height }, () => (random() - 0.5) * 2000);
    for (const turned of [false, true]) {
      const [x, y] = [someTaps(columns, width, across, turned), someTaps(rows, height, down, turned)];
      const out = new Float32Array(columns * rows);
      expect(separateStrips({ band, width, x, y }, out)).toBe(true);
      expect(differ(out, defined(band, width, x, y))).toBeLessThan(ROUNDING);
    }
  });

  test.each([
    ['enlarged', [900, 900], [1200, 1100]],
    ['reduced', [2100, 2000], [700, 650]],
  ] as const)('%s, in more strips than one', (_, [width, height], [columns, rows]) => {
    const band = Float32Array.from({ length: width * height }, () => random() * 1000);
    const [x, y] = [someTaps(columns, width, 3), someTaps(rows, height, 4)];
    const out = new Float32Array(columns * rows).fill(-1);
    expect(separateStrips({ band, width, x, y }, out)).toBe(true);
    expect(differ(out, defined(band, width, x, y))).toBeLessThan(ROUNDING);
  });

  test('a missing sample spoils the pixels that take it, and no others', () => {
    const band = new Float32Array(20 * 20).fill(3);
    band[10 * 20 + 7] = Number.NaN;
    const [x, y] = [someTaps(10, 20, 2), someTaps(10, 20, 2)];
    const out = new Float32Array(100);
    separateStrips({ band, width: 20, x, y }, out);
    const spoilt = [...out.keys()].filter((p) => Number.isNaN(out[p] ?? 0));
    const takes = (taps: Taps, at: number): readonly number[] =>
      [...taps.start.keys()].filter((i) => at >= (taps.start[i] ?? 0) && at < (taps.start[i] ?? 0) + 2);
    expect(spoilt).toEqual(takes(y, 10).flatMap((j) => takes(x, 7).map((i) => j * 10 + i)));
    expect(out.filter((value) => !Number.isNaN(value)).every((value) => Math.abs(value - 3) < 1e-6)).toBe(true);
  });

  test('is left to others where a pixel is one sample, or one row is more than can be held', () => {
    const out = new Float32Array(4).fill(7);
    const two = someTaps(2, 4, 2);
    expect(separateStrips({ band: new Float32Array(16), width: 4, x: { ...two, count: 1 }, y: two }, out)).toBe(false);
    const wide = someTaps(2, 600_000, 600_000);
    expect(separateStrips({ band: new Float32Array(0), width: 600_000, x: wide, y: two }, out)).toBe(false);
    expect([...out]).toEqual([7, 7, 7, 7]);
  });
});

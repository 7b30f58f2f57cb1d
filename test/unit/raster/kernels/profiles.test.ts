import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocatePlane, type Raster } from '../../../../src/raster/image.ts';
import { BILINEAR } from '../../../../src/raster/kernels/bilinear.ts';
import { CUBIC_SPLINE } from '../../../../src/raster/kernels/cubic-spline.ts';
import { CUBIC } from '../../../../src/raster/kernels/cubic.ts';
import { LANCZOS } from '../../../../src/raster/kernels/lanczos.ts';
import { resample } from '../../../../src/raster/resample.ts';
import type { Warp } from '../../../../src/raster/warp.ts';

const PROFILES = [
  { method: 'bilinear', profile: BILINEAR, interpolates: true },
  { method: 'cubic', profile: CUBIC, interpolates: true },
  { method: 'cubic_spline', profile: CUBIC_SPLINE, interpolates: false },
  { method: 'lanczos', profile: LANCZOS, interpolates: true },
] as const;

const GRID = { originX: 0, originY: 0, scaleX: 1, scaleY: 1, skewX: 0, skewY: 0 };
const SIDE = 9;

interface View {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

const COLUMNS = 4;

const line = (start: number, step: number): Float64Array => Float64Array.from({ length: COLUMNS }, (_, i) => start + i * step);

const FORMS: readonly { readonly form: string; readonly warp: (view: View) => Warp }[] = [
  {
    form: 'lines',
    warp: ({ x, y, stepX, stepY }) => ({ kind: 'separable', width: COLUMNS, height: COLUMNS, x: line(x, stepX), y: line(y, stepY) }),
  },
  {
    form: 'cells',
    warp: ({ x, y, stepX, stepY }) => ({
      kind: 'cells',
      width: COLUMNS,
      height: COLUMNS,
      cells: [{ column: 0, row: 0, width: COLUMNS, height: COLUMNS, x, xi: stepX, xj: 0, xij: 0, y, yi: 0, yj: stepY, yij: 0 }],
    }),
  },
];

const view: fc.Arbitrary<View> = fc.record({
  x: fc.double({ min: -1, max: SIDE, noNaN: true }),
  y: fc.double({ min: -1, max: SIDE, noNaN: true }),
  stepX: fc.double({ min: 0.1, max: 3.5, noNaN: true }),
  stepY: fc.double({ min: 0.1, max: 3.5, noNaN: true }),
});

const samples = fc.array(
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -100, max: 100 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
  {
    minLength: SIDE * SIDE,
    maxLength: SIDE * SIDE,
  },
);

const rasterOf = (values: readonly number[]): Raster => ({
  grid: GRID,
  width: SIDE,
  height: SIDE,
  bands: [Float64Array.from(values)],
  complete: !values.some(Number.isNaN),
});

/** The definition: every sample by its distance, what is missing left out, the rest renormalised. */
function byDefinition(values: readonly number[], [x, y]: readonly [number, number], view: View, weight: (d: number) => number): number {
  const under = values[Math.floor(y + 1e-6) * SIDE + Math.floor(x + 1e-6)] ?? Number.NaN;
  if (x < -1e-6 || y < -1e-6 || x >= SIDE - 1e-6 || y >= SIDE - 1e-6 || Number.isNaN(under)) return Number.NaN;
  const [wide, tall] = [Math.max(1, view.stepX), Math.max(1, view.stepY)];
  const shares = values.map((_, k) => weight(((k % SIDE) + 0.5 - x) / wide) * weight((Math.floor(k / SIDE) + 0.5 - y) / tall));
  const whole = shares.reduce((total, share) => total + share, 0);
  const blend = (counts: (share: number) => boolean): readonly [number, number] =>
    values.reduce<[number, number]>(
      ([sum, total], value, k) => {
        const share = (shares[k] ?? 0) / whole;
        return Number.isNaN(value) || !counts(share) ? [sum, total] : [sum + share * value, total + share];
      },
      [0, 0],
    );
  // What is left of the weights may be next to nothing, or negative: then the positive ones alone count.
  const [sum, total] = blend(() => true);
  if (total >= 0.25) return sum / total;
  const [solidSum, solid] = blend((share) => share > 0);
  return solidSum / solid;
}

describe.each(PROFILES)('$method', ({ method, profile }) => {
  test('falls from the centre to nothing at its radius, evenly', () => {
    expect(profile.weight(profile.radius)).toBeCloseTo(0, 12);
    expect(profile.weight(profile.radius + 0.5)).toBe(0);
    for (let d = 0; d < profile.radius; d += 0.125) expect(profile.weight(-d)).toBeCloseTo(profile.weight(d), 12);
  });

  test('is continuous', () => {
    for (let d = 0; d < profile.radius; d += 0.001) expect(Math.abs(profile.weight(d + 0.001) - profile.weight(d))).toBeLessThan(0.002);
  });

  test.each(FORMS)('$form make what the definition says', ({ warp }) => {
    fc.assert(
      fc.property(samples, view, (values, at) => {
        const [plane] = resample(rasterOf(values), warp(at), method, allocatePlane);
        for (let n = 0; n < COLUMNS * COLUMNS; n += 1) {
          const position = [at.x + (n % COLUMNS) * at.stepX, at.y + Math.floor(n / COLUMNS) * at.stepY] as const;
          const wanted = byDefinition(values, position, at, profile.weight);
          const found = plane?.[n] ?? 0;
          if (Number.isNaN(wanted)) expect(found).toBeNaN();
          else expect(Math.abs(found - wanted)).toBeLessThan(0.05);
        }
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

test.each(PROFILES.filter(({ interpolates }) => interpolates))('$method takes a sample alone at its centre', ({ profile }) => {
  expect(profile.weight(0)).toBe(1);
  for (let d = 1; d <= profile.radius; d += 1) expect(profile.weight(d)).toBeCloseTo(0, 12);
});

test('a slope stays a slope but for lanczos', () => {
  const values = Array.from({ length: SIDE * SIDE }, (_, k) => 5 * (k % SIDE) + 3 * Math.floor(k / SIDE));
  for (const { method } of PROFILES.filter((entry) => entry.method !== 'lanczos')) {
    for (const { warp } of FORMS) {
      const [plane] = resample(rasterOf(values), warp({ x: 4, y: 4, stepX: 0.3, stepY: 0.3 }), method, allocatePlane);
      for (let n = 0; n < COLUMNS * COLUMNS; n += 1) {
        const [x, y] = [4 + (n % COLUMNS) * 0.3, 4 + Math.floor(n / COLUMNS) * 0.3];
        expect(plane?.[n]).toBeCloseTo(5 * (x - 0.5) + 3 * (y - 0.5), 4);
      }
    }
  }
});

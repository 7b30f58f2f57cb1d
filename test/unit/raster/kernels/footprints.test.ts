import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocatePlane, type Plane, type Raster } from '../../../../src/raster/image.ts';
import { resample } from '../../../../src/raster/resample.ts';
import type { Resampling } from '../../../../src/raster/resampling.ts';
import type { Cell } from '../../../../src/raster/warp-cells.ts';
import type { Warp } from '../../../../src/raster/warp.ts';

// Every kernel that looks under a footprint, against the slow definition: the footprint's polygon clipped by each sample.

const GRID = { originX: 0, originY: 0, scaleX: 1, scaleY: 1, skewX: 0, skewY: 0 };
const SIDE = 8;
const PIXELS = 3;

type Point = readonly [number, number];

/** A convex polygon's part where a·x + b·y ≤ c. */
function clip(polygon: readonly Point[], [a, b, c]: readonly [number, number, number]): readonly Point[] {
  return polygon.flatMap((p, k): readonly Point[] => {
    const q = polygon[(k + 1) % polygon.length] ?? p;
    const [dp, dq] = [a * p[0] + b * p[1] - c, a * q[0] + b * q[1] - c];
    const t = dp / (dp - dq);
    const cut: readonly Point[] = dp * dq < 0 ? [[p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]] : [];
    return dp <= 0 ? [p, ...cut] : cut;
  });
}

function areaOf(polygon: readonly Point[]): number {
  const twice = polygon.reduce((sum, [x, y], k) => {
    const [u, v] = polygon[(k + 1) % polygon.length] ?? [0, 0];
    return sum + x * v - u * y;
  }, 0);
  return Math.abs(twice) / 2;
}

interface Part {
  readonly value: number;
  readonly area: number;
}

/** The valid samples under a polygon and how much of each, row by row. */
function partsUnder(values: readonly number[], footprint: readonly Point[]): readonly Part[] {
  return values.flatMap((value, k) => {
    const [i, j] = [k % SIDE, Math.floor(k / SIDE)];
    const sides = [
      [1, 0, i + 1],
      [-1, 0, -i],
      [0, 1, j + 1],
      [0, -1, -j],
    ] as const;
    const area = areaOf(sides.reduce<readonly Point[]>(clip, footprint));
    return Number.isNaN(value) || area < 1e-6 ? [] : [{ value, area }];
  });
}

/** By value: how much of the footprint it covers. */
function covers(parts: readonly Part[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const { value, area } of parts) found.set(value, (found.get(value) ?? 0) + area);
  return found;
}

const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);

const DEFINITIONS: readonly { readonly method: Resampling; readonly holds: (found: number, parts: readonly Part[]) => void }[] = [
  {
    method: 'average',
    holds: (found, parts) =>
      expect(found).toBeCloseTo(sum(parts.map(({ value, area }) => value * area)) / sum(parts.map(({ area }) => area)), 3),
  },
  { method: 'sum', holds: (found, parts) => expect(found).toBeCloseTo(sum(parts.map(({ value, area }) => value * area)), 3) },
  { method: 'min', holds: (found, parts) => expect(found).toBe(Math.min(...parts.map(({ value }) => value))) },
  { method: 'max', holds: (found, parts) => expect(found).toBe(Math.max(...parts.map(({ value }) => value))) },
  {
    method: 'median',
    holds: (found, parts) => expect(found).toBe(parts.map(({ value }) => value).toSorted((a, b) => a - b)[(parts.length - 1) >> 1]),
  },
  {
    // Among those that cover as much to within rounding any may win.
    method: 'mode',
    holds: (found, parts) => expect(covers(parts).get(found) ?? 0).toBeGreaterThan(Math.max(...covers(parts).values()) - 1e-5),
  },
];

const cell: fc.Arbitrary<Cell> = fc
  .record({
    x: fc.double({ min: -1, max: SIDE, noNaN: true }),
    y: fc.double({ min: -1, max: SIDE, noNaN: true }),
    turn: fc.oneof(fc.constantFrom(0, Math.PI / 2, Math.PI / 4), fc.double({ min: -Math.PI, max: Math.PI, noNaN: true })),
    wide: fc.double({ min: 0.2, max: 4, noNaN: true }),
    tall: fc.double({ min: 0.2, max: 4, noNaN: true }),
    bend: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
  })
  .map(({ x, y, turn, wide, tall, bend }) => {
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const steps = { xi: wide * cos, xj: -tall * sin, xij: bend, yi: wide * sin, yj: tall * cos, yij: -bend };
    return { column: 0, row: 0, width: PIXELS, height: PIXELS, x, y, ...steps };
  });

const samples = fc.array(
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
  {
    minLength: SIDE * SIDE,
    maxLength: SIDE * SIDE,
  },
);

function footprint({ x, y, xi, xj, xij, yi, yj, yij }: Cell, n: number): readonly Point[] {
  const [i, j] = [n % PIXELS, Math.floor(n / PIXELS)];
  const at = (u: number, v: number): Point => [x + u * xi + v * xj + u * v * xij, y + u * yi + v * yj + u * v * yij];
  return [at(i - 0.5, j - 0.5), at(i + 0.5, j - 0.5), at(i + 0.5, j + 0.5), at(i - 0.5, j + 0.5)];
}

function draw(values: readonly number[], warp: Warp, method: Resampling): Plane {
  const raster: Raster = {
    grid: GRID,
    width: SIDE,
    height: SIDE,
    bands: [Float64Array.from(values)],
    complete: !values.some(Number.isNaN),
  };
  return resample(raster, warp, method, allocatePlane)[0] ?? new Float64Array(0);
}

describe.each(DEFINITIONS)('$method', ({ method, holds }) => {
  const check = (values: readonly number[], warp: Warp, from: Cell): void => {
    const plane = draw(values, warp, method);
    plane.forEach((found, n) => {
      const parts = partsUnder(values, footprint(from, n));
      // What is seen of a sample or not may be a matter of rounding.
      if (parts.some(({ area }) => area < 1e-3)) return;
      if (parts.length === 0) expect(Math.abs(found) < 1e-5 || Number.isNaN(found)).toBe(true);
      else holds(found, parts);
    });
  };

  test('cells, turned and bent, make what the definition says', () => {
    fc.assert(
      fc.property(samples, cell, (values, one) => check(values, { kind: 'cells', width: PIXELS, height: PIXELS, cells: [one] }, one)),
      { numRuns: 200, seed: 5 },
    );
  });

  test('lines make what the definition says', () => {
    fc.assert(
      fc.property(samples, cell, (values, { x, y, xi, yi, xj, yj }) => {
        const [wide, tall] = [Math.hypot(xi, yi), Math.hypot(xj, yj)];
        const line = (start: number, step: number): Float64Array => Float64Array.from({ length: PIXELS }, (_, k) => start + k * step);
        const warp: Warp = { kind: 'separable', width: PIXELS, height: PIXELS, x: line(x, wide), y: line(y, tall) };
        const straight = { column: 0, row: 0, width: PIXELS, height: PIXELS, x, y, xi: wide, xj: 0, xij: 0, yi: 0, yj: tall, yij: 0 };
        check(values, warp, straight);
      }),
      { numRuns: 200, seed: 6 },
    );
  });
});

test('sums hold as much as what they cover, enlarged or reduced, straight or turned', () => {
  const values = Array.from({ length: SIDE * SIDE }, (_, k) => (k * 7) % 13);
  for (const size of [0.3, 1, 2.7]) {
    for (const turn of [0, 0.7]) {
      // Enough pixels around the middle to cover everything.
      const n = Math.ceil(14 / size);
      const [cos, sin] = [size * Math.cos(turn), size * Math.sin(turn)];
      const half = (n - 1) / 2;
      const steps = { xi: cos, xj: -sin, xij: 0, yi: sin, yj: cos, yij: 0 };
      const one = { column: 0, row: 0, width: n, height: n, x: 4 - half * (cos - sin), y: 4 - half * (cos + sin), ...steps };
      const plane = draw(values, { kind: 'cells', width: n, height: n, cells: [one] }, 'sum');
      // Overlaps of less than a millionth of a sample are left out.
      expect(sum([...plane].map((value) => (Number.isNaN(value) ? 0 : value)))).toBeCloseTo(sum(values), 3);
    }
  }
});

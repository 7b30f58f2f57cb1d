import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverByArea, coverByCentre } from '../../../../src/raster/statistics/polygon-cover.ts';

const ring = (...positions: readonly (readonly [number, number])[]): Float64Array => Float64Array.from(positions.flat());
const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);
const SIZE = { width: 8, height: 6 };

describe('the share of pixels inside a polygon', () => {
  it('is the area of a box that cuts pixels', () => {
    const cover = coverByArea([[ring([1.5, 1.25], [4, 1.25], [4, 3], [1.5, 3])]], SIZE);
    expect([...cover.subarray(8, 16)]).toEqual([0, 0.375, 0.75, 0.75, 0, 0, 0, 0]);
    expect([...cover.subarray(16, 24)]).toEqual([0, 0.5, 1, 1, 0, 0, 0, 0]);
    expect(sum(cover)).toBeCloseTo(2.5 * 1.75, 6);
  });

  it('is that of the part inside the raster, on every side', () => {
    const cover = coverByArea([[ring([-3, -3], [20, -3], [20, 20], [-3, 20])]], SIZE);
    expect(cover.every((share) => Math.abs(share - 1) < 1e-6)).toBe(true);
  });

  it('leaves holes out, whatever the direction of the rings', () => {
    const outer = [
      [0, 0],
      [8, 0],
      [8, 6],
      [0, 6],
    ] as const;
    const hole = [
      [2, 2],
      [4, 2],
      [4, 4],
      [2, 4],
    ] as const;
    for (const rings of [
      [ring(...outer), ring(...hole)],
      [ring(...outer.toReversed()), ring(...hole)],
      [ring(...outer), ring(...hole.toReversed())],
    ]) {
      expect(sum(coverByArea([rings], SIZE))).toBeCloseTo(44, 5);
      expect(sum(coverByCentre([rings], SIZE))).toBe(44);
    }
  });

  it('adds up to the area of any triangle, inside and partly outside', () => {
    const coordinate = fc.double({ min: -4, max: 12, noNaN: true });
    const position = fc.tuple(coordinate, coordinate);
    fc.assert(
      fc.property(position, position, position, (a, b, c) => {
        const clipped = clipToBox([a, b, c], SIZE);
        expect(sum(coverByArea([[ring(a, b, c)]], SIZE))).toBeCloseTo(area(clipped), 3);
      }),
    );
  });

  it('is about the share of many fine centres', () => {
    const star = [
      [4, 0.2],
      [5, 2.4],
      [7.8, 2.5],
      [5.4, 3.7],
      [6.4, 5.9],
      [4, 4.5],
      [1.6, 5.9],
      [2.6, 3.7],
      [0.2, 2.5],
      [3, 2.4],
    ] as const;
    const fine = 40;
    const exact = coverByArea([[ring(...star)]], SIZE);
    const centres = coverByCentre([[ring(...star.map(([x, y]) => [x * fine, y * fine] as const))]], { width: 8 * fine, height: 6 * fine });
    for (let at = 0; at < exact.length; at += 1) {
      let inside = 0;
      for (let j = 0; j < fine; j += 1)
        for (let i = 0; i < fine; i += 1) inside += centres[(Math.floor(at / 8) * fine + j) * 8 * fine + (at % 8) * fine + i] ?? 0;
      expect(Math.abs(inside / fine ** 2 - (exact[at] ?? 0))).toBeLessThan(0.02);
    }
  });

  it('of a ring that crosses itself is that of its even-odd inside, but where it does so', () => {
    // A pentagram: its middle is wound around twice and is not inside.
    const fine = 40;
    const large = { width: 24, height: 18 };
    const star = Array.from({ length: 5 }, (_, n) => {
      const angle = (n * 4 * Math.PI) / 5 - Math.PI / 2;
      return [12 + 9 * Math.cos(angle), 9 + 8.5 * Math.sin(angle)] as const;
    });
    const exact = coverByArea([[ring(...star)]], large);
    const centres = coverByCentre([[ring(...star.map(([x, y]) => [x * fine, y * fine] as const))]], {
      width: large.width * fine,
      height: large.height * fine,
    });
    const off = Array.from(exact, (share, at) => {
      const [column, row] = [at % large.width, Math.floor(at / large.width)];
      let inside = 0;
      for (let j = 0; j < fine; j += 1)
        for (let i = 0; i < fine; i += 1) inside += centres[(row * fine + j) * large.width * fine + column * fine + i] ?? 0;
      return Math.abs(inside / fine ** 2 - share);
    });
    expect(exact[9 * large.width + 12]).toBe(0);
    // Five crossings, each in one pixel or on the edge of two.
    expect(off.filter((difference) => difference > 0.02).length).toBeLessThanOrEqual(10);
    expect(Math.max(...off)).toBeLessThan(0.5);
  });

  it('covers what two parts share once', () => {
    const box = ring([1, 1], [3, 1], [3, 3], [1, 3]);
    expect(Math.max(...coverByArea([[box], [box]], SIZE))).toBe(1);
  });
});

type Position = readonly [number, number];

/** Sutherland & Hodgman's clipping, as an independent reference. */
function clipToBox(positions: readonly Position[], { width, height }: { width: number; height: number }): readonly Position[] {
  const sides: readonly ((p: Position) => number)[] = [(p) => p[0], (p) => width - p[0], (p) => p[1], (p) => height - p[1]];
  return sides.reduce<readonly Position[]>((polygon, inside) => {
    return polygon.flatMap((p, n) => {
      const q = polygon[(n + 1) % polygon.length] ?? p;
      const [a, b] = [inside(p), inside(q)];
      const cut: Position = [p[0] + ((q[0] - p[0]) * a) / (a - b), p[1] + ((q[1] - p[1]) * a) / (a - b)];
      return [...(a >= 0 ? [p] : []), ...(a >= 0 !== b >= 0 ? [cut] : [])];
    });
  }, positions);
}

function area(positions: readonly Position[]): number {
  return Math.abs(
    positions.reduce((sum2, [x, y], n) => {
      const [u, v] = positions[(n + 1) % positions.length] ?? [0, 0];
      return sum2 + x * v - u * y;
    }, 0) / 2,
  );
}

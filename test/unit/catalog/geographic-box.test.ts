import { describe, expect, test } from 'vitest';
import { acrossAntimeridian, boxAround, boxAroundBoxes, goesRound, toCrs84Box } from '../../../src/catalog/geographic-box.ts';

describe('toCrs84Box', () => {
  test.each([
    [
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ],
    [
      [-180, -90, 180, 90],
      [-180, -90, 180, 90],
    ],
    [
      [-180.125, -90.125, 179.875, 90.125],
      [-180, -90, 180, 90],
    ],
    [
      [0, 0, 360, 10],
      [-180, 0, 180, 10],
    ],
    [
      [178, 0, 182, 1],
      [178, 0, -178, 1],
    ],
    [
      [-190, 0, -170, 1],
      [170, 0, -170, 1],
    ],
    [
      [200, 0, 210, 1],
      [-160, 0, -150, 1],
    ],
    [
      [0, -114.8, 1, 90],
      [0, -90, 1, 90],
    ],
  ] as const)('%j is %j', (box, expected) => {
    expect(toCrs84Box([box[0], box[1], box[2], box[3]])).toEqual([...expected]);
  });

  test('is rounded outward', () => {
    expect(toCrs84Box([0.12345678, -0.12345678, 0.12345678, 0.12345671])).toEqual([0.1234567, -0.1234568, 0.1234568, 0.1234568]);
  });

  test('short decimals stay as they are', () => {
    expect(toCrs84Box([-179.997, -77.08, 179.998, 86.005])).toEqual([-179.997, -77.08, 179.998, 86.005]);
  });

  test('infinite edges are none', () => {
    expect(toCrs84Box([0, 0, Infinity, 1])).toBeUndefined();
    expect(toCrs84Box([Number.NaN, 0, 1, 1])).toBeUndefined();
  });
});

describe('acrossAntimeridian', () => {
  test('features near it on both sides', () => {
    expect(acrossAntimeridian([-178, -20, 179, -10], 177, -177)).toEqual([177, -20, -177, -10]);
  });
  test('features everywhere but at Greenwich stay one box', () => {
    expect(acrossAntimeridian([-179, -20, 179, -10], 1, -1)).toEqual([-179, -20, 179, -10]);
  });
  test('features on both sides of Greenwich stay one box', () => {
    expect(acrossAntimeridian([-20, 0, 20, 10], 5, -5)).toEqual([-20, 0, 20, 10]);
  });
});

describe('boxAround', () => {
  const grid = (west: number, east: number, step: number): (readonly [number, number])[] => {
    const positions: (readonly [number, number])[] = [];
    for (let lon = west; lon <= east; lon += step) positions.push([lon > 180 ? lon - 360 : lon, 10], [lon > 180 ? lon - 360 : lon, 20]);
    return positions;
  };

  test('an ordinary box grows by the bulge between points', () => {
    const box = boxAround(grid(5, 15, 1), []);
    expect(box?.[0]).toBeCloseTo(4.9975, 6);
    expect(box?.[2]).toBeCloseTo(15.0025, 6);
    expect(box?.[1]).toBeCloseTo(9.9975, 6);
  });
  test('over the antimeridian west is greater than east', () => {
    const box = boxAround(grid(170, 190, 1), []);
    expect(box?.[0]).toBeCloseTo(169.995, 6);
    expect(box?.[2]).toBeCloseTo(-169.995, 6);
  });
  test('the whole world', () => {
    expect(boxAround(grid(-180, 180, 10), [])?.filter((_, i) => i % 2 === 0)).toEqual([-180, 180]);
  });
  test('a pole inside takes all longitudes', () => {
    expect(boxAround(grid(0, 360, 10), [90])).toEqual([-180, 9.98, 180, 90]);
  });
  test('positions that cannot be mapped do not count', () => {
    expect(
      boxAround(
        [
          [Number.NaN, 1],
          [Infinity, Infinity],
        ],
        [],
      ),
    ).toBeUndefined();
    expect(
      boxAround(
        [
          [Number.NaN, 1],
          [5, 5],
        ],
        [],
      ),
    ).toEqual([5, 5, 5, 5]);
  });
});

test('goesRound tells a ring of longitudes from an arc', () => {
  expect(goesRound(Array.from({ length: 36 }, (_, i) => i * 10 - 180))).toBe(true);
  expect(goesRound([0, 10, 20])).toBe(false);
  expect(goesRound([])).toBe(false);
});

describe('the box around boxes', () => {
  test.each([
    [
      [
        [1, 2, 3, 4],
        [-5, 3, 2, 9],
      ],
      [-5, 2, 3, 9],
    ],
    // Fiji, on both sides of the antimeridian by its own box: with New Zealand it stays there.
    [
      [
        [177, -20, -178, -15],
        [166, -47, 179, -34],
      ],
      [166, -47, -178, -15],
    ],
    // With Greenwich it reaches half round the globe: over Asia, which is a degree shorter than over the Americas.
    [
      [
        [177, -20, -178, -15],
        [-10, 50, 10, 60],
      ],
      [-10, -20, -178, 60],
    ],
    // What leaves less than 45° open goes round.
    [
      [
        [100, 0, -100, 1],
        [-90, 0, 70, 1],
      ],
      [-180, 0, 180, 1],
    ],
    [
      [
        [170, 0, -170, 1],
        [-180, -90, 180, 90],
      ],
      [-180, -90, 180, 90],
    ],
    // Boxes that do not cross stay one box, however far they are apart.
    [
      [
        [170, 0, 180, 1],
        [-180, 0, -170, 1],
      ],
      [-180, 0, 180, 1],
    ],
  ] as const)('%j lie in %j', (boxes, expected) => {
    expect(boxAroundBoxes(boxes)).toEqual(expected);
    expect(boxAroundBoxes(boxes.toReversed())).toEqual(expected);
  });

  test('of none is none', () => expect(boxAroundBoxes([])).toBeUndefined());
});

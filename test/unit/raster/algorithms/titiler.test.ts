import { describe, expect, test } from 'vitest';
import type { Params } from '../../../../src/raster/algorithms/parameter.ts';
import { evenGround } from '../../../../src/raster/algorithms/ground.ts';
import { algorithmOf, checkAlgorithm } from '../../../../src/raster/algorithms/registry.ts';
import { allocatePlane, type Plane } from '../../../../src/raster/image.ts';

/** The numbers here were computed by titiler.core 2.4.0 (titiler.core.algorithm, numpy 2.4) on the same heights. */

const N = Number.NaN;
const HEIGHTS = [-71.5, -70, -69.5, -1, -0.5, 0, 0.5, 1, 2.99, 3, 34.9, 35, 35.5, 36, 36.1, 69.9, 70.4, 350.25, 8000, 9000];

/** A row of samples per band, each pixel's results one after the other; neighbours above, below and beyond the ends repeat. */
function runRow(name: string, bands: readonly (readonly number[])[], params: Params = {}): readonly (readonly number[])[] {
  const algorithm = algorithmOf(name);
  const { rim } = algorithm;
  const length = bands[0]?.length ?? 0;
  const [width, height] = [length + 2 * rim, 1 + 2 * rim];
  const planes = bands.map((band) =>
    Float64Array.from({ length: width * height }, (_, k) => band[Math.min(Math.max((k % width) - rim, 0), length - 1)] ?? N),
  );
  checkAlgorithm(name, params);
  const ground = evenGround(width, 1, 1);
  const out = algorithm.run({ planes, width, height, rim, ground, params }, allocatePlane);
  return Array.from({ length }, (_, k) => out.map((plane) => plane[k] ?? N));
}

/** The middle pixel on a slope that rises by 7 m a column and falls by 4 m a row; pixels of some metres. */
function onSlope(name: string, pixel: number, params: Params): number {
  const plane: Plane = Float64Array.from({ length: 9 }, (_, k) => 100 + 7 * (k % 3) - 4 * Math.floor(k / 3));
  const ground = evenGround(3, pixel, pixel);
  return algorithmOf(name).run({ planes: [plane], width: 3, height: 3, rim: 1, ground, params }, allocatePlane)[0]?.[0] ?? N;
}

describe('hillshade', () => {
  /** TiTiler writes the cosine −1 … 1 to the light as 0 … 255 without its fraction; here 0 … 1 is 1 … 255, as gdaldem has it. */
  const expected = (theirs: number): number => 1 + 254 * Math.max((2 * (theirs + 0.5)) / 255 - 1, 0);

  test.each([
    [45, 162],
    [135, 52],
    [225, 115],
    [315, 224],
  ])('has the light of TiTiler at %d° when it comes from 90° before that', (theirs, value) => {
    const azimuth = (theirs + 270) % 360;
    expect(Math.abs(onSlope('hillshade', 1, { azimuth }) - expected(value))).toBeLessThanOrEqual(1);
  });

  test("has by default the light of TiTiler's default, from the north-west", () => {
    expect(onSlope('hillshade', 1, {})).toBe(onSlope('hillshade', 1, { azimuth: 315 }));
    expect(Math.abs(onSlope('hillshade', 1, {}) - expected(162))).toBeLessThanOrEqual(1);
  });

  test('takes the height of the light and an exaggeration', () => {
    expect(Math.abs(onSlope('hillshade', 1, { z_exaggeration: 4, angle_altitude: 20 }) - expected(160))).toBeLessThanOrEqual(1);
  });
});

test('slope is in degrees of the ground', () => {
  expect(onSlope('slope', 30, { buffer: 3 })).toBeCloseTo(15.04236888885498, 5);
  expect(onSlope('slope', 30, { z_exaggeration: 2 })).toBeCloseTo(28.25731086730957, 5);
});

describe('contours', () => {
  test.each([
    [{ thickness: 1 }, [1, 2, 5, 6, 11, 12, 16, 17]],
    [{ thickness: 3 }, [1, 2, 5, 6, 7, 8, 11, 12, 13, 14, 16, 17]],
    [{ increment: 10, thickness: 2 }, [1, 2, 5, 6, 7, 16, 17, 18, 19]],
  ])('with %j are black on the same heights', (params, expected) => {
    const row = runRow('contours', [HEIGHTS], params);
    const black = row.flatMap((color, k) => (color.every((value) => value === 0) ? [k] : []));
    expect(black).toEqual(expected);
  });

  test('keep the thickness in exaggerated metres', () => {
    const exaggerated = runRow('contours', [HEIGHTS.map((height) => height / 4)], { thickness: 3, z_exaggeration: 4, background: 'none' });
    const plain = runRow('contours', [HEIGHTS], { thickness: 3, background: 'none' });
    expect(exaggerated).toEqual(plain);
  });

  test('with minz or maxz alone lie over the colours of terrain', () => {
    const row = runRow('contours', [HEIGHTS], { thickness: 1, minz: -100, maxz: 400 });
    const theirs: readonly (readonly [number, readonly number[]])[] = [
      [0, [31, 91, 193]],
      [4, [0, 178, 178]],
      [8, [0, 182, 166]],
      [10, [21, 208, 106]],
      [15, [93, 222, 120]],
    ];
    for (const [k, color] of theirs) {
      // TiTiler lays heights over the colours 1 … 255 of 256 and leaves fractions away: one colour of the map at most.
      expect(
        row[k]?.map((value, band) => Math.abs(value - (color[band] ?? N))).every((away) => away <= 7),
        `${k}`,
      ).toBe(true);
    }
    expect(runRow('contours', [[9001]], { thickness: 1, maxz: 400 })).toEqual([[255, 255, 255]]);
  });

  test('without thickness are lines of one width', () => {
    const flat = Array.from({ length: 100 }, (_, k) => 30.05 + k / 10);
    const steep = Array.from({ length: 100 }, (_, k) => 0.5 + k);
    expect(runRow('contours', [flat], { background: 'none' }).filter(([red]) => red === 0)).toHaveLength(2);
    expect(runRow('contours', [steep], { background: 'none' }).filter(([red]) => red === 0)).toHaveLength(4);
  });
});

describe('heights as colours', () => {
  const level = ([red = N, green = N, blue = N]: readonly number[]): number => red * 65536 + green * 256 + blue;

  test.each([
    [-10000, [88, 240, 0]],
    [-1.5, [127, 254, 128]],
    [0.05, [128, 0, 12]],
    [0.1, [128, 0, 25]],
    [123.456, [128, 123, 116]],
    [8848.86, [162, 144, 220]],
    [-40000, [0, 0, 0]],
  ])('terrarium of %d m differs by 1/256 m at most, since fractions are rounded here', (height, theirs) => {
    const [ours = []] = runRow('terrarium', [[height]]);
    expect([0, 1]).toContain(level(ours) - level(theirs));
  });

  test.each([
    [-10000, {}, [0, 0, 0]],
    [-9999.96, {}, [0, 0, 0]],
    [-1.5, {}, [1, 134, 145]],
    [0, {}, [1, 134, 160]],
    [0.1, {}, [1, 134, 161]],
    [123.456, {}, [1, 139, 115]],
    [8848.86, {}, [2, 224, 73]],
    [123.456, { interval: 0.01, baseval: -500 }, [0, 243, 138]],
    [8848.86, { interval: 0.01, baseval: -500 }, [14, 67, 230]],
  ])('terrainrgb of %d m with %j', (height, params, theirs) => {
    expect(runRow('terrainrgb', [[height]], params)).toEqual([theirs]);
  });

  test('have the height that is given for no data', () => {
    expect(runRow('terrarium', [[N]], { nodata_height: 0 })).toEqual([[128, 0, 0]]);
  });
});

describe('bands', () => {
  const BANDS = [
    [1, 2, 0, 10, 200, 255, 3.5],
    [3, 2, 5, 0, 20, 255, -1],
    [7, 1, 9, 255, 128, 0, 2],
  ];

  test.each([
    ['min', [1, 1, 0, 0, 20, 0, -1]],
    ['max', [7, 2, 9, 255, 200, 255, 3.5]],
    ['median', [3, 2, 5, 10, 128, 255, 2]],
    ['mean', [3.6666666666666665, 1.6666666666666667, 4.666666666666667, 88.33333333333333, 116, 170, 1.5]],
    [
      'std',
      [
        3.0550504633038935, 0.5773502691896257, 4.509249752822894, 144.42414387259956, 90.598013223249, 147.22431864335456,
        2.29128784747792,
      ],
    ],
    ['var', [9.333333333333334, 0.3333333333333333, 20.333333333333336, 20858.333333333336, 8208, 21675, 5.25]],
    ['sum', [11, 5, 14, 265, 348, 510, 4.5]],
    ['normalizedIndex', [0.5, 0, 1, -1, -0.8181818127632141, 0, -1.7999999523162842]],
  ])('%s', (name, theirs) => {
    expect(runRow(name, BANDS)).toEqual(theirs.map((value) => [expect.closeTo(value, 6)]));
  });

  test('grayscale, whose fractions TiTiler leaves away', () => {
    const row = runRow('grayscale', [BANDS[0] ?? [], BANDS[0]?.map(() => 20) ?? [], BANDS[2] ?? []]);
    expect(row.slice(0, 6).map(([value = N]) => Math.floor(value))).toEqual([12, 12, 12, 43, 86, 87]);
  });

  const FRACTIONS = [0, 0.4, 0.5, 1.6, 126.9, 127.1, 127.9, 128, 254.9];
  test.each([
    ['cast', [0, 0, 0, 1, 126, 127, 127, 128, 254]],
    ['ceil', [0, 1, 1, 2, 127, 128, 128, 128, 255]],
    ['floor', [0, 0, 0, 1, 126, 127, 127, 128, 254]],
    ['bitonal', [0, 0, 0, 0, 0, 255, 255, 255, 255]],
  ])('%s', (name, theirs) => {
    expect(runRow(name, [FRACTIONS])).toEqual(theirs.map((value) => [value]));
  });
});

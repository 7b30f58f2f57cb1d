import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../src/base/error.ts';
import { fromWebMercator } from '../../../../src/crs/web-mercator.ts';
import type { Params } from '../../../../src/raster/algorithms/parameter.ts';
import { ALGORITHMS, algorithmOf, checkAlgorithm, runAlgorithm } from '../../../../src/raster/algorithms/registry.ts';
import { allocatePlane, type Plane } from '../../../../src/raster/image.ts';

const N = Number.NaN;

/** Hills with a hole, at whole pixels of one big grid. */
function height(column: number, row: number, band: number): number {
  if (Math.hypot(column - 31, row - 14) < 3) return N;
  return 900 + 400 * Math.sin(column / 7 + band) * Math.cos(row / 5) + ((column * 31 + row * 17 + band * 7) % 13);
}

interface Box {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** Runs an algorithm over a box of the big grid, which lies in Norway at 76 m a pixel. */
function runBox(name: string, box: Box, params: Params = {}): readonly Plane[] {
  const { rim, inputs } = algorithmOf(name);
  const [width, rows] = [box.width + 2 * rim, box.height + 2 * rim];
  const bands = Array.from({ length: Math.min(inputs.most, 3) }, (_, band) =>
    Float32Array.from({ length: width * rows }, (_value, k) =>
      height(box.column - rim + (k % width), box.row - rim + Math.floor(k / width), band),
    ),
  );
  const pixel = 152.8740565703525;
  const grid = {
    originX: 1e6 + (box.column - rim) * pixel,
    originY: 1e7 - (box.row - rim) * pixel,
    scaleX: pixel,
    scaleY: -pixel,
    skewX: 0,
    skewY: 0,
  };
  return runAlgorithm({ name, params }, { planes: bands, width, height: rows, grid, toLonLat: fromWebMercator }, allocatePlane);
}

function message(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError && error.code === 'INVALID_PARAMETER') return error.detail;
    throw error;
  }
  return expect.fail('was accepted');
}

describe.each([...ALGORITHMS.values()].map((algorithm) => [algorithm.name, algorithm] as const))('%s', (name, algorithm) => {
  const params: Params = name === 'relief' ? { shading: 0.7 } : {};

  test('gives no step between two neighbouring tiles', () => {
    const whole = runBox(name, { column: 0, row: 0, width: 48, height: 24 }, params);
    const [left, right] = [0, 24].map((column) => runBox(name, { column, row: 0, width: 24, height: 24 }, params));
    expect(whole).toHaveLength(algorithm.outputs ?? 3);
    whole.forEach((plane, band) => {
      expect(plane).toHaveLength(48 * 24);
      for (let row = 0; row < 24; row += 1) {
        const line = [...(left?.[band] ?? []).slice(row * 24, row * 24 + 24), ...(right?.[band] ?? []).slice(row * 24, row * 24 + 24)];
        expect(line).toEqual([...plane.subarray(row * 48, row * 48 + 48)]);
      }
    });
  });

  test('has data wherever its input has, and only there', () => {
    const [plane] = runBox(name, { column: 20, row: 5, width: 24, height: 18 }, params);
    const level = (k: number): boolean => Number.isNaN(height(20 + (k % 24), 5 + Math.floor(k / 24), 0));
    plane?.forEach((value, k) => expect(Number.isNaN(value), `${k}`).toBe(level(k)));
  });

  test('has a schema of its parameters, whose defaults it takes', () => {
    const properties = algorithm.parameters.map((parameter) => [parameter.name, parameter.schema] as const);
    const defaults = Object.fromEntries(
      properties.map(([key, property]) => [key, Object(property).default]).filter(([, value]) => value !== undefined),
    );
    expect(checkAlgorithm(name, defaults)).toEqual({ name, params: defaults });
    expect(properties.every(([, property]) => typeof Object(property).description === 'string')).toBe(true);
  });
});

describe('heights as colours', () => {
  const decodeMapbox = ([r = N, g = N, b = N]: readonly number[]): number => -10000 + (r * 65536 + g * 256 + b) * 0.1;
  const decodeTerrarium = ([r = N, g = N, b = N]: readonly number[]): number => r * 256 + g + b / 256 - 32768;
  const encode = (name: string, value: number, params: Params = {}): number[] => {
    const request = {
      planes: [Float64Array.of(value)],
      width: 1,
      height: 1,
      grid: { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 },
    };
    return runAlgorithm({ name, params }, { ...request, toLonLat: fromWebMercator }, allocatePlane).map((plane) => plane[0] ?? N);
  };

  test('are decoded again to 0.1 m and 1/256 m', () => {
    fc.assert(
      fc.property(fc.double({ min: -9999, max: 9000, noNaN: true }), (value) => {
        expect(Math.abs(decodeMapbox(encode('terrainrgb', value)) - value)).toBeLessThanOrEqual(0.05 + 1e-9);
        expect(Math.abs(decodeTerrarium(encode('terrarium', value)) - value)).toBeLessThanOrEqual(1 / 512 + 1e-9);
      }),
    );
  });

  test('are bytes at the ends, too', () => {
    expect(encode('terrainrgb', -20000)).toEqual([0, 0, 0]);
    expect(encode('terrainrgb', 1e9)).toEqual([255, 255, 255]);
    expect(encode('terrarium', 0)).toEqual([128, 0, 0]);
    expect(encode('terrarium', -40000)).toEqual([0, 0, 0]);
  });

  test('have a height for no data only where one is given', () => {
    expect(encode('terrainrgb', N)).toEqual([N, N, N]);
    expect(encode('terrainrgb', N, { nodata_height: 0 })).toEqual([1, 134, 160]);
  });
});

describe('colours', () => {
  const box = { column: 3, row: 3, width: 8, height: 8 };

  test('of a relief are those of the stops', () => {
    const [red, green, blue] = runBox('relief', box, {
      stops: [
        [-1e4, '#000000'],
        [1e4, [200, 100, 50]],
      ],
    });
    for (let k = 0; k < 64; k += 1) {
      const share = (Math.fround(height(3 + (k % 8), 3 + Math.floor(k / 8), 0)) + 1e4) / 2e4;
      expect([red?.[k], green?.[k], blue?.[k]]).toEqual([200, 100, 50].map((most) => expect.closeTo(most * share, 3)));
    }
  });

  test('of a shaded relief are never brighter than its own', () => {
    const [plain, shaded] = [runBox('relief', box), runBox('relief', box, { shading: 1 })];
    expect(plain.every((plane, band) => plane.every((value, k) => (shaded[band]?.[k] ?? N) <= value))).toBe(true);
  });

  test('of contours are black on the lines, which are as wide as asked for', () => {
    const ramp = Float32Array.from({ length: 42 * 5 }, (_, k) => (k % 42) - 0.5);
    const grid = { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };
    const request = { planes: [ramp], width: 42, height: 5, grid, toLonLat: fromWebMercator };
    for (const width of [1, 3]) {
      const [red] = runAlgorithm({ name: 'contours', params: { increment: 10, width, background: 'none' } }, request, allocatePlane);
      expect(red?.subarray(0, 40).filter((value) => value === 0)).toHaveLength(4 * (width + 1));
    }
  });
});

describe('what is refused', () => {
  test.each([
    ['shade', {}, /^Cannot run algorithm "shade": expected one of hillshade, slope, aspect, contours, /],
    ['constructor', {}, /^Cannot run algorithm "constructor": expected one of hillshade/],
    ['hillshade', { azimuth: 400 }, /^Cannot use algorithm parameter azimuth=400: expected a number from 0 to 360$/],
    ['hillshade', { azimuth: '90' }, /^Cannot use algorithm parameter azimuth="90": expected a number from 0 to 360$/],
    ['hillshade', { buffer: 1.5 }, /^Cannot use algorithm parameter buffer=1.5: expected an integer from 0 to 99$/],
    [
      'hillshade',
      { az: 1 },
      /^Cannot run algorithm hillshade with parameter "az": expected azimuth, angle_altitude, z_exaggeration, buffer$/,
    ],
    ['hillshade', JSON.parse('{"__proto__": 1}'), /^Cannot run algorithm hillshade with parameter "__proto__"/],
    ['hillshade', [1], /expected a JSON object of parameters$/],
    ['slope', { unit: 'rad' }, /expected one of degree, percent$/],
    ['contours', { increment: 0 }, /expected a number from 0.001 to 99999$/],
    ['relief', { stops: [[0, '#fff']] }, /expected 2 to 256 pairs of a height and a colour/],
    [
      'relief',
      {
        stops: [
          [1, '#fff'],
          [0, '#000'],
        ],
      },
      /heights ascending$/,
    ],
    [
      'relief',
      {
        stops: [
          [0, '#fff'],
          [1, 'url(x)'],
        ],
      },
      /expected 2 to 256 pairs/,
    ],
    ['relief', { colormap_name: 'no such map' }, /expected the name of a continuous colour map/],
  ])('%s with %j', (name, params, expected) => {
    expect(message(() => checkAlgorithm(name, params))).toMatch(expected);
  });

  test('an index of one band', () => {
    const grid = { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };
    const request = { planes: [new Float32Array(1)], width: 1, height: 1, grid, toLonLat: fromWebMercator };
    expect(message(() => runAlgorithm({ name: 'normalizedIndex', params: {} }, request, allocatePlane))).toBe(
      'Cannot run algorithm normalizedIndex: expected at least 2 bands, got 1',
    );
  });
});

test('bands are summarized where they have data', () => {
  const grid = { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };
  const planes = [Float32Array.of(1, N, N), Float32Array.of(4, 2, N), Float32Array.of(10, 6, N)];
  const of = (name: string): number[] => [
    ...(runAlgorithm({ name, params: {} }, { planes, width: 3, height: 1, grid, toLonLat: fromWebMercator }, allocatePlane)[0] ?? []),
  ];
  expect(of('min')).toEqual([1, 2, N]);
  expect(of('max')).toEqual([10, 6, N]);
  expect(of('mean')).toEqual([5, 4, N]);
  expect(of('median')).toEqual([4, 4, N]);
  expect(of('sum')).toEqual([15, 8, N]);
  expect(of('var')).toEqual([21, 8, N]);
  expect(of('std')).toEqual([expect.closeTo(Math.sqrt(21), 5), expect.closeTo(Math.sqrt(8), 5), N]);
});

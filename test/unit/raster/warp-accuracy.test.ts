import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTransform } from '../../../src/crs/create-transform.ts';
import { WEB_MERCATOR, WGS84, type CrsDefinition } from '../../../src/crs/crs-definition.ts';
import type { Grid } from '../../../src/raster/grid.ts';
import { planWarp, runWarp, warpToPixels, type Warp } from '../../../src/raster/warp.ts';

const define = (srid: number, proj4text: string): CrsDefinition => ({ srid, proj4text });

/** Systems of pictures, and where in them, in metres, pictures are taken. */
const SYSTEMS = [
  { name: 'Web Mercator', crs: WEB_MERCATOR, box: [-20e6, -20e6, 20e6, 20e6] },
  { name: 'UTM 32N', crs: define(32632, '+proj=utm +zone=32 +datum=WGS84 +units=m +no_defs'), box: [0, 0, 1e6, 9.3e6] },
  { name: 'UTM 60S', crs: define(32760, '+proj=utm +zone=60 +south +datum=WGS84 +units=m +no_defs'), box: [0, 1.2e6, 1e6, 1e7] },
  {
    name: 'LAEA Europe',
    crs: define(3035, '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs'),
    box: [0, 0, 8e6, 6e6],
  },
  {
    name: 'polar stereographic',
    crs: define(3995, '+proj=stere +lat_0=90 +lat_ts=71 +lon_0=0 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs'),
    box: [-4e6, -4e6, 4e6, 4e6],
  },
  {
    name: 'Lambert conic',
    crs: define(102014, '+proj=lcc +lat_1=43 +lat_2=62 +lat_0=30 +lon_0=10 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs'),
    box: [-3e6, -1e6, 3e6, 5e6],
  },
] as const;

/** The source position of every pixel, two numbers each, NaN where a warp has none. */
function positions(warp: Warp): Float64Array {
  const found = new Float64Array(warp.width * warp.height * 2).fill(Number.NaN);
  const cells = warp.kind === 'cells' ? warp.cells : [];
  if (warp.kind === 'separable')
    warp.y.forEach((y, row) => warp.x.forEach((x, column) => found.set([x, y], 2 * (row * warp.width + column))));
  for (const cell of cells) {
    for (let n = 0; n < cell.width * cell.height; n += 1) {
      const [i, j] = [n % cell.width, Math.floor(n / cell.width)];
      const x = cell.x + i * cell.xi + j * cell.xj + i * j * cell.xij;
      const y = cell.y + i * cell.yi + j * cell.yj + i * j * cell.yij;
      found.set([x, y], 2 * ((cell.row + j) * warp.width + cell.column + i));
    }
  }
  return found;
}

describe.each(SYSTEMS)('degrees seen from $name', ({ crs, box }) => {
  const transform = createTransform(crs, WGS84);

  test('every pixel within an eighth of a sample of its exact place, and none missing', () => {
    if (transform === undefined) throw new Error('no transformation');
    const scene = fc.record({
      u: fc.double({ min: 0, max: 1, noNaN: true }),
      v: fc.double({ min: 0, max: 1, noNaN: true }),
      // Metres a pixel, from a street to a continent.
      zoom: fc.double({ min: 0, max: 14, noNaN: true }),
      turn: fc.oneof(fc.constant(0), fc.double({ min: -Math.PI, max: Math.PI, noNaN: true })),
      width: fc.integer({ min: 1, max: 150 }),
      height: fc.integer({ min: 1, max: 150 }),
      // Samples a pixel.
      reduction: fc.double({ min: 0.2, max: 4, noNaN: true }),
    });
    fc.assert(
      fc.property(scene, ({ u, v, zoom, turn, width, height, reduction }) => {
        const pixel = 2 ** zoom;
        const [cos, sin] = [pixel * Math.cos(turn), pixel * Math.sin(turn)];
        const grid: Grid = {
          originX: box[0] + u * (box[2] - box[0]),
          originY: box[1] + v * (box[3] - box[1]),
          scaleX: cos,
          skewX: sin,
          skewY: sin,
          scaleY: -cos,
        };
        const sample = pixel / 111_320 / reduction;
        const window = { column: 0, row: 0, width, height };
        const warp = runWarp(planWarp({ grid, window, tolerance: sample / 8, geographic: true }), transform);
        const exact = new Float64Array(width * height * 2);
        for (let n = 0; n < width * height; n += 1) {
          const [column, row] = [(n % width) + 0.5, Math.floor(n / width) + 0.5];
          exact.set([grid.originX + column * cos + row * sin, grid.originY + column * sin - row * cos], 2 * n);
        }
        transform(exact);
        expect(farthest(positions(warp), exact)).toBeLessThan(sample / 8);
      }),
      { numRuns: 60, seed: 20 },
    );
  });
});

/** The largest distance between positions in degrees, longitudes modulo a turn; Infinity where but one is known. */
function farthest(found: Float64Array, exact: Float64Array): number {
  let most = 0;
  for (let n = 0; n < exact.length; n += 2) {
    const dx = (found[n] ?? 0) - (exact[n] ?? 0);
    const dy = (found[n + 1] ?? 0) - (exact[n + 1] ?? 0);
    const distance = Math.hypot(dx - 360 * Math.round(dx / 360), dy);
    if (Number.isNaN(distance)) {
      if (Number.isNaN(found[n] ?? 0) !== Number.isNaN(exact[n] ?? 0)) return Infinity;
    } else if (distance > most) most = distance;
  }
  return most;
}

test('lines that are turned into pixels of a turned grid stay within a sixty-fourth of a sample', () => {
  // A picture of the whole earth in Web Mercator: rows crowd towards the poles.
  const transform = createTransform(WEB_MERCATOR, WGS84);
  if (transform === undefined) throw new Error('no transformation');
  const pixel = 40_075_016.68 / 256;
  const grid = { originX: -20_037_508.34, originY: 20_037_508.34, scaleX: pixel, scaleY: -pixel, skewX: 0, skewY: 0 };
  const window = { column: 0, row: 0, width: 256, height: 256 };
  const warp = runWarp(planWarp({ grid, window, tolerance: 1 / 8, geographic: true }), transform);
  const straight = positions(warp);
  const turned = positions(warpToPixels(warp, { a: 1, b: 0.25, c: 3, d: -0.25, e: 1, f: 2 }));
  const exact = Float64Array.from(straight, (value, n) =>
    n % 2 === 0 ? value + 0.25 * (straight[n + 1] ?? 0) + 3 : -0.25 * (straight[n - 1] ?? 0) + value + 2,
  );
  expect(farthest(turned, exact)).toBeLessThan(1 / 64);
});

describe('beside the pole, where a pixel covers hundreds of samples side by side', () => {
  const polar = SYSTEMS.find(({ name }) => name === 'polar stereographic');
  const transform = polar === undefined ? undefined : createTransform(polar.crs, WGS84);
  const ofFootprint = 1 / 16;

  // Half the side of a picture of 128 pixels with the pole in its middle, in metres.
  test.each([2_000_000, 200_000, 20_000, 2000])(
    'positions within %i m are exact to a sixteenth of the pixel or an eighth of a sample, with half of the cells or less',
    (half) => {
      if (transform === undefined) throw new Error('no transformation');
      const [side, pixel] = [128, half / 64];
      const grid = { originX: -half, originY: half, scaleX: pixel, scaleY: -pixel, skewX: 0, skewY: 0 };
      const request = { grid, window: { column: 0, row: 0, width: side, height: side }, tolerance: pixel / 111_320 / 8, geographic: true };
      const warp = runWarp(planWarp({ ...request, ofFootprint }), transform);
      const all = runWarp(planWarp(request), transform);
      const exact = new Float64Array(side * side * 2);
      for (let n = 0; n < side * side; n += 1)
        exact.set([-half + ((n % side) + 0.5) * pixel, half - (Math.floor(n / side) + 0.5) * pixel], 2 * n);
      transform(exact);
      const found = positions(warp);
      let most = 0;
      for (let n = 0; n < side * side; n += 1) {
        const fromPole = 90 - (exact[2 * n + 1] ?? 0);
        // Degrees of longitude that a pixel is wide along its parallel.
        const footprint = (pixel / 111_320 / fromPole) * (180 / Math.PI);
        const dx = (found[2 * n] ?? NaN) - (exact[2 * n] ?? NaN);
        const [x, y] = [
          Math.abs(dx - 360 * Math.round(dx / 360)) / Math.max(request.tolerance, footprint * ofFootprint),
          Math.abs((found[2 * n + 1] ?? NaN) - (exact[2 * n + 1] ?? NaN)) / Math.max(request.tolerance, (pixel / 111_320) * ofFootprint),
        ];
        most = Math.max(most, x, y);
      }
      expect(most).toBeLessThan(1);
      expect(warp.kind === 'cells' && all.kind === 'cells' && warp.cells.length / all.cells.length).toBeLessThan(1 / 2);
    },
  );
});

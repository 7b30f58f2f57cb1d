import { describe, expect, test } from 'vitest';
import { createTransform } from '../../../src/crs/create-transform.ts';
import { WEB_MERCATOR, WGS84, type CrsDefinition } from '../../../src/crs/crs-definition.ts';
import { invertGrid, shiftGrid, type Grid } from '../../../src/raster/grid.ts';
import { allocatePlane, type Plane, type Raster } from '../../../src/raster/image.ts';
import { reachOf, resample } from '../../../src/raster/resample.ts';
import { RESAMPLINGS, type Kernel } from '../../../src/raster/resampling.ts';
import { planWarp, reductionOf, runWarp, warpBounds, warpToPixels } from '../../../src/raster/warp.ts';

// Tiles are made of the samples around them only, as they are read from a database; a map of all of them must be the
// same picture.

const LAEA: CrsDefinition = {
  srid: 3035,
  proj4text: '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs',
};
const TILE = 128;

const SAMPLES: Raster = rasterOf({ originX: 8, originY: 53, scaleX: 0.004, scaleY: -0.004, skewX: 0, skewY: 0 }, 1100, 900);
const TURNED: Raster = rasterOf({ originX: 10, originY: 53, scaleX: 0.003, scaleY: -0.003, skewX: 0.0025, skewY: 0.0025 }, 1100, 900);

function rasterOf(grid: Grid, width: number, height: number): Raster {
  const band = Float64Array.from({ length: width * height }, (_, k) => {
    const [i, j] = [k % width, Math.floor(k / width)];
    if ((i * i + 7 * j) % 211 === 0) return Number.NaN;
    return Math.round(50 + 40 * Math.sin(i / 5) * Math.cos(j / 4) + ((i * 31 + j * 17) % 13));
  });
  return { grid, width, height, bands: [band], complete: false };
}

/** The samples under a picture and as many around it as a kernel reaches, as a mosaic of blocks would have them. */
function around(raster: Raster, bounds: readonly [number, number, number, number], margin: number): Raster {
  const { a, b, c, d, e, f } = invertGrid(raster.grid);
  const [west, south, east, north] = bounds;
  const xs = [a * west + b * south, a * east + b * south, a * west + b * north, a * east + b * north].map((x) => x + c);
  const ys = [d * west + e * south, d * east + e * south, d * west + e * north, d * east + e * north].map((y) => y + f);
  const left = Math.max(0, Math.floor(Math.min(...xs)) - margin);
  const top = Math.max(0, Math.floor(Math.min(...ys)) - margin);
  const right = Math.min(raster.width, Math.ceil(Math.max(...xs)) + margin);
  const bottom = Math.min(raster.height, Math.ceil(Math.max(...ys)) + margin);
  const [width, height] = [right - left, bottom - top];
  const cut = (band: Plane): Plane =>
    Float64Array.from({ length: width * height }, (_, k) => band[(top + Math.floor(k / width)) * raster.width + left + (k % width)] ?? 0);
  return { ...raster, grid: shiftGrid(raster.grid, left, top), width, height, bands: raster.bands.map(cut) };
}

function draw(raster: Raster, crs: CrsDefinition, grid: Grid, kernel: Kernel, [width, height]: readonly [number, number]): Plane {
  const transform = createTransform(crs, WGS84);
  if (transform === undefined) throw new Error('no transformation');
  const window = { column: 0, row: 0, width, height };
  const warp = runWarp(planWarp({ grid, window, tolerance: Math.abs(raster.grid.scaleX) / 8, geographic: true }), transform);
  const bounds = warpBounds(warp);
  if (bounds === undefined) throw new Error('nothing to see');
  const part = around(raster, bounds, reachOf(kernel, reductionOf(warp, raster.grid)));
  return resample(part, warpToPixels(warp, invertGrid(part.grid)), kernel, allocatePlane)[0] ?? new Float64Array(0);
}

const PLACES = [
  { name: 'lines', raster: SAMPLES, crs: WEB_MERCATOR, corner: [1_000_000, 6_800_000] },
  { name: 'cells', raster: SAMPLES, crs: LAEA, corner: [4_300_000, 3_200_000] },
  { name: 'lines on a turned grid', raster: TURNED, crs: WEB_MERCATOR, corner: [1_230_000, 6_800_000] },
  { name: 'cells on a turned grid', raster: TURNED, crs: LAEA, corner: [4_430_000, 3_200_000] },
] as const;

describe.each(PLACES)('$name', ({ raster, crs, corner }) => {
  describe.each([
    { size: 'enlarged', pixel: 180 },
    { size: 'reduced', pixel: 850 },
  ])('$size', ({ pixel }) => {
    test.each([...RESAMPLINGS, 'area', 'class'] as const)('four tiles are one map: %s', (kernel) => {
      const grid = { originX: corner[0], originY: corner[1], scaleX: pixel, scaleY: -pixel, skewX: 0, skewY: 0 };
      const map = draw(raster, crs, grid, kernel, [2 * TILE, 2 * TILE]);
      let [worst, seen, lost] = [0, 0, 0];
      for (const [i, j] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const) {
        const tile = draw(raster, crs, shiftGrid(grid, i * TILE, j * TILE), kernel, [TILE, TILE]);
        tile.forEach((value, k) => {
          const same = map[(j * TILE + Math.floor(k / TILE)) * 2 * TILE + i * TILE + (k % TILE)] ?? Number.NaN;
          if (Number.isNaN(value) !== Number.isNaN(same)) lost += 1;
          else if (!Number.isNaN(value)) {
            seen += 1;
            worst = Math.max(worst, Math.abs(value - same));
          }
        });
      }
      expect(seen).toBeGreaterThan(TILE * TILE);
      expect(lost).toBe(0);
      // Values run from 0 to 100.
      expect(worst).toBeLessThan(1e-6);
    });
  });
});

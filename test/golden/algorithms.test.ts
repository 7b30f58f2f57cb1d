import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evenGround } from '../../src/raster/algorithms/ground.ts';
import type { Params } from '../../src/raster/algorithms/parameter.ts';
import { algorithmOf } from '../../src/raster/algorithms/registry.ts';
import { allocatePlane } from '../../src/raster/image.ts';
import { findProgram, run, withProgram } from '../clients/program.ts';
import { sharedPath } from '../support/shared.ts';

// Real mountains of SRTM, warped to UTM at 30 m, through gdaldem and through ours. gdaldem takes the units of the CRS
// for the ground, so ours gets an even ground of 30 m.

const SIDE = 300;
const PIXEL = 30;

/** Degrees of slope below which a direction is not compared: a rise of 0.4 m over eight pixels, known to 10⁻⁴ m. */
const LEVEL = 0.1;
const BOX = ['400000', '5320000', '409000', '5329000'];

interface Comparison {
  readonly mode: readonly [string, ...string[]];
  readonly algorithm: string;
  readonly params?: Params;
  /** Largest difference that is allowed, in units of the result. */
  readonly tolerance: number;
  /** Directions: values a turn apart are the same. gdaldem adds heights as float32, which on level ground is noise. */
  readonly turn?: number;
}

// gdaldem writes hillshade as bytes, rounded; the others as float32.
const COMPARISONS: readonly Comparison[] = [
  { mode: ['hillshade'], algorithm: 'hillshade', tolerance: 0.501 },
  {
    mode: ['hillshade', '-az', '120', '-alt', '30', '-z', '2'],
    algorithm: 'hillshade',
    params: { azimuth: 120, angle_altitude: 30, z_exaggeration: 2 },
    tolerance: 0.501,
  },
  { mode: ['slope'], algorithm: 'slope', tolerance: 1e-4 },
  { mode: ['slope', '-p'], algorithm: 'slope', params: { unit: 'percent' }, tolerance: 1e-3 },
  { mode: ['aspect'], algorithm: 'aspect', tolerance: 0.05, turn: 360 },
  { mode: ['TRI'], algorithm: 'tri', tolerance: 1e-3 },
  { mode: ['TRI', '-alg', 'Wilson'], algorithm: 'tri', params: { method: 'wilson' }, tolerance: 1e-3 },
  { mode: ['TPI'], algorithm: 'tpi', tolerance: 1e-3 },
  { mode: ['roughness'], algorithm: 'roughness', tolerance: 1e-3 },
];

const source = sharedPath('data', 'raster', 'N48W125.hgt.zip');
const programs = ['gdaldem', 'gdalwarp'].map(findProgram);

describe.skipIf(source === undefined)('terrain algorithms give what gdaldem gives', () => {
  withProgram(
    { name: 'gdaldem', path: programs.every((path) => path !== undefined) ? programs[0] : undefined, install: 'apt install gdal-bin' },
    (gdaldem) => {
      let folder = '';
      let heights = new Float32Array();

      beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'graticule-golden-'));
        const where = ['-t_srs', 'EPSG:32610', '-te', ...BOX, '-ts', String(SIDE), String(SIDE), '-r', 'cubic'];
        const out = join(folder, 'heights.img');
        await run(programs[1] ?? '', ['-q', ...where, '-ot', 'Float32', '-of', 'ENVI', `/vsizip/${source ?? ''}/N48W125.hgt`, out]);
        heights = await floats(out);
      });

      afterAll(() => rm(folder, { recursive: true, force: true }));

      test('the mountains are mountains', () => {
        expect(heights).toHaveLength(SIDE * SIDE);
        expect(Math.max(...heights.subarray(0, 10000)) - Math.min(...heights.subarray(0, 10000))).toBeGreaterThan(300);
      });

      test.each(COMPARISONS)('$mode', async ({ mode, algorithm, params = {}, tolerance, turn = Infinity }) => {
        const out = join(folder, 'result.tif');
        const raw = join(folder, 'result.img');
        await run(gdaldem, [mode[0], join(folder, 'heights.img'), out, ...mode.slice(1), '-q']);
        await run(findProgram('gdal_translate') ?? '', ['-q', '-ot', 'Float32', '-of', 'ENVI', out, raw]);
        const expected = await floats(raw);
        const input = { planes: [heights], width: SIDE, height: SIDE, rim: 1, ground: evenGround(SIDE, PIXEL, PIXEL) };
        const [found] = algorithmOf(algorithm).run({ ...input, params }, allocatePlane);
        const [slope] = algorithmOf('slope').run({ ...input, params: {} }, allocatePlane);
        let [worst, compared] = [0, 0];
        for (let k = 0; k < (SIDE - 2) ** 2; k += 1) {
          const theirs = expected[(Math.floor(k / (SIDE - 2)) + 1) * SIDE + (k % (SIDE - 2)) + 1] ?? Number.NaN;
          if (theirs === -9999) {
            expect(slope?.[k]).toBeLessThan(LEVEL);
            continue;
          }
          if (turn < Infinity && (slope?.[k] ?? 0) < LEVEL) continue;
          const away = Math.abs((found?.[k] ?? Number.NaN) - theirs);
          worst = Math.max(worst, Math.min(away, Math.abs(turn - away)));
          compared += 1;
        }
        expect(worst).toBeLessThan(tolerance);
        expect(compared).toBeGreaterThan(80000);
      });
    },
  );
});

async function floats(path: string): Promise<Float32Array<ArrayBuffer>> {
  return new Float32Array(new Uint8Array(await readFile(path)).buffer);
}

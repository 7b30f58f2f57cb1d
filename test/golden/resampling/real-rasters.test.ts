import { describe, test } from 'vitest';
import { RESAMPLINGS, type Resampling } from '../../../src/raster/resampling.ts';
import { findProgram, withProgram } from '../../clients/program.ts';
import { sharedPath } from '../../support/shared.ts';
import { readByGdal } from './gdal.ts';
import { holdAgainstGdal, trialsOf } from './hold.ts';
import { placeOver, sceneOf } from './scene.ts';
import { SYSTEMS } from './systems.ts';

// gdalwarp on rasters as the world has them; see resampling.test.ts for how and why.

interface Real {
  readonly file: string;
  /** What GDAL is given before the path, and after it. */
  readonly prefix?: string;
  readonly inside?: string;
  readonly size: readonly [number, number];
  readonly crs: keyof typeof SYSTEMS;
  readonly pictures: readonly Picture[];
}

interface Picture {
  readonly system: keyof typeof SYSTEMS;
  readonly column: number;
  readonly row: number;
  readonly reductions?: readonly number[];
  readonly methods?: readonly Resampling[];
}

const CLASSES: readonly Resampling[] = ['nearest', 'mode'];

const REALS: readonly Real[] = [
  {
    // Heights of the Pyrenees, with a few voids.
    file: 'N42E001.hgt.zip',
    prefix: '/vsizip/',
    inside: '/N42E001.hgt',
    size: [1201, 1201],
    crs: 'degrees',
    pictures: (['webMercator', 'degrees', 'utm31', 'europeEqualArea', 'europeConic'] as const).map((system) => ({
      system,
      column: 500,
      row: 700,
    })),
  },
  {
    // The geoid, all round from 180.125° W.
    file: 'egm96_15.tif',
    size: [1440, 721],
    crs: 'degrees',
    pictures: [
      { system: 'webMercator', column: 900, row: 330 },
      { system: 'arctic', column: 880, row: 80, reductions: [0.4], methods: ['nearest', 'bilinear', 'cubic', 'cubic_spline', 'lanczos'] },
    ],
  },
  {
    // Sixteen bits, high in the north.
    file: 'riotiler_cog_int16.tif',
    size: [2658, 2667],
    crs: 'utm21',
    pictures: [
      { system: 'webMercator', column: 1300, row: 1300 },
      { system: 'arctic', column: 1300, row: 1300 },
    ],
  },
  {
    // Across the antimeridian, from zone 60.
    file: 'riotiler_cog_dateline.tif',
    size: [2325, 2355],
    crs: 'utm60',
    pictures: [
      { system: 'pacificMercator', column: 1100, row: 1100 },
      { system: 'utm1', column: 1100, row: 1100 },
    ],
  },
  {
    // Longitudes from 199° to 206°.
    file: 'us_noaa_g2012bh0.tif',
    size: [421, 361],
    crs: 'degrees',
    pictures: [
      { system: 'webMercator', column: 200, row: 180, reductions: [0.4, 1.6] },
      { system: 'degrees', column: 200, row: 180, reductions: [0.4, 1.6] },
    ],
  },
  {
    // Sea surface temperature, longitudes from 0° to 360°, land without data.
    file: 'tos_O1_2001-2002.nc',
    prefix: 'NETCDF:',
    inside: ':tos',
    size: [180, 170],
    crs: 'degrees',
    pictures: [{ system: 'webMercator', column: 105, row: 90, reductions: [0.3] }],
  },
  {
    // Twelve classes.
    file: 'riotiler_cog_cmap.tif',
    size: [7168, 8704],
    crs: 'webMercator',
    pictures: [
      { system: 'degrees', column: 3600, row: 4400, methods: CLASSES },
      { system: 'utm18', column: 3600, row: 4400, methods: CLASSES },
    ],
  },
];

withProgram({ name: 'gdalwarp', path: findProgram('gdalwarp'), install: 'apt-get install gdal-bin' }, (gdalwarp) => {
  describe.each(REALS)('$file', ({ file, prefix = '', inside = '', size, crs, pictures }) => {
    const path = sharedPath('data', 'raster', file);
    if (path === undefined) {
      test.skip(`${file} is not there`, () => undefined);
      return;
    }
    test.for(pictures)('seen from $system', { timeout: 120_000 }, async ({ system, column, row, reductions = [0.4, 2], methods }) => {
      // The samples around a place, so that each of many small pictures does not carry a whole file.
      const [left, top] = [Math.max(0, column - 220), Math.max(0, row - 220)];
      const window = [left, top, Math.min(440, size[0] - left), Math.min(440, size[1] - top)];
      const source = await readByGdal(`${prefix}${path}${inside}`, SYSTEMS[crs], window);
      const centre = [column - left + 0.27, row - top + 0.13] as const;
      const cases = reductions.map((reduction) => ({
        name: `${reduction} samples a pixel`,
        scene: () => sceneOf(source, placeOver(source, { width: 120, height: 90, crs: SYSTEMS[system], reduction, centre })),
        methods: methods ?? RESAMPLINGS,
      }));
      for (const trial of trialsOf(cases)) await holdAgainstGdal(gdalwarp, trial);
    });
  });
});

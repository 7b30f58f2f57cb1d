import { describe, expect, test } from 'vitest';
import { RESAMPLINGS } from '../../../src/raster/resampling.ts';
import { findProgram, withProgram } from '../../clients/program.ts';
import { differenceOf } from './difference.ts';
import { holdAgainstGdal, trialsOf, type Case } from './hold.ts';
import { MADE } from './made-sources.ts';
import { pictureByGdal } from './reference.ts';
import { placeOver, resampleScene, sceneOf, shifted, type Scene } from './scene.ts';
import { SYSTEMS } from './systems.ts';

// gdalwarp on the same numbers, positions exact. Pictures lie inside their sources: at a source's very edge GDAL falls
// back on bilinear for cubic and weighs the samples of a cut footprint twice. Centres are broken numbers, so that no
// pixel lies on the edge between two samples.

type SourceName = keyof typeof MADE;
type SystemName = keyof typeof SYSTEMS;

interface Place {
  /** Of the source; its middle unless given. */
  readonly column?: number;
  readonly row?: number;
  readonly middle?: readonly [number, number];
}

function over(name: SourceName, system: SystemName, reduction: number, place: Place = {}): Scene {
  const source = MADE[name];
  const centre = [(place.column ?? source.width / 2) + 0.27, (place.row ?? source.height / 2) + 0.13] as const;
  const middle = place.middle && { middle: place.middle };
  return sceneOf(source, placeOver(source, { width: 120, height: 90, crs: SYSTEMS[system], reduction, centre, ...middle }));
}

const ENLARGED = 0.4;
const REDUCED = 2;

function both(source: SourceName, system: SystemName, place: Place = {}): readonly Case[] {
  const methods = source.toLowerCase().endsWith('classes') ? (['nearest', 'mode'] as const) : RESAMPLINGS;
  return [ENLARGED, REDUCED].map((reduction) => ({
    name: `${source} in ${system}, ${reduction} samples a pixel`,
    scene: () => over(source, system, reduction, place),
    methods,
  }));
}

const FOUR_SYSTEMS = (['webMercator', 'degrees', 'europeEqualArea', 'europeConic'] as const).flatMap((system) =>
  (['degrees', 'classes', 'holed'] as const).flatMap((source) => both(source, system)),
);

const ODD_GEOMETRY = [
  ...both('turned', 'webMercator'),
  ...both('turnedClasses', 'degrees'),
  ...both('southUp', 'webMercator'),
  ...both('dateline', 'webMercator'),
  ...both('dateline', 'degrees'),
  ...both('dateline', 'pacificMercator'),
  ...both('from0To360', 'webMercator', { column: 1000 }),
  ...both('from0To360', 'pacificMercator', { column: 720 }),
  ...both('past180', 'webMercator', { column: 230 }),
  ...both('past180', 'pacificMercator', { column: 160 }),
  ...both('before180', 'webMercator', { column: 140 }),
  ...both('before180', 'pacificMercator', { column: 190 }),
  ...both('north', 'arctic'),
  ...both('northClasses', 'arctic'),
];

// At the pole itself GDAL's one stretch for a whole picture fits no pixel, and it leaves some footprints out that touch
// ±180°: what needs neither is compared.
const POLE: readonly Case[] = [ENLARGED, REDUCED].map((reduction) => ({
  name: `the pole, ${reduction} samples a pixel`,
  scene: () => over('cap', 'arctic', reduction, { row: 40, middle: [0, 0] }),
  methods: ['nearest', 'average'],
  tolerance: 0.02,
}));

// Where GDAL's lanczos is right when reducing; a hundredth of a sample off, lest rounding put it a whole one off.
const CENTRED: Case = {
  name: 'three samples a pixel, centre on centre',
  scene: () => {
    const { crs, grid } = MADE.turned;
    const source = { ...MADE.turned, grid: { ...grid, scaleX: 90, scaleY: -90, skewX: 0, skewY: 0 } };
    const target = { ...grid, originX: grid.originX + 900.9, originY: grid.originY - 900.9, scaleX: 270, scaleY: -270, skewX: 0, skewY: 0 };
    return sceneOf(source, { crs, grid: target, width: 80, height: 70 });
  },
};

withProgram({ name: 'gdalwarp', path: findProgram('gdalwarp'), install: 'apt-get install gdal-bin' }, (gdalwarp) => {
  describe.concurrent('at most one level of 255 from gdalwarp on 99 % of the pixels', () => {
    test.for(trialsOf([...FOUR_SYSTEMS, ...ODD_GEOMETRY, CENTRED]))('$name', (trial) => holdAgainstGdal(gdalwarp, trial));
  });

  describe('on 98 % of the pixels', () => {
    test.for(trialsOf(POLE))('$name', (trial) => holdAgainstGdal(gdalwarp, trial));
  });

  test.for(RESAMPLINGS)('half a pixel to the side is noticed: %s', async (method) => {
    const scene = over(method === 'mode' ? 'classes' : 'degrees', 'europeEqualArea', ENLARGED);
    const wanted = await pictureByGdal(gdalwarp, scene, method);
    expect(differenceOf(resampleScene(scene, method), wanted).share).toBeLessThan(0.01);
    expect(differenceOf(resampleScene(shifted(scene), method), wanted).share).toBeGreaterThan(0.1);
  });
});

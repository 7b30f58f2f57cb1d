import type { CrsDefinition } from '../../../src/crs/crs-definition.ts';
import type { Grid } from '../../../src/raster/grid.ts';
import type { Source } from './scene.ts';
import { SYSTEMS } from './systems.ts';

/** A surface with slopes, waves of a few samples and a little roughness. */
function surface(column: number, row: number): number {
  const rough = Math.sin(column * 12.9898 + row * 78.233) * 43758.5453;
  return 100 + 40 * Math.sin(column / 9) * Math.cos(row / 7) + 8 * Math.sin(column * 0.9 + row * 0.6) + 6 * (rough - Math.floor(rough));
}

/** Eight classes in patches of a few samples. */
function patches(column: number, row: number): number {
  return 1 + ((Math.floor(column / 5) * 3 + Math.floor(row / 4) * 5 + (Math.floor(column * row * 0.37) % 11 === 0 ? 1 : 0)) % 8);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function source(crs: CrsDefinition, grid: Grid, { width, height }: Size, value: (column: number, row: number) => number): Source {
  const values = Float64Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
  return { crs, grid, width, height, values };
}

const northUp = (originX: number, originY: number, pixel: number, tall = pixel): Grid => ({
  originX,
  originY,
  scaleX: pixel,
  scaleY: -tall,
  skewX: 0,
  skewY: 0,
});

const SIZE = { width: 320, height: 280 };

/** Sources made of formulas, so that they need no files; the same numbers everywhere. */
export const MADE = {
  /** Around 10° E, 50° N: the central meridian of the European systems, where north is up in all of them. */
  degrees: source(SYSTEMS.degrees, northUp(9.84, 50.09, 0.001, 0.00064), SIZE, surface),
  classes: source(SYSTEMS.degrees, northUp(9.84, 50.09, 0.001, 0.00064), SIZE, patches),
  /** The same with a hole and a torn edge. */
  holed: source(SYSTEMS.degrees, northUp(9.84, 50.09, 0.001, 0.00064), SIZE, (column, row) =>
    Math.hypot(column - 170, row - 130) < 25 || column < 130 + 6 * Math.sin(row / 5) ? Number.NaN : surface(column, row),
  ),
  /** Turned by thirty degrees. */
  turned: source(SYSTEMS.utm32, { originX: 500_000, originY: 5_500_000, scaleX: 86.6, skewX: 50, skewY: 50, scaleY: -86.6 }, SIZE, surface),
  turnedClasses: source(
    SYSTEMS.utm32,
    { originX: 500_000, originY: 5_500_000, scaleX: 86.6, skewX: 50, skewY: 50, scaleY: -86.6 },
    SIZE,
    patches,
  ),
  /** Rows from south to north. */
  southUp: source(SYSTEMS.utm32, { originX: 690_000, originY: 5_500_000, scaleX: 100, skewX: 0, skewY: 0, scaleY: 100 }, SIZE, surface),
  /** From zone 60 across the antimeridian, which lies 425 km east of the zone's middle here. */
  dateline: source(SYSTEMS.utm60, northUp(858_000, 1_214_000, 200), SIZE, surface),
  /** Longitudes from 0 to 360, all round. */
  from0To360: source(SYSTEMS.degrees, northUp(0, 35, 0.25), { width: 1440, height: 280 }, surface),
  /** Longitudes from 170 to 206. */
  past180: source(SYSTEMS.degrees, northUp(170, 14, 0.1), { width: 360, height: 280 }, surface),
  /** Longitudes from -208 to -172. */
  before180: source(SYSTEMS.degrees, northUp(-208, 14, 0.1), { width: 360, height: 280 }, surface),
  /** Lapland and the White Sea, which the arctic system turns by forty degrees. */
  north: source(SYSTEMS.degrees, northUp(39.5, 66.2, 0.0025, 0.001), SIZE, surface),
  northClasses: source(SYSTEMS.degrees, northUp(39.5, 66.2, 0.0025, 0.001), SIZE, patches),
  /** The cap north of 76°, all round. */
  cap: source(SYSTEMS.degrees, northUp(-180, 90, 0.25), { width: 1440, height: 56 }, (column, row) =>
    surface(60 * Math.sin((column * Math.PI) / 720), row),
  ),
} as const;

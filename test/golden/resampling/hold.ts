import { expect } from 'vitest';
import { RESAMPLINGS, type Resampling } from '../../../src/raster/resampling.ts';
import { differenceOf } from './difference.ts';
import { isHeldAgainstGdal, pictureByGdal, wholeByGdal } from './reference.ts';
import { resampleScene, type Scene } from './scene.ts';

/** What a picture may differ by, unless a case says otherwise: one level of 255 of the values' range on 1 % of the pixels. */
export const TOLERANCE = 0.01;

/** A scene and what is expected of it. */
export interface Case {
  readonly name: string;
  readonly scene: () => Scene;
  /** Methods that are tried; all unless given. */
  readonly methods?: readonly Resampling[];
  readonly tolerance?: number;
}

/** One method on one scene. */
export interface Trial {
  readonly name: string;
  readonly scene: Scene;
  readonly method: Resampling;
  readonly tolerance: number;
}

/** Every method that can be held against GDAL, on every scene. */
export function trialsOf(cases: readonly Case[]): readonly Trial[] {
  return cases.flatMap(({ name, scene: make, methods, tolerance }) => {
    const scene = make();
    return (methods ?? RESAMPLINGS)
      .filter((method) => isHeldAgainstGdal(scene, method))
      .map((method) => ({ name: `${name}, ${method}`, scene, method, tolerance: tolerance ?? TOLERANCE }));
  });
}

/** Expects our picture to be GDAL's. */
export async function holdAgainstGdal(gdalwarp: string, { name, scene, method, tolerance }: Trial): Promise<void> {
  const wanted = await pictureByGdal(gdalwarp, scene, method);
  const found = resampleScene(scene, method);
  if ((method === 'cubic' || method === 'lanczos') && scene.source.values.some(Number.isNaN)) {
    const whole = await wholeByGdal(gdalwarp, scene, method);
    for (let i = 0; i < found.length; i += 1) if (whole[i] !== true) found[i] = wanted[i] = Number.NaN;
  }
  // GDAL's footprints are exact to a thousandth, which is a level where sums hardly differ: theirs count from zero.
  const level = method === 'sum' ? wanted.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0) / 255 : undefined;
  const { seen, share } = differenceOf(found, wanted, level);
  expect(seen, name).toBeGreaterThan(found.length * 0.2);
  expect(share, name).toBeLessThan(tolerance);
}

import type { Plane, Raster } from './image.ts';

/**
 * Makes the bands of a picture agree on where there is data: a pixel with a value in any band gets `fill` in the
 * others, so that only pixels without any value stay NaN. Changes the planes it is given.
 */
export function uniteBands(raster: Raster, fill: readonly number[]): void {
  if (raster.complete || raster.bands.length < 2) return;
  const { bands } = raster;
  const [first] = bands;
  for (let i = 0; first !== undefined && i < first.length; i += 1) {
    let missing = 0;
    for (let n = 0; n < bands.length; n += 1) if (Number.isNaN(bands[n]?.[i] ?? 0)) missing += 1;
    if (missing === 0 || missing === bands.length) continue;
    bands.forEach((band, n) => {
      if (Number.isNaN(band[i] ?? 0)) band[i] = fill[n] ?? 0;
    });
  }
}

/**
 * Takes the colours away where alpha is zero or absent, so that what is invisible does not bleed into its neighbours.
 * Changes the planes it is given; the result says whether they are still complete.
 */
export function maskByAlpha(raster: Raster, alpha: number): Raster {
  const cover = raster.bands[alpha];
  if (cover === undefined) return raster;
  let hidden = 0;
  for (let i = 0; i < cover.length; i += 1) {
    if ((cover[i] ?? 0) > 0) continue;
    hidden += 1;
    cover[i] = 0;
    raster.bands.forEach((band, n) => {
      if (n !== alpha) band[i] = Number.NaN;
    });
  }
  return hidden === 0 ? raster : { ...raster, complete: false };
}

/** Fills what has no value yet from another plane of the same size. */
export function fillUnder(plane: Plane, other: Plane): void {
  for (let i = 0; i < plane.length; i += 1) {
    const value = plane[i] ?? 0;
    if (value !== value) plane[i] = other[i] ?? 0;
  }
}

/** True when no value is NaN. */
export function isFull(plane: Plane): boolean {
  for (let i = 0; i < plane.length; i += 1) {
    const value = plane[i] ?? 0;
    if (value !== value) return false;
  }
  return true;
}

import { isWide, type Allocate, type Plane, type Raster } from './image.ts';
import { areaCell } from './area-cells.ts';
import { separateArea } from './area-separable.ts';
import { areaTaps } from './taps.ts';
import type { Warp } from './warp.ts';

/**
 * The default kernel for continuous values: bilinear when enlarging, exact area average when reducing (see taps.ts).
 * NaN samples are left out and the others' weights renormalised. A pixel has a value when, enlarging, the sample
 * under its centre has one, and reducing, when any sample under its footprint has one. Results in the array type of
 * the source, one plane a band, row by row, NaN without data. `warp` is in pixels of the raster, centres at ½.
 */
export function resampleArea(raster: Raster, warp: Warp, allocate: Allocate): readonly Plane[] {
  if (warp.kind === 'separable') {
    const [x, y] = [areaTaps(warp.x, raster.width), areaTaps(warp.y, raster.height)];
    return raster.bands.map((band) => separateArea(band, raster, { x, y }, allocate));
  }
  return raster.bands.map((band) => {
    const out = allocate(warp.width * warp.height, isWide(band)).fill(Number.NaN);
    const sheet = { data: band, width: raster.width, height: raster.height };
    for (const cell of warp.cells) areaCell(sheet, cell, out, warp.width);
    return out;
  });
}

import { areaCell } from './area-cells.ts';
import { isWide, type Allocate, type Plane, type Raster } from './image.ts';
import { separate } from './kernels/separate.ts';
import { areaTaps } from './taps.ts';
import { linesOf, type Warp } from './warp.ts';

/**
 * The default kernel for continuous values: bilinear when enlarging, exact area average when reducing (see taps.ts).
 * NaN samples are left out and the others' weights renormalised. A pixel has a value when, enlarging, the sample
 * under its centre has one, and reducing, when any sample under its footprint has one. Results in the array type of
 * the source, one plane a band, row by row, NaN without data. `warp` is in pixels of the raster, centres at ½.
 * 256 × 256 pixels take 0.15 ms enlarged by 2 and 0.3 ms reduced by 2, turned 0.7 and 1.9 ms.
 */
export function resampleArea(raster: Raster, warp: Warp, allocate: Allocate): readonly Plane[] {
  if (warp.kind === 'separable') {
    const lines = linesOf(warp);
    const [x, y] = [areaTaps(lines.x, raster.width), areaTaps(lines.y, raster.height)];
    const outline = x.reducing || y.reducing ? 'any' : 'centre';
    return raster.bands.map((band) => separate(band, raster, { x, y, outline, renormalised: true }, allocate));
  }
  return raster.bands.map((band) => {
    const out = allocate(warp.width * warp.height, isWide(band)).fill(Number.NaN);
    const sheet = { data: band, width: raster.width, height: raster.height };
    for (const cell of warp.cells) areaCell(sheet, cell, out, warp.width);
    return out;
  });
}

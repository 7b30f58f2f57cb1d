import { isWide, type Allocate, type Plane, type Raster } from '../image.ts';
import { profileTaps } from '../taps.ts';
import { linesOf, type Warp } from '../warp.ts';
import { convolveCell, tabulate } from './convolve-cell.ts';
import type { Profile } from './profile.ts';
import { separate } from './separate.ts';

/**
 * Weighs the samples around each pixel's centre by a profile an axis, stretched by the pixel's footprint where that is
 * more than one sample. Missing samples are left out and the others' weights renormalised, at the raster's edge too. A
 * pixel has a value when the sample under its centre has one.
 */
export function convolve(raster: Raster, warp: Warp, profile: Profile, allocate: Allocate): readonly Plane[] {
  if (warp.kind === 'separable') {
    const lines = linesOf(warp);
    const x = profileTaps(lines.x, raster.width, profile);
    const y = profileTaps(lines.y, raster.height, profile);
    return raster.bands.map((band) => separate(band, raster, { x, y, outline: 'centre', renormalised: true }, allocate));
  }
  const table = tabulate(profile);
  return raster.bands.map((band) => {
    const out = allocate(warp.width * warp.height, isWide(band)).fill(Number.NaN);
    const sheet = { data: band, width: raster.width, height: raster.height };
    for (const cell of warp.cells) convolveCell(sheet, cell, table, { data: out, width: warp.width });
    return out;
  });
}

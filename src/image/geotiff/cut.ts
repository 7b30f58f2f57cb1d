import type { PixelWindow } from '../../raster/grid.ts';
import type { Plane } from '../../raster/image.ts';
import type { Samples } from '../../raster/wkb.ts';
import type { Missing } from '../missing.ts';
import { putSamples, type SampleRule, type SampleType } from '../sample-type.ts';
import type { TileShape } from './predictor.ts';

/** Planes of one size. */
export interface Planes {
  readonly planes: readonly Plane[];
  readonly width: number;
  readonly height: number;
}

/** How each band gets into the samples of a file that interleaves them. */
export function sampleRules(type: SampleType, { nodata, fills }: Missing): readonly SampleRule[] {
  return fills.map((fill) => ({ type, fill, reserved: nodata !== undefined, step: fills.length }));
}

/**
 * The samples of a tile; beyond the planes it holds the fill. `window` is the tile's place, as large as the tile; `again` is
 * a tile of that size that may be overwritten.
 */
export function cutTile(source: Planes, window: PixelWindow, rules: readonly SampleRule[], again?: Samples): Samples | undefined {
  const [first] = rules;
  if (first === undefined) return undefined;
  const tile = again ?? first.type.create(window.width * window.height * rules.length);
  const columns = Math.min(window.width, source.width - window.column);
  const rows = Math.min(window.height, source.height - window.row);
  rules.forEach((rule, band) => {
    const plane = source.planes[band];
    if (plane === undefined || columns < window.width || rows < window.height) fillBand(tile, band, rule);
    if (plane === undefined) return;
    for (let row = 0; row < rows; row += 1) {
      const from = (window.row + row) * source.width + window.column;
      putSamples(plane, { from, count: columns, to: row * window.width * rules.length + band }, tile, rule);
    }
  });
  return tile;
}

/** The bits of a mask's tile: 1 where a plane has data, most significant bit first, rows begin at whole bytes. */
export function cutMask({ planes, width, height }: Planes, window: PixelWindow): Uint8Array {
  const stride = window.width / 8;
  const bits = new Uint8Array(stride * window.height);
  const columns = Math.min(window.width, width - window.column);
  const rows = Math.min(window.height, height - window.row);
  for (const plane of planes) {
    for (let row = 0; row < rows; row += 1) {
      const from = (window.row + row) * width + window.column;
      for (let column = 0; column < columns; column += 1) {
        const value = plane[from + column] ?? Number.NaN;
        if (value !== value) continue;
        const at = row * stride + (column >> 3);
        bits[at] = (bits[at] ?? 0) | (0x80 >> (column & 7));
      }
    }
  }
  return bits;
}

/** Width, height and bands of a tile. */
export function shapeOf({ width, height }: PixelWindow, rules: readonly SampleRule[]): TileShape {
  return { width, height, bands: rules.length };
}

function fillBand(tile: Samples, band: number, { fill, step }: SampleRule): void {
  for (let i = band; i < tile.length; i += step) tile[i] = fill;
}

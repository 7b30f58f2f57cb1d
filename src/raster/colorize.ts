import { applyColorFormula, redCurve } from '../color/apply-color-formula.ts';
import type { ColorFormula } from '../color/color-formula.ts';
import type { ColorMap, RampMap } from '../color/color-map.ts';
import { enhanceColors, enhanceSharpness, isPlain, needsNeighbours, type Enhancement } from '../color/enhancement.ts';
import { GRAY, rampPalette } from '../color/ramp.ts';
import { createColorIndex, type ValueMap } from './coloring/create-color-index.ts';
import { cutRim, lookUp, spread, type Pixels } from './coloring/pixels.ts';
import { rampLevels } from './coloring/ramp-levels.ts';
import type { Plane } from './image.ts';
import { stretchColors, type Range } from './rescale.ts';

/** How numbers become colours, all of it decided. */
export interface Coloring {
  /** What becomes 0 and 255, one for each plane; a map of values needs none, with one it is asked about 0 … 255. */
  readonly ranges: readonly (Range | undefined)[];
  /** Colours of a single plane; absent: grey. */
  readonly map?: ColorMap | undefined;
  /** How opaque each pixel is, 0–255; absent: all that has data is. */
  readonly cover?: Plane | undefined;
  readonly formula?: ColorFormula | undefined;
  readonly enhance?: Enhancement | undefined;
  /** Colours of which red, green and blue are 0 become transparent. */
  readonly transparentZero?: boolean | undefined;
  /** Nothing is transparent: what has no data is black. */
  readonly opaque?: boolean | undefined;
  /** Pixels on each side that are only there as neighbours; they are cut off in the end. */
  readonly rim?: number | undefined;
}

/**
 * Colours one plane (through the map) or three and more (red, green, blue, as they are stretched) of a width; two are
 * taken as one. A single plane gives indices into a palette where its colours are few enough. Undefined when nothing is
 * to be seen.
 * @throws AppError INVALID_PARAMETER for a formula of the map that does not parse
 */
export function colorize(planes: readonly Plane[], width: number, coloring: Coloring): Pixels | undefined {
  const [first, second, third] = planes;
  if (first === undefined) return undefined;
  const pixels = second !== undefined && third !== undefined ? colorThree([first, second, third], coloring) : colorOne(first, coloring);
  return pixels === undefined ? undefined : finish(pixels, width, coloring);
}

const GREY: RampMap = { kind: 'ramp', colors: rampPalette(GRAY, 256) };
const BYTES: Range = { min: 0, max: 255 };

/** A formula bends the values by what it says of red, as TiTiler does; what it says of saturation holds for the colours. */
function colorOne(plane: Plane, { ranges: [range], map = GREY, formula = [], cover }: Coloring): Pixels | undefined {
  const curve = formula.some(({ kind }) => kind !== 'saturation') ? redCurve(formula) : undefined;
  const pixels = map.kind === 'ramp' ? rampLevels(plane, { range: range ?? BYTES, map, curve }) : colorValues(plane, map, range);
  if (pixels === undefined) return undefined;
  const saturations = formula.filter(({ kind }) => kind === 'saturation');
  if (saturations.length > 0) applyColorFormula(saturations, bytesOf(pixels));
  return cover === undefined ? pixels : coverPixels(pixels, cover);
}

function colorValues(plane: Plane, map: ValueMap, range: Range | undefined): Pixels | undefined {
  const asked = range === undefined ? plane : toBytes(plane, range);
  const finder = createColorIndex(map);
  const indices = finder.most <= 256 ? new Uint8Array(plane.length) : new Uint16Array(plane.length);
  const holes = finder.index(asked, indices);
  if (holes === plane.length) return undefined;
  const palette = finder.colors();
  if (indices instanceof Uint8Array) return { kind: 'indexed', indices, palette };
  if (palette.length <= 1024) return { kind: 'indexed', indices: Uint8Array.from(indices), palette };
  return { kind: 'rgba', data: lookUp(indices, palette) };
}

/** Values stretched to whole numbers of 0 … 255, as TiTiler asks maps of values about them. */
function toBytes(plane: Plane, { min, max }: Range): Plane {
  const scale = max === min ? 0 : 255 / (max - min);
  const out = new Float32Array(plane.length);
  for (let i = 0; i < plane.length; i += 1) out[i] = Math.round(Math.min(255, Math.max(0, ((plane[i] ?? 0) - min) * scale)));
  return out;
}

function colorThree(planes: readonly [Plane, Plane, Plane], coloring: Coloring): Pixels | undefined {
  const [red = BYTES, green = BYTES, blue = BYTES] = coloring.ranges;
  const data = new Uint8Array(planes[0].length * 4);
  const holes = stretchColors({ planes, ranges: [red, green, blue], cover: coloring.cover }, new Uint8ClampedArray(data.buffer));
  if (holes === planes[0].length) return undefined;
  if (coloring.transparentZero === true) hideBlack(data);
  if (coloring.formula !== undefined) applyColorFormula(coloring.formula, data);
  return { kind: 'rgba', data };
}

function hideBlack(rgba: Uint8Array): void {
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i] === 0 && rgba[i + 1] === 0 && rgba[i + 2] === 0) rgba[i + 3] = 0;
  }
}

function coverPixels(pixels: Pixels, cover: Plane): Pixels {
  const data = spread(pixels);
  for (let i = 0; i < cover.length; i += 1) data[i * 4 + 3] = Math.round(((data[i * 4 + 3] ?? 0) * (cover[i] ?? 0)) / 255);
  return { kind: 'rgba', data };
}

/** Enhancements, then what is left of transparency and neighbours. */
function finish(pixels: Pixels, width: number, { enhance = {}, opaque, rim = 0 }: Coloring): Pixels {
  let enhanced = pixels;
  if (!isPlain(enhance)) enhanceColors(enhance, bytesOf(pixels));
  if (needsNeighbours(enhance)) enhanced = { kind: 'rgba', data: enhanceSharpness(enhance.sharpness ?? 1, spread(pixels), width) };
  if (opaque === true) makeOpaque(bytesOf(enhanced));
  return rim === 0 ? enhanced : cutRim(enhanced, width, rim);
}

function makeOpaque(rgba: Uint8Array): void {
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i + 3] === 0) rgba.fill(0, i, i + 3);
    rgba[i + 3] = 255;
  }
}

/** All colours of pixels, to be changed in place. */
function bytesOf(pixels: Pixels): Uint8Array {
  return pixels.kind === 'rgba' ? pixels.data : pixels.palette;
}

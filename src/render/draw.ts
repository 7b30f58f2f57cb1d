import { never } from '../base/never.ts';
import { classColor } from '../color/class-color.ts';
import { GRAY, rampPalette } from '../color/ramp.ts';
import type { Picture } from '../image/picture.ts';
import type { Plane } from '../raster/image.ts';
import { stretchBand, stretchColors, type Range } from '../raster/rescale.ts';
import type { Appearance, ClassColor } from './appearance.ts';

/** Resampled planes of a picture: the shown bands in order, then alpha if there is one. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly Plane[];
}

/** Turns values into colours; undefined when nothing of the picture is to be seen. */
export function drawPicture(drawing: Drawing, appearance: Appearance): Picture | undefined {
  switch (appearance.kind) {
    case 'gray':
      return appearance.alpha === undefined ? drawGray(drawing, appearance.ranges[0]) : drawColors(drawing, [0, 0, 0], appearance);
    case 'rgb':
      return drawColors(drawing, [0, 1, 2], appearance);
    case 'classes':
      return drawClasses(drawing, appearance.classes);
    default:
      return never(appearance);
  }
}

/**
 * One band: bytes that are shown as they are take all 256 greys where nothing is missing; all else takes 255, and
 * index 0 for what is transparent, so that tiles with and without holes agree.
 */
function drawGray({ width, height, planes: [plane] }: Drawing, range: Range): Picture | undefined {
  if (plane === undefined) return undefined;
  const indices = new Uint8Array(width * height);
  const asItIs = range.min === 0 && range.max === 255;
  let first = asItIs ? 0 : 1;
  const holes = stretchBand(plane, range, indices, first);
  if (holes === plane.length) return undefined;
  if (asItIs && holes > 0) {
    first = 1;
    stretchBand(plane, range, indices, first);
  }
  return { kind: 'indexed', width, height, indices, palette: first === 0 ? OPAQUE : WITH_HOLES };
}

const OPAQUE = rampPalette(GRAY, 256);
const WITH_HOLES = Uint8Array.from([0, 0, 0, 0, ...rampPalette(GRAY, 255)]);

/** Three bands, or one three times; bands agree on where there is data (validity.ts), so the first tells. */
function drawColors(
  { width, height, planes }: Drawing,
  order: readonly [number, number, number],
  appearance: Exclude<Appearance, { kind: 'classes' }>,
): Picture | undefined {
  const [red, green, blue] = [planes[order[0]], planes[order[1]], planes[order[2]]];
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  const range = (band: number): Range => appearance.ranges[band] ?? { min: 0, max: 255 };
  const cover = appearance.alpha === undefined ? undefined : planes[appearance.bands.length];
  const data = new Uint8ClampedArray(width * height * 4);
  const holes = stretchColors({ planes: [red, green, blue], ranges: [range(order[0]), range(order[1]), range(order[2])], cover }, data);
  return holes === red.length ? undefined : { kind: 'rgba', width, height, data: new Uint8Array(data.buffer) };
}

function drawClasses({ width, height, planes: [plane] }: Drawing, classes: readonly ClassColor[]): Picture | undefined {
  if (plane === undefined) return undefined;
  const indices = new Uint8Array(width * height);
  const known = new Map(classes.map(({ value }, i) => [value, i + 1]));
  const colors = classes.map(({ color }) => color);
  let [seen, last, index] = [0, Number.NaN, 0];
  for (let i = 0; i < plane.length; i += 1) {
    const value = plane[i] ?? 0;
    if (value !== value) continue;
    // Neighbours are mostly of one class.
    if (value !== last) [last, index] = [value, known.get(value) ?? strange(value, known, colors)];
    indices[i] = index;
    seen += 1;
  }
  const palette = new Uint8Array((colors.length + 1) * 4);
  colors.forEach((color, i) => palette.set(color, (i + 1) * 4));
  return seen === 0 ? undefined : { kind: 'indexed', width, height, indices, palette };
}

/** A class that the sample did not hold: its colour follows from its value alone, so that all tiles agree. */
function strange(value: number, known: Map<number, number>, colors: (readonly [number, number, number, number])[]): number {
  if (colors.length >= 255) return 255;
  const index = colors.push(classColor(Math.abs(Math.trunc(value)) % 256));
  known.set(value, index);
  return index;
}

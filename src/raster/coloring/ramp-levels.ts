import type { RampMap } from '../../color/color-map.ts';
import type { Plane } from '../image.ts';
import { stretchBand, type Range } from '../rescale.ts';
import { lookUp, type Pixels } from './pixels.ts';

/** A ramp over a range; a curve of 0–1 bends the values before they get colours. */
export interface RampStretch {
  readonly range: Range;
  readonly map: RampMap;
  readonly curve: ((part: number) => number) | undefined;
}

const ALL = 256;

/**
 * Colours a plane by a ramp. Bytes that are taken as they are keep all 256 colours; any other range gets 255, and
 * entry 0 for what has no data, whether there is such or not: so tiles with and without holes agree. Undefined when there
 * is no data at all.
 */
export function rampLevels(plane: Plane, stretch: RampStretch): Pixels | undefined {
  const { range } = stretch;
  const indices = new Uint8Array(plane.length);
  const first = range.min === 0 && range.max === 255 ? 0 : 1;
  const holes = stretchBand(plane, range, indices, first);
  if (holes === plane.length) return undefined;
  const palette = new Uint8Array(ALL * 4);
  palette.set(levelColors(stretch, ALL - first), first * 4);
  return first === 1 || holes === 0 ? { kind: 'indexed', indices, palette } : punch(plane, indices, palette);
}

/** Finds a level that no pixel has for those without data; where there is none, colours have channels of their own. */
function punch(plane: Plane, indices: Uint8Array, palette: Uint8Array): Pixels {
  const used = new Uint8Array(ALL);
  for (let i = 0; i < plane.length; i += 1) if (!Number.isNaN(plane[i] ?? 0)) used[indices[i] ?? 0] = 1;
  const spare = used.indexOf(0);
  if (spare < 0) {
    const data = lookUp(indices, palette);
    for (let i = 0; i < plane.length; i += 1) if (Number.isNaN(plane[i] ?? 0)) data.fill(0, i * 4, i * 4 + 4);
    return { kind: 'rgba', data };
  }
  for (let i = 0; i < plane.length; i += 1) if (Number.isNaN(plane[i] ?? 0)) indices[i] = spare;
  palette.fill(0, spare * 4, spare * 4 + 4);
  return { kind: 'indexed', indices, palette };
}

/** The colours of so many levels from the ramp's first to its last. */
function levelColors({ map, curve }: RampStretch, count: number): Uint8Array {
  const last = map.colors.length / 4 - 1;
  const out = new Uint8Array(count * 4);
  for (let level = 0; level < count; level += 1) {
    const part = level / (count - 1);
    const place = Math.round(last * Math.min(1, Math.max(0, curve === undefined ? part : curve(part))));
    out.set(map.colors.subarray(place * 4, place * 4 + 4), level * 4);
  }
  return out;
}

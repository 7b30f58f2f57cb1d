import type { Rgba } from '../color/class-color.ts';
import { toRgba, type Picture } from './picture.ts';

/** What lies under a picture: a colour each for what has no data and for what lies outside the CRS; undefined is nothing. */
export interface Ground {
  readonly data: Rgba | undefined;
  readonly outside: Rgba | undefined;
  /** 1 for each pixel outside the area of the CRS; undefined where there is none. */
  readonly outsideMask: Uint8Array | undefined;
}

/** One colour under all of a picture. */
export function plainGround(color: Rgba | undefined): Ground {
  return { data: color, outside: color, outsideMask: undefined };
}

/**
 * Lays a picture over its ground (Porter and Duff 1984, "over" on straight alpha): a new picture, which keeps its palette
 * where the ground is one colour.
 */
export function layGround(picture: Picture, { data: ground, outside, outsideMask }: Ground): Picture {
  const { width, height } = picture;
  if (outsideMask === undefined && picture.kind === 'indexed') return { ...picture, palette: over(picture.palette, ground) };
  const data = over(toRgba(picture), ground);
  if (outsideMask === undefined) return { kind: 'rgba', width, height, data };
  for (let i = 0, p = 0; i < width * height; i += 1, p += 4) if (outsideMask[i] === 1) data.set(outside ?? NOTHING, p);
  return { kind: 'rgba', width, height, data };
}

const NOTHING: Rgba = [0, 0, 0, 0];

/** RGBA quadruples over a colour. */
function over(source: Uint8Array, color: Rgba | undefined): Uint8Array {
  const data = source.slice();
  if (color !== undefined) for (let p = 0; p < data.length; p += 4) putUnder(data, p, color);
  return data;
}

function putUnder(data: Uint8Array, p: number, color: Rgba): void {
  const above = data[p + 3] ?? 0;
  if (above === 255) return;
  const under = (color[3] * (255 - above)) / 255;
  const alpha = above + under;
  for (let c = 0; c < 3 && alpha > 0; c += 1) data[p + c] = Math.round(((data[p + c] ?? 0) * above + (color[c] ?? 0) * under) / alpha);
  data[p + 3] = Math.round(alpha);
}

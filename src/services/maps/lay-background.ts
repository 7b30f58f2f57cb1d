import type { Rgba } from '../../color/class-color.ts';
import { toRgba, type Picture } from '../../image/picture.ts';

/** What lies under a picture: a colour each for what has no data and for what lies outside the CRS; undefined is nothing. */
export interface Ground {
  readonly data: Rgba | undefined;
  readonly outside: Rgba | undefined;
  /** 1 for each pixel outside the area of the CRS; undefined where there is none. */
  readonly outsideMask: Uint8Array | undefined;
}

/** Lays a picture over its ground (Porter and Duff 1984, "over" on straight alpha). */
export function layBackground(picture: Picture, { data: ground, outside, outsideMask }: Ground): Picture {
  const { width, height } = picture;
  const data = toRgba(picture).slice();
  for (let i = 0, p = 0; i < width * height; i += 1, p += 4) {
    const isOutside = outsideMask?.[i] === 1;
    if (isOutside) data.fill(0, p, p + 4);
    const color = isOutside ? outside : ground;
    if (color !== undefined) putUnder(data, p, color);
  }
  return { kind: 'rgba', width, height, data };
}

function putUnder(data: Uint8Array, p: number, color: Rgba): void {
  const over = data[p + 3] ?? 0;
  if (over === 255) return;
  const under = (color[3] * (255 - over)) / 255;
  const alpha = over + under;
  for (let c = 0; c < 3 && alpha > 0; c += 1) data[p + c] = Math.round(((data[p + c] ?? 0) * over + (color[c] ?? 0) * under) / alpha);
  data[p + 3] = Math.round(alpha);
}

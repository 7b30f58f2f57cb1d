import type { Picture } from '../image/picture.ts';
import { colorize, type Coloring } from '../raster/colorize.ts';
import type { Plane } from '../raster/image.ts';

/** Planes to be given colours; rims on all sides that are only there as neighbours are counted in width and height. */
export interface Painting {
  readonly planes: readonly Plane[];
  readonly cover: Plane | undefined;
  readonly width: number;
  readonly height: number;
  readonly rim: number;
}

/** Gives planes their colours, one plane through a colour map, three as red, green and blue; undefined: blank. */
export function paint({ planes, cover, width, height, rim }: Painting, coloring: Omit<Coloring, 'cover' | 'rim'>): Picture | undefined {
  const pixels = colorize(planes, width, { ...coloring, cover, rim });
  return pixels === undefined ? undefined : { ...pixels, width: width - 2 * rim, height: height - 2 * rim };
}

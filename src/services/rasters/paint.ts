import type { Picture } from '../../image/picture.ts';
import { colorize } from '../../raster/colorize.ts';
import type { Look } from '../../raster/look.ts';
import type { Plane } from '../../raster/image.ts';
import type { Range } from '../../raster/rescale.ts';

/** Planes to be given colours; rims on all sides that are only there as neighbours are counted in width and height. */
export interface Painting {
  readonly planes: readonly Plane[];
  readonly cover: Plane | undefined;
  readonly width: number;
  readonly height: number;
  readonly rim: number;
  readonly ranges: readonly (Range | undefined)[];
}

/** Gives planes the colours of a look, one plane through its colour map, three as red, green and blue; undefined: blank. */
export function paint({ planes, cover, width, height, rim, ranges }: Painting, look: Look): Picture | undefined {
  const pixels = colorize(planes, width, {
    ranges,
    map: look.colorMap,
    cover,
    formula: look.colorFormula,
    enhance: look.enhance,
    transparentZero: look.transparentZero,
    opaque: look.returnMask === false,
    rim,
  });
  return pixels === undefined ? undefined : { ...pixels, width: width - 2 * rim, height: height - 2 * rim };
}

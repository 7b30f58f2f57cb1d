import type { Picture } from '../../image/picture.ts';
import { toRgba } from '../../image/picture.ts';
import type { ValueBand, ValueCrs, ValueImage } from '../../image/values.ts';
import type { Grid } from '../../raster/grid.ts';

const CHANNELS = ['red', 'green', 'blue', 'alpha'] as const;

/** Where a picture lies. */
export interface PicturePlace {
  readonly grid: Grid;
  readonly crs: ValueCrs | undefined;
  readonly title?: string | undefined;
}

/** A picture as the bands of a georeferenced file: red, green, blue and alpha. */
export function pictureAsValues(picture: Picture, { grid, crs, title }: PicturePlace): ValueImage {
  const { width, height } = picture;
  const data = toRgba(picture);
  const planes = CHANNELS.map((_, channel) => {
    const plane = new Float32Array(width * height);
    for (let i = 0; i < plane.length; i += 1) plane[i] = data[4 * i + channel] ?? 0;
    return plane;
  });
  const bands = CHANNELS.map((color): ValueBand => ({ name: color, pixelType: '8BUI', color }));
  return { width, height, grid, crs, bands, planes, ...(title === undefined ? {} : { title }) };
}

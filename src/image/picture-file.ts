import type { Grid } from '../raster/grid.ts';
import { encodePicture, type EncodedPicture } from './encode.ts';
import { encodeValues } from './encode-values.ts';
import { toRgba, type Picture, type PictureFormat } from './picture.ts';
import type { ValueBand, ValueCrs, ValueImage } from './values.ts';

const CHANNELS = ['red', 'green', 'blue', 'alpha'] as const;

/** Where a picture lies; undefined CRS: nowhere known. */
export interface PicturePlace {
  readonly grid: Grid;
  readonly crs: ValueCrs | undefined;
  readonly title?: string | undefined;
}

/** What becomes of a picture: a file of a format, or with a place a GeoTIFF of red, green, blue and alpha that lies there. */
export type PictureFile = PictureFormat | PicturePlace;

/** Encodes a picture as a file. */
export function encodePictureFile(picture: Picture, file: PictureFile): Promise<EncodedPicture> {
  return typeof file === 'string' ? encodePicture(picture, file) : encodeValues(asValues(picture, file), 'geotiff');
}

function asValues(picture: Picture, { grid, crs, title }: PicturePlace): ValueImage {
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

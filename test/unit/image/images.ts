import type { ValueImage } from '../../../src/image/values.ts';
import { allocatePlane } from '../../../src/raster/image.ts';
import type { PixelTypeName } from '../../../src/raster/wkb.ts';

/** Least and greatest value of each pixel type; of floating-point types some that need all their digits. */
export const RANGES: Readonly<Record<PixelTypeName, readonly [min: number, max: number]>> = {
  '1BB': [0, 1],
  '2BUI': [0, 3],
  '4BUI': [0, 15],
  '8BSI': [-128, 127],
  '8BUI': [0, 255],
  '16BSI': [-32_768, 32_767],
  '16BUI': [0, 65_535],
  '32BSI': [-2_147_483_648, 2_147_483_647],
  '32BUI': [0, 4_294_967_295],
  '32BF': [-12_345.678, 98_765.43],
  '64BF': [-1e12 / 3, 1e15 / 7],
};

/** All pixel types of PostGIS. */
export const PIXEL_TYPES: readonly PixelTypeName[] = [
  '1BB',
  '2BUI',
  '4BUI',
  '8BSI',
  '8BUI',
  '16BSI',
  '16BUI',
  '32BSI',
  '32BUI',
  '32BF',
  '64BF',
];

/** What an image shall be like. */
export interface Wish {
  readonly pixelType: PixelTypeName;
  readonly width: number;
  readonly height: number;
  readonly bands?: number;
  readonly nodata?: number;
  /** Every eleventh pixel without data. */
  readonly holes?: boolean;
}

/** An image of values over the whole range of its type; `nodata` itself does not occur among them. */
export function makeImage({ pixelType, width, height, bands = 1, nodata, holes = false }: Wish): ValueImage {
  const [min, max] = RANGES[pixelType];
  const isFraction = pixelType.endsWith('F');
  const planes = Array.from({ length: bands }, (_, band) => {
    const plane = allocatePlane(width * height, ['32BSI', '32BUI', '64BF'].includes(pixelType));
    for (let i = 0; i < plane.length; i += 1) {
      const value = min + ((Math.sin(i * 0.37 + band) + 1) / 2) * (max - min);
      // Files of whole numbers know no negative zero.
      const held = isFraction ? value : Math.round(value) + 0;
      plane[i] = held === nodata || (holes && i % 11 === 3) ? Number.NaN : held;
    }
    return plane;
  });
  return {
    width,
    height,
    grid: { originX: 500_000, originY: 5_000_000, scaleX: 10, scaleY: -10, skewX: 0, skewY: 0 },
    crs: { srid: 25_832, epsg: 25_832, proj4text: '+proj=utm +zone=32 +ellps=GRS80 +units=m +no_defs' },
    bands: planes.map((_, band) => ({ name: `b${band + 1}`, pixelType, nodata })),
    planes,
  };
}

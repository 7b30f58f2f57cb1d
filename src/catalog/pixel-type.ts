import type { PixelTypeName } from '../raster/wkb.ts';

const PIXEL_TYPES: readonly PixelTypeName[] = ['1BB', '2BUI', '4BUI', '8BSI', '8BUI', '16BSI', '16BUI', '32BSI', '32BUI', '32BF', '64BF'];

/** One of PostGIS's pixel types by its name, undefined for anything else. */
export function pixelTypeOf(name: string): PixelTypeName | undefined {
  return PIXEL_TYPES.find((type) => type === name);
}

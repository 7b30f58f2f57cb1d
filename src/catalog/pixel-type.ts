import type { PixelType } from './collection.ts';

const PIXEL_TYPES: readonly PixelType[] = ['1BB', '2BUI', '4BUI', '8BSI', '8BUI', '16BSI', '16BUI', '32BSI', '32BUI', '32BF', '64BF'];

/** One of PostGIS's pixel types by its name, undefined for anything else. */
export function pixelTypeOf(name: string): PixelType | undefined {
  return PIXEL_TYPES.find((type) => type === name);
}

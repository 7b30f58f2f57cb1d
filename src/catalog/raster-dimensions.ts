import type { Property, RasterCollection } from './collection.ts';

const SCALARS: readonly Property['jsonType'][] = ['string', 'integer', 'number', 'boolean'];

/** The columns of a table of rasters that are axes of the coverage besides space and time: all but keys and times. */
export function rasterDimensions({ properties = [], key = [], temporal }: RasterCollection): readonly Property[] {
  return properties.filter(
    ({ name, jsonType }) =>
      name !== temporal?.start && name !== temporal?.end && !key.some((column) => column.name === name) && SCALARS.includes(jsonType),
  );
}

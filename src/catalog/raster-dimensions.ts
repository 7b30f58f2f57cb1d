import type { Property, RasterCollection } from './collection.ts';

const SCALARS: readonly Property['jsonType'][] = ['string', 'integer', 'number', 'boolean'];
const NUMBERS = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric']);
const TIMES = new Set(['date', 'timestamp', 'timestamptz']);

/** The columns of a table of rasters that are axes of the coverage besides space and time: all but keys, times and bytes. */
export function rasterDimensions({ properties = [], key = [], temporal }: RasterCollection): readonly Property[] {
  return properties.filter(
    ({ name, jsonType, type }) =>
      name !== temporal?.start &&
      name !== temporal?.end &&
      type !== 'bytea' &&
      !key.some((column) => column.name === name) &&
      SCALARS.includes(jsonType),
  );
}

/** How values along a dimension are written and ordered: as numbers, as instants, else as text. */
export function dimensionKind({ type }: Property): 'number' | 'time' | 'text' {
  if (NUMBERS.has(type)) return 'number';
  return TIMES.has(type) ? 'time' : 'text';
}

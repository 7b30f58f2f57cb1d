import type { Property, RasterCollection } from '../../catalog/collection.ts';
import { rasterDimensions } from '../../catalog/raster-dimensions.ts';
import { tileLookParameters } from '../../http/params/raster/tile-parameters.ts';
import type { Drawable } from '../../services/maps/drawable.ts';
import { namedAxes, type NamedAxis } from '../../services/maps/named-axes.ts';

const STANDARD_WORDS =
  'service request version layer style format tilematrixset tilematrix tilerow tilecol tilefile infoformat infofile i j time'.split(' ');
const TAKEN = new Set([...STANDARD_WORDS, ...Object.values(tileLookParameters).map(({ name }) => name.toLowerCase())]);

/** The dimensions of a layer besides time; a column whose name means something else in a request is none. */
export function layerAxes(drawable: Drawable): readonly NamedAxis[] {
  return namedAxes(drawable).filter(({ name }) => !TAKEN.has(name.toLowerCase()));
}

/** The columns of a layer that a request may name as dimensions. */
export function axisColumns(collection: RasterCollection): readonly Property[] {
  return rasterDimensions(collection).filter(({ name }) => !TAKEN.has(name.toLowerCase()));
}

import type { AxisSubset } from '../../../base/subset.ts';
import type { RasterCollection } from '../../../catalog/collection.ts';
import { rasterDimensions } from '../../../catalog/raster-dimensions.ts';
import type { Parameter } from '../../parameter.ts';
import type { ResourceParameters } from '../../route.ts';

/** A slice of a dimension; the class tells it from other blocks' parameters without trusting its shape. */
class Slice {
  readonly subset: AxisSubset;
  constructor(subset: AxisSubset) {
    this.subset = subset;
  }
}

const perCollection = new WeakMap<RasterCollection, readonly Parameter<unknown>[]>();

/** One query parameter for each further column of a table of rasters: only rows that have this value. */
export function dimensionParameters(find: (collectionId: string) => RasterCollection | undefined): ResourceParameters {
  return {
    of(path) {
      const collection = find(path['collectionId'] ?? '');
      if (collection === undefined) return [];
      const made =
        perCollection.get(collection) ?? rasterDimensions(collection).map(({ name, jsonType }) => sliceParameter(name, jsonType));
      perCollection.set(collection, made);
      return made;
    },
    listed: () => [],
  };
}

/** The slices among a request's further parameters. */
export function slicesOf(further: ReadonlyMap<string, unknown>): readonly AxisSubset[] {
  return [...further.values()].flatMap((value) => (value instanceof Slice ? [value.subset] : []));
}

function sliceParameter(name: string, type: string): Parameter<unknown> {
  return {
    name,
    in: 'query',
    doc: `Only rows whose ${name} is this.`,
    schema: { type },
    parse: (raw) => (raw === undefined ? undefined : new Slice({ axis: name, low: raw })),
  };
}

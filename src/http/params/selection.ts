import type { Parameter } from '../parameter.ts';
import { collectionsParameter } from './collections.ts';
import { pathText } from './path.ts';

/** The parameters that say whose tiles are meant: a path variable or, for the dataset, a query parameter. */
export function selectionParameters(kind: { readonly isDataset: boolean; readonly maxCollections: number }): {
  readonly selected?: Parameter<readonly string[] | undefined>;
  readonly collectionId?: Parameter<string>;
} {
  if (kind.isDataset) return { selected: collectionsParameter(kind.maxCollections) };
  return { collectionId: pathText('collectionId', 'Id of the collection.') };
}

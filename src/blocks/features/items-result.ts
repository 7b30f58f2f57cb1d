import type { Link } from '../../base/link.ts';
import type { Collection } from '../../catalog/collection.ts';
import type { FeaturePage, PageTotals } from '../../services/features/feature-query.ts';

/** A page of features with the links that only the request can tell. */
export interface ItemsResult {
  readonly collection: Collection;
  readonly page: FeaturePage;
  readonly timeStamp: string;
  links(totals: PageTotals): readonly Link[];
}

import type { Link } from '../../base/link.ts';
import type { Collection } from '../../catalog/collection.ts';

/** One feature: the text that the database wrote, without its closing brace, and its links. */
export interface ItemResult {
  readonly collection: Collection;
  readonly featureId: string;
  readonly text: string;
  readonly links: readonly Link[];
}

import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { FeatureService } from '../../services/features/feature-service.ts';

/** What the collection resources work with. */
export interface CollectionParts {
  readonly collections: CollectionService;
  readonly features: FeatureService;
}

import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { FeatureService } from '../../services/features/feature-service.ts';

/** What the feature resources work with. */
export interface FeatureParts {
  readonly collections: CollectionService;
  readonly features: FeatureService;
}

import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { ValueCrsOf } from '../../services/crs/value-crs.ts';
import type { FeatureService } from '../../services/features/feature-service.ts';
import type { RasterRowService } from '../../services/raster-rows/raster-row-service.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';

/** What the feature resources work with. */
export interface FeatureParts {
  readonly collections: CollectionService;
  readonly features: FeatureService;
  /** Rows of raster tables: their outlines are features too. */
  readonly rasterRows: RasterRowService;
  readonly rasters: RasterService;
  readonly valueCrs: ValueCrsOf;
}

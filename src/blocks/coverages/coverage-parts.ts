import type { ClipService } from '../../services/clips/clip-service.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { CrsService } from '../../services/crs/crs-service.ts';
import type { ValueCrsOf } from '../../services/crs/value-crs.ts';
import type { DimensionService } from '../../services/maps/dimension-service.ts';
import type { DrawableService } from '../../services/maps/drawable-service.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';

/** What the coverage resources work with. */
export interface CoverageParts {
  readonly collections: CollectionService;
  readonly clips: ClipService;
  readonly crs: CrsService;
  readonly valueCrs: ValueCrsOf;
  readonly dimensions: DimensionService;
  readonly drawables: DrawableService;
  readonly rasters: RasterService;
}

import type { ClipService } from '../../services/clips/clip-service.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { CrsService } from '../../services/crs/crs-service.ts';
import type { ValueCrsOf } from '../../services/crs/value-crs.ts';
import type { LegendService } from '../../services/legends/legend-service.ts';
import type { StatisticsService } from '../../services/raster-statistics/statistics-service.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';
import type { ProfileService } from '../../services/raster-statistics/profile-service.ts';

/** What the operations on rasters are built on. */
export interface OperationParts {
  readonly clips: ClipService;
  readonly collections: CollectionService;
  readonly rasters: RasterService;
  readonly statistics: StatisticsService;
  readonly profiles: ProfileService;
  readonly legends: LegendService;
  readonly crs: CrsService;
  readonly valueCrs: ValueCrsOf;
}

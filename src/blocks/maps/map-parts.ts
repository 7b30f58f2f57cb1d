import type { ClipService } from '../../services/clips/clip-service.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { DatasetExtent } from '../../services/collections/dataset-extent.ts';
import type { CrsService } from '../../services/crs/crs-service.ts';
import type { ValueCrsOf } from '../../services/crs/value-crs.ts';
import type { DimensionService } from '../../services/maps/dimension-service.ts';
import type { DrawableService } from '../../services/maps/drawable-service.ts';
import type { MapService } from '../../services/maps/map-service.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';

/** What the map resources work with. */
export interface MapParts {
  readonly collections: CollectionService;
  readonly clips: ClipService;
  readonly dataset: DatasetExtent;
  readonly dimensions: DimensionService;
  readonly crs: CrsService;
  readonly drawables: DrawableService;
  readonly maps: MapService;
  readonly rasters: RasterService;
  readonly valueCrs: ValueCrsOf;
}

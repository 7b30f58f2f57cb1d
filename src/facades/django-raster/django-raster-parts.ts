import type { ClipService } from '../../services/clips/clip-service.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { DimensionService } from '../../services/maps/dimension-service.ts';
import type { DrawableService } from '../../services/maps/drawable-service.ts';
import type { CrsService } from '../../services/crs/crs-service.ts';
import type { ValueCrsOf } from '../../services/crs/value-crs.ts';
import type { LegendService } from '../../services/legends/legend-service.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';

/** What answers in the words of django-raster. */
export interface DjangoRasterParts {
  readonly collections: CollectionService;
  readonly rasters: RasterService;
  readonly clips: ClipService;
  readonly crs: CrsService;
  readonly dimensions: DimensionService;
  readonly drawables: DrawableService;
  readonly tilesets: TilesetService;
  readonly valueCrs: ValueCrsOf;
  readonly legends: LegendService;
}

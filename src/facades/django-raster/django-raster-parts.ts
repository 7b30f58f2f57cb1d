import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';

/** What answers in the words of django-raster. */
export interface DjangoRasterParts {
  readonly collections: CollectionService;
  readonly rasters: RasterService;
  readonly tilesets: TilesetService;
}

import type { Contact } from '../../base/contact.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { CrsService } from '../../services/crs/crs-service.ts';
import type { ClipService } from '../../services/clips/clip-service.ts';
import type { DimensionService } from '../../services/maps/dimension-service.ts';
import type { DrawableService } from '../../services/maps/drawable-service.ts';
import type { MapService } from '../../services/maps/map-service.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';

/** What the service shows: whatever can be drawn, who draws it, and the sets by which it is cut. */
export interface WmtsParts {
  readonly contact: Contact;
  readonly clips: ClipService;
  readonly crs: CrsService;
  readonly collections: CollectionService;
  readonly dimensions: DimensionService;
  readonly drawables: DrawableService;
  readonly rasters: RasterService;
  readonly maps: MapService;
  readonly tilesets: TilesetService;
}

import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';
import type { VectorTileService } from '../../services/vector-tiles/vector-tile-service.ts';

/** What the tile resources work with. */
export interface TileParts {
  readonly collections: CollectionService;
  readonly tilesets: TilesetService;
  readonly vectorTiles: VectorTileService;
  readonly rasters: RasterService;
}

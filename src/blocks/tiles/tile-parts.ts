import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { RasterMapService } from '../../services/raster-maps/raster-map-service.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';
import type { VectorTileService } from '../../services/vector-tiles/vector-tile-service.ts';

/** What the tile resources work with. */
export interface TileParts {
  readonly collections: CollectionService;
  readonly tilesets: TilesetService;
  readonly vectorTiles: VectorTileService;
  readonly rasterMaps: RasterMapService;
}

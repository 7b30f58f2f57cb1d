import type { ClipService } from '../../services/clips/clip-service.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { CrsService } from '../../services/crs/crs-service.ts';
import type { ValueCrsOf } from '../../services/crs/value-crs.ts';
import type { DimensionService } from '../../services/maps/dimension-service.ts';
import type { DrawableService } from '../../services/maps/drawable-service.ts';
import type { RasterService } from '../../services/rasters/raster-service.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';
import type { VectorTileService } from '../../services/vector-tiles/vector-tile-service.ts';

/** What the tile resources work with. */
export interface TileParts {
  readonly collections: CollectionService;
  readonly tilesets: TilesetService;
  readonly vectorTiles: VectorTileService;
  readonly rasters: RasterService;
  readonly clips: ClipService;
  readonly dimensions: DimensionService;
  readonly drawables: DrawableService;
  readonly crs: CrsService;
  readonly valueCrs: ValueCrsOf;
}

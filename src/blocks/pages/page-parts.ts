import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';
import type { TilesetViewService } from '../../services/tilesets/tileset-view.ts';

/** What the pages show. */
export interface PageParts {
  readonly collections: CollectionService;
  readonly tilesets: TilesetService;
  readonly views: TilesetViewService;
  readonly version: string;
}

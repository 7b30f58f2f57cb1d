import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { DrawableService } from '../../services/maps/drawable-service.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';

/** What the pages work with. */
export interface PageParts {
  readonly collections: CollectionService;
  readonly tilesets: TilesetService;
  readonly drawables: DrawableService;
  /** Version of the program. */
  readonly version: string;
}

import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { TilesetService } from '../../services/tilesets/tileset-service.ts';

/** What the pages work with. */
export interface PageParts {
  readonly collections: CollectionService;
  readonly tilesets: TilesetService;
  /** Version of the program. */
  readonly version: string;
}

import { MEDIA } from '../../base/media-type.ts';
import type { Collection } from '../../catalog/collection.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import { MAX_COLLECTIONS, selectCollections, selectRasters } from './select-collections.ts';

/** One family of tilesets: whose tiles, of which kind, under which path. */
export interface TilesetKind {
  /** `tiles.dataset.vector`: with `.getTile` and so on the operation ids that OGC 20-057 wants. */
  readonly routeId: string;
  readonly path: string;
  readonly dataType: 'vector' | 'map' | 'coverage';
  readonly isDataset: boolean;
  /** Collections that one tile can show. */
  readonly maxCollections: number;
  readonly title: string;
  /** Media types of the tiles by `f` key, the default first. */
  readonly formats: readonly (readonly [f: string, mediaType: string])[];
  /** The collections whose data the tiles hold. @throws AppError NOT_FOUND, INVALID_PARAMETER */
  collections(service: CollectionService, input: TilesetInput): readonly Collection[];
}

/** What selects the collections of a tileset. */
export interface TilesetInput {
  /** Of a collection's own tiles. */
  readonly collectionId?: string;
  /** Ids of the `collections` parameter of dataset tiles. */
  readonly selected?: readonly string[] | undefined;
}

const MAP_FORMATS = [
  ['png', MEDIA.png],
  ['jpeg', MEDIA.jpeg],
  ['webp', MEDIA.webp],
] as const;

/** Every family that is served. Order: as documented. */
export const TILESETS: readonly TilesetKind[] = [
  {
    routeId: 'tiles.dataset.vector',
    path: '/tiles',
    dataType: 'vector',
    isDataset: true,
    maxCollections: MAX_COLLECTIONS,
    title: 'Vector tiles of everything',
    formats: [['mvt', MEDIA.mvt]],
    collections: (service, { selected }) => selectCollections(service, selected),
  },
  {
    routeId: 'tiles.collection.vector',
    path: '/collections/{collectionId}/tiles',
    dataType: 'vector',
    isDataset: false,
    maxCollections: 1,
    title: 'Vector tiles',
    formats: [['mvt', MEDIA.mvt]],
    collections: (service, { collectionId = '' }) => [service.vector(collectionId)],
  },
  {
    routeId: 'tiles.dataset.map',
    path: '/map/tiles',
    dataType: 'map',
    isDataset: true,
    maxCollections: MAX_COLLECTIONS,
    title: 'Map tiles of everything',
    formats: MAP_FORMATS,
    collections: (service, { selected }) => selectRasters(service, selected),
  },
  {
    routeId: 'tiles.collection.map',
    path: '/collections/{collectionId}/map/tiles',
    dataType: 'map',
    isDataset: false,
    maxCollections: 1,
    title: 'Map tiles',
    formats: MAP_FORMATS,
    collections: (service, { collectionId = '' }) => [service.raster(collectionId)],
  },
];

/** The tiles of numbers of rasters; no map shows them as they are. */
export const COVERAGE_TILESET: TilesetKind = {
  routeId: 'tiles.collection.coverage',
  path: '/collections/{collectionId}/coverage/tiles',
  dataType: 'coverage',
  isDataset: false,
  maxCollections: 1,
  title: 'Coverage tiles',
  formats: [['geotiff', MEDIA.geotiff]],
  collections: (service, { collectionId = '' }) => [service.raster(collectionId)],
};

/** The family of a route id prefix. @throws Error when there is none: a mistake of ours */
export function tilesetKind(routeId: string): TilesetKind {
  const found = TILESETS.find((kind) => kind.routeId === routeId);
  if (found === undefined) throw new Error(`No tilesets ${routeId}`);
  return found;
}

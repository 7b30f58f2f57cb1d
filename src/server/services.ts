import type { Observe } from '../base/event.ts';
import type { Catalog, Facts } from '../catalog/catalog.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../db/database.ts';
import { createCrsDefinitions } from '../catalog/crs-definitions.ts';
import { createCollectionService } from '../services/collections/collection-service.ts';
import type { CollectionService } from '../services/collections/collection-service.ts';
import { createDatasetExtent } from '../services/collections/dataset-extent.ts';
import type { DatasetExtent } from '../services/collections/dataset-extent.ts';
import { createClipService } from '../services/clips/clip-service.ts';
import type { ClipService } from '../services/clips/clip-service.ts';
import { createCrsService } from '../services/crs/crs-service.ts';
import type { CrsService } from '../services/crs/crs-service.ts';
import { createValueCrs } from '../services/crs/value-crs.ts';
import type { ValueCrsOf } from '../services/crs/value-crs.ts';
import { createFeatureService } from '../services/features/feature-service.ts';
import type { FeatureService } from '../services/features/feature-service.ts';
import { createLegendService, type LegendService } from '../services/legends/legend-service.ts';
import { createDimensionService } from '../services/maps/dimension-service.ts';
import type { DimensionService } from '../services/maps/dimension-service.ts';
import { createDrawableService } from '../services/maps/drawable-service.ts';
import type { DrawableService } from '../services/maps/drawable-service.ts';
import { createMapService } from '../services/maps/map-service.ts';
import type { MapService } from '../services/maps/map-service.ts';
import { createProfileService, type ProfileService } from '../services/raster-statistics/profile-service.ts';
import { createStatisticsService, type StatisticsService } from '../services/raster-statistics/statistics-service.ts';
import { createRasterRowService } from '../services/raster-rows/raster-row-service.ts';
import type { RasterRowService } from '../services/raster-rows/raster-row-service.ts';
import { createRasterService } from '../services/rasters/raster-service.ts';
import type { RasterService } from '../services/rasters/raster-service.ts';
import { withNamedColorMaps } from '../services/rasters/named-color-maps.ts';
import { createReferences } from '../services/rasters/references.ts';
import { createTileCrsBox } from '../services/tilesets/tile-crs-box.ts';
import { createTilesetService } from '../services/tilesets/tileset-service.ts';
import type { TilesetService } from '../services/tilesets/tileset-service.ts';
import { createTilesetViewService } from '../services/tilesets/tileset-view.ts';
import type { TilesetViewService } from '../services/tilesets/tileset-view.ts';
import { createVectorTileService } from '../services/vector-tiles/vector-tile-service.ts';
import type { VectorTileService } from '../services/vector-tiles/vector-tile-service.ts';
import type { Registry } from '../tms/registry.ts';

/** Every use case that blocks and facades are built on. */
export interface Services {
  readonly collections: CollectionService;
  readonly dataset: DatasetExtent;
  readonly features: FeatureService;
  readonly vectorTiles: VectorTileService;
  readonly rasters: RasterService;
  readonly statistics: StatisticsService;
  readonly profiles: ProfileService;
  readonly legends: LegendService;
  readonly dimensions: DimensionService;
  readonly drawables: DrawableService;
  readonly maps: MapService;
  readonly clips: ClipService;
  readonly rasterRows: RasterRowService;
  readonly crs: CrsService;
  readonly valueCrs: ValueCrsOf;
  readonly tilesets: TilesetService;
  readonly views: TilesetViewService;
}

/** What the services stand on. */
export interface ServiceGround {
  readonly database: Database;
  readonly registry: Registry;
  readonly facts: Facts;
  readonly observe: Observe;
  readonly config: Pick<Config, 'blockCacheBytes' | 'maxPixels'>;
  catalog(): Catalog;
}

/** Wires the services to database and catalogue. */
export function createServices(ground: ServiceGround): Services {
  const { database, registry, observe, config } = ground;
  const { blockCacheBytes, maxPixels } = config;
  const collections = createCollectionService(ground);
  const references = createReferences(database);
  const toTileCrs = createTileCrsBox(references);
  const tilesets = createTilesetService({ registry, collections, toTileCrs });
  const rasters = withNamedColorMaps(
    createRasterService({ database, observe, references, blockCacheBytes, limits: { maxPixels } }),
    (name) => ground.catalog().legends.get(name)?.colorMap,
  );
  const crs = createCrsService({ definitions: createCrsDefinitions(database), references });
  return {
    collections,
    dataset: createDatasetExtent({ ...ground, now: Date.now }),
    features: createFeatureService({ database }),
    vectorTiles: createVectorTileService({ database, observe }),
    rasters,
    statistics: createStatisticsService(rasters, references),
    profiles: createProfileService(rasters, references),
    legends: createLegendService(rasters, () => ground.catalog().legends),
    dimensions: createDimensionService(ground),
    drawables: createDrawableService({ database, collections, now: Date.now }),
    maps: createMapService({ rasters, references }),
    clips: createClipService({ database, collections }),
    crs,
    rasterRows: createRasterRowService({ database, crs }),
    valueCrs: createValueCrs(database),
    tilesets,
    views: createTilesetViewService({ collections, tilesets }),
  };
}

import type * as principal from '../../src/base/principal.ts';
import type * as sql from '../../src/base/sql.ts';
import type * as discover from '../../src/catalog/discover.ts';
import type * as openColumns from '../../src/catalog/open-columns.ts';
import type * as privateCluster from '../../src/cluster/private-cluster.ts';
import type * as readConfig from '../../src/config/read-config.ts';
import type * as openDatabase from '../../src/db/open-database.ts';
import type * as decode from '../../src/image/decode.ts';
import type * as encode from '../../src/image/encode.ts';
import type * as pageStatement from '../../src/services/features/page-statement.ts';
import type * as decodeRow from '../../src/services/rasters/decode-row.ts';
import type * as placement from '../../src/services/rasters/placement.ts';
import type * as rasterService from '../../src/services/rasters/raster-service.ts';
import type * as references from '../../src/services/rasters/references.ts';
import type * as targets from '../../src/services/rasters/targets.ts';
import type * as vectorTileService from '../../src/services/vector-tiles/vector-tile-service.ts';
import type * as registry from '../../src/tms/registry.ts';

/** Modules of the built program that benches look into. */
interface Modules {
  readonly 'base/principal.js': typeof principal;
  readonly 'base/sql.js': typeof sql;
  readonly 'catalog/discover.js': typeof discover;
  readonly 'catalog/open-columns.js': typeof openColumns;
  readonly 'cluster/private-cluster.js': typeof privateCluster;
  readonly 'config/read-config.js': typeof readConfig;
  readonly 'db/open-database.js': typeof openDatabase;
  readonly 'image/decode.js': typeof decode;
  readonly 'image/encode.js': typeof encode;
  readonly 'services/features/page-statement.js': typeof pageStatement;
  readonly 'services/rasters/decode-row.js': typeof decodeRow;
  readonly 'services/rasters/placement.js': typeof placement;
  readonly 'services/rasters/raster-service.js': typeof rasterService;
  readonly 'services/rasters/references.js': typeof references;
  readonly 'services/rasters/targets.js': typeof targets;
  readonly 'services/vector-tiles/vector-tile-service.js': typeof vectorTileService;
  readonly 'tms/registry.js': typeof registry;
}

/**
 * A module of `dist/`: the very code that the measured server runs. A copy compiled beside the benches would look for
 * `sql/` and `schemas/` in the wrong place.
 */
export async function built<K extends keyof Modules>(path: K): Promise<Modules[K]> {
  const module: Modules[K] = await import(new URL(`../../../dist/${path}`, import.meta.url).href);
  return module;
}

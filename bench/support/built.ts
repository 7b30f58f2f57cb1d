/** Modules of the built program that benches look into. */
interface Modules {
  readonly 'base/principal.js': typeof import('../../src/base/principal.ts');
  readonly 'base/sql.js': typeof import('../../src/base/sql.ts');
  readonly 'catalog/discover.js': typeof import('../../src/catalog/discover.ts');
  readonly 'catalog/open-columns.js': typeof import('../../src/catalog/open-columns.ts');
  readonly 'cluster/private-cluster.js': typeof import('../../src/cluster/private-cluster.ts');
  readonly 'config/read-config.js': typeof import('../../src/config/read-config.ts');
  readonly 'db/open-database.js': typeof import('../../src/db/open-database.ts');
  readonly 'image/decode.js': typeof import('../../src/image/decode.ts');
  readonly 'image/encode.js': typeof import('../../src/image/encode.ts');
  readonly 'services/features/page-statement.js': typeof import('../../src/services/features/page-statement.ts');
  readonly 'services/raster-maps/placement.js': typeof import('../../src/services/raster-maps/placement.ts');
  readonly 'services/raster-maps/raster-map-service.js': typeof import('../../src/services/raster-maps/raster-map-service.ts');
  readonly 'services/raster-maps/references.js': typeof import('../../src/services/raster-maps/references.ts');
  readonly 'services/raster-maps/render.js': typeof import('../../src/services/raster-maps/render.ts');
  readonly 'services/vector-tiles/vector-tile-service.js': typeof import('../../src/services/vector-tiles/vector-tile-service.ts');
  readonly 'tms/registry.js': typeof import('../../src/tms/registry.ts');
}

/**
 * A module of `dist/`: the very code that the measured server runs. A copy compiled beside the benches would look for
 * `sql/` and `schemas/` in the wrong place.
 */
export async function built<K extends keyof Modules>(path: K): Promise<Modules[K]> {
  const module: Modules[K] = await import(new URL(`../../../dist/${path}`, import.meta.url).href);
  return module;
}

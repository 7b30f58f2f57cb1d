import type { Catalog } from '../../src/catalog/catalog.ts';
import type { RasterCollection, VectorCollection } from '../../src/catalog/collection.ts';
import type { Database } from '../../src/db/database.ts';
import { built } from './built.ts';

/** A database as the server sees it. */
export interface Discovered {
  readonly database: Database;
  readonly catalog: Catalog;
  raster(id: string): RasterCollection;
  vector(id: string): VectorCollection;
}

/** Connects and discovers as the server does. */
export async function openDiscovered(url: string): Promise<Discovered> {
  const { readConfig } = await built('config/read-config.js');
  const { openDatabase } = await built('db/open-database.js');
  const { discover } = await built('catalog/discover.js');
  const { createSampleMemory } = await built('catalog/open-columns.js');
  const config = readConfig({ flags: { database: url }, env: { HOME: '/nonexistent' } });
  if (config.database === undefined) throw new Error(`${url} names no database`);
  const limits = { poolSize: 2, statementTimeoutMs: 60_000, streamLimitMs: 60_000 };
  const database = await openDatabase({ connection: config.database.connection, ...limits, observe: () => undefined });
  const selection = { include: [], exclude: [], nonSpatialTables: false };
  const { catalog } = await discover(database, selection, createSampleMemory(), new AbortController().signal);
  return {
    database,
    catalog,
    raster(id) {
      const found = catalog.collections.get(id);
      return found?.kind === 'raster' ? found : fail(id);
    },
    vector(id) {
      const found = catalog.collections.get(id);
      return found?.kind === 'vector' ? found : fail(id);
    },
  };
}

function fail(id: string): never {
  throw new Error(`There is no collection ${id} of this kind`);
}

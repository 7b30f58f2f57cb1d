import { ANONYMOUS } from '../../src/base/principal.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import type { VectorCollection } from '../../src/catalog/collection.ts';
import { discover } from '../../src/catalog/discover.ts';
import { createSampleMemory } from '../../src/catalog/open-columns.ts';
import type { DatabaseConnection } from '../../src/config/connection.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';

/** A database with what was found in it, for tests of services without HTTP. */
export interface Discovered {
  readonly database: Database;
  readonly catalog: Catalog;
  /** A vector collection by id; throws when there is none. */
  vector(id: string): VectorCollection;
}

/** Nobody, with all the time in the world. */
export const CONTEXT = { signal: new AbortController().signal, principal: ANONYMOUS } as const;

/** Connects and discovers as the server would. */
export async function openDiscovered(connection: DatabaseConnection): Promise<Discovered> {
  const database = await openDatabase({
    connection,
    poolSize: 4,
    statementTimeoutMs: 20_000,
    streamLimitMs: 60_000,
    observe: () => undefined,
  });
  const { catalog } = await discover(database, { include: [], exclude: [], nonSpatialTables: false }, createSampleMemory(), CONTEXT.signal);
  return {
    database,
    catalog,
    vector(id) {
      const found = catalog.collections.get(id);
      if (found?.kind !== 'vector') throw new Error(`There is no vector collection ${id}`);
      return found;
    },
  };
}

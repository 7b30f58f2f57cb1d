import { ANONYMOUS } from '../../src/base/principal.ts';
import { findCollection, type Catalog } from '../../src/catalog/catalog.ts';
import type { RasterCollection } from '../../src/catalog/collection.ts';
import { discover } from '../../src/catalog/discover.ts';
import { createSampleMemory } from '../../src/catalog/open-columns.ts';
import type { Database, Row } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import type { TestDatabase } from './database.ts';

/** The tables of a test database as services see them. */
export interface RasterTables {
  readonly database: Database;
  readonly catalog: Catalog;
  /** @throws Error that names what is there */
  raster(id: string): RasterCollection;
  close(): Promise<void>;
}

/** Connects as a reader and discovers; `onBlocks` is told the rows of every statement that asks for blocks. */
export async function openRasterTables(
  source: TestDatabase,
  onBlocks: (rows: readonly Row[]) => void = () => undefined,
): Promise<RasterTables> {
  const limits = { poolSize: 4, statementTimeoutMs: 30_000, streamLimitMs: 60_000 };
  const opened = await openDatabase({ connection: source.reader, ...limits, observe: () => undefined });
  const signal = AbortSignal.timeout(60_000);
  const selection = { include: [], exclude: [], nonSpatialTables: false };
  const { catalog } = await discover(opened, selection, createSampleMemory(), signal);
  return {
    database: listening(opened, onBlocks),
    catalog,
    raster(id) {
      const found = findCollection(catalog, id);
      if (found?.kind !== 'raster') throw new Error(`No raster ${id} among ${[...catalog.collections.keys()].join(' ')}`);
      return found;
    },
    close: () => opened.close(),
  };
}

/** For services that are asked without a request. */
export const TEST_CONTEXT = { signal: AbortSignal.timeout(120_000), principal: ANONYMOUS };

function listening(opened: Database, onBlocks: (rows: readonly Row[]) => void): Database {
  return {
    ...opened,
    async rows(statement, options) {
      const rows = await opened.rows(statement, options);
      if (options.name === 'raster.blocks') onBlocks(rows);
      return rows;
    },
    async *stream(statement, options) {
      for await (const rows of opened.stream(statement, options)) {
        if (options.name === 'raster.blocks') onBlocks(rows);
        yield rows;
      }
    },
  };
}

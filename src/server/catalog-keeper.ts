import { AppError } from '../base/error.ts';
import type { Observation, Observe } from '../base/event.ts';
import type { Catalog, Facts } from '../catalog/catalog.ts';
import { createCatalogWatcher } from '../catalog/watch.ts';
import type { CatalogWatcher } from '../catalog/watch.ts';
import type { Config } from '../config/config.ts';
import type { DatabaseConnection } from '../config/connection.ts';
import type { Database } from '../db/database.ts';
import { listen } from '../db/listen.ts';
import type { Listening } from '../db/listen.ts';

/** The catalogue before, while and after it is first read, and all that makes it be read again. */
export interface CatalogKeeper {
  /** @throws AppError DATABASE_UNAVAILABLE until the first discovery is done */
  catalog(): Catalog;
  /** Undefined until the first discovery is done. */
  current(): Catalog | undefined;
  readonly facts: Facts;
  /** Listens for notices, then reads the catalogue for the first time. @throws AppError when it cannot be read */
  begin(): Promise<void>;
  refresh(): Promise<void>;
  /** Reacts to statements that met a changed table, and to the database's return. */
  readonly observe: Observe;
  close(): Promise<void>;
}

/** What a keeper works with. */
export interface KeeperParts {
  readonly database: Database;
  readonly connection: DatabaseConnection;
  readonly config: Config;
  readonly observe: Observe;
}

/** A keeper that has not read anything yet, so that the server can listen first. */
export function createCatalogKeeper({ database, connection, config, observe }: KeeperParts): CatalogKeeper {
  let watcher: CatalogWatcher | undefined;
  let listening: Listening | undefined;
  const loaded = (): CatalogWatcher => {
    if (watcher !== undefined) return watcher;
    throw new AppError('DATABASE_UNAVAILABLE', {
      detail: 'The catalogue is still being read; try again in a moment',
      headers: { 'Retry-After': '1' },
    });
  };
  const refresh = async (): Promise<void> => watcher?.refresh();
  return {
    catalog: () => loaded().current(),
    current: () => watcher?.current(),
    facts: {
      extent: async (collection, signal) => loaded().facts.extent(collection, signal),
      known: (collection) => loaded().facts.known(collection),
      learn: async (collection) => loaded().facts.learn(collection),
    },
    async begin() {
      let missed = false;
      const again = (): void => {
        missed = watcher === undefined;
        void refresh();
      };
      if (!database.pooled) {
        // Before the catalogue is read, so that no change falls between reading and listening.
        listening = listen({ connection, channels: ['graticule'], notified: again, resumed: again, observe });
        await listening.begun;
      }
      watcher = await createCatalogWatcher({ database, config, observe });
      if (missed) await refresh();
    },
    refresh,
    observe(observation: Observation) {
      if (observation.kind === 'db.drift') watcher?.drifted();
      if (observation.kind === 'db.back') void refresh();
    },
    async close() {
      await listening?.close();
      watcher?.close();
    },
  };
}

import type { Observe } from '../base/event.ts';
import type { Config } from '../config/config.ts';
import type { DatabaseConnection } from '../config/connection.ts';
import type { Database } from '../db/database.ts';
import { openDatabase } from '../db/open-database.ts';
import { fanOut } from '../observe/fan-out.ts';
import { createLog } from '../observe/log.ts';
import { createMetrics } from '../observe/metrics.ts';
import type { Metrics } from '../observe/metrics.ts';
import { createAdmin } from './admin.ts';
import { createApp } from './app.ts';
import type { App } from './app.ts';
import { listBlocks } from './blocks.ts';
import { createCatalogKeeper } from './catalog-keeper.ts';
import type { CatalogKeeper } from './catalog-keeper.ts';
import { compose } from './compose.ts';
import { openListeners } from './listeners.ts';
import type { ServerUrls } from './listeners.ts';
import { packageVersion } from './package-version.ts';
import { readRegistry } from './read-registry.ts';
import { createServices } from './services.ts';

/** What a server is started with. */
export interface StartOptions {
  readonly config: Config;
  readonly connection: DatabaseConnection;
  /** Told while the database is not up yet. */
  readonly onTry?: (message: string) => void;
  /** Takes the lines of the log instead of standard error. */
  readonly writeLog?: (line: string) => void;
}

/** A server that listens and has its catalogue. */
export interface RunningServer {
  readonly urls: ServerUrls;
  /** Where it listens, whatever URL is public. */
  readonly port: number;
  /** Looks at the database's catalogue again at once. */
  refresh(): Promise<void>;
  /** Stops taking requests, lets those in flight end, closes the database. */
  close(): Promise<void>;
}

const TITLE = 'Graticule';
const DESCRIPTION = 'Every table of this PostGIS database, vector and raster, by the standards of the OGC.';
/**
 * Opens the database, listens at once, then reads the catalogue: until that is done requests are told to come back.
 * @throws PortTakenError; AppError DATABASE_UNAVAILABLE when the database does not come up
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { config, connection, writeLog } = options;
  const metrics = createMetrics();
  const relay = createRelay();
  const observe = fanOut(
    createLog({ level: config.logLevel, ...(writeLog === undefined ? {} : { write: writeLog }) }),
    metrics.observe,
    relay.observe,
  );
  const database = await open(options, { observe, metrics });
  const keeper = createCatalogKeeper({ database, connection, config, observe });
  const draining = { now: false };
  try {
    const app = await assemble({ config, database, keeper, observe });
    relay.connect(keeper.observe, dropChanged(app));
    const isDatabaseAvailable = (): boolean => database.available;
    const admin = { metrics, version: packageVersion(), catalog: keeper.current, isDatabaseAvailable, isDraining: () => draining.now };
    const listeners = await openListeners({ config, create: app.createServer, createAdmin: () => createAdmin(admin) });
    const close = async (): Promise<void> => {
      draining.now = true;
      app.beginDrain();
      await keeper.close();
      await listeners.drain();
      await database.close();
    };
    await keeper.begin().catch(async (error: unknown) => {
      await listeners.drain();
      throw error;
    });
    return { urls: listeners.urls, port: listeners.port, refresh: keeper.refresh, close };
  } catch (error) {
    await keeper.close();
    await database.close();
    throw error;
  }
}

async function open(
  options: StartOptions,
  { observe, metrics }: { readonly observe: Observe; readonly metrics: Metrics },
): Promise<Database> {
  const { connection, onTry } = options;
  const { poolSize, statementTimeoutMs, streamLimitMs } = options.config;
  const limits = { poolSize, statementTimeoutMs, streamLimitMs };
  const database = await openDatabase({ connection, observe, ...limits, ...(onTry === undefined ? {} : { onTry }) });
  metrics.watch({
    name: 'db_client_connection_count',
    help: 'Database connections by state, and statements that wait for one',
    label: 'state',
    read: () => database.connections,
  });
  return database;
}

interface Ground {
  readonly config: Config;
  readonly database: Database;
  readonly keeper: CatalogKeeper;
  readonly observe: Observe;
}

/** Services, blocks and the application over them. */
async function assemble({ config, database, keeper, observe }: Ground): Promise<App> {
  const registry = await readRegistry(config.tileMatrixSetFiles);
  const services = createServices({ database, registry, observe, config, catalog: keeper.catalog, facts: keeper.facts });
  const composition = compose(
    listBlocks(services, { title: TITLE, description: DESCRIPTION, version: packageVersion(), contact: config.contact }),
  );
  return createApp({ config, composition, serviceTitle: TITLE, observe, isDatabaseAvailable: () => database.available });
}

function dropChanged(app: App): Observe {
  return (event) => {
    if (event.kind === 'catalog.changed') app.cache.drop([...event.added, ...event.changed, ...event.removed]);
  };
}

/** Passes observations on to observers that can only be made once others exist. */
function createRelay(): { readonly observe: Observe; connect(...observers: readonly Observe[]): void } {
  const connected: Observe[] = [];
  return {
    observe: (observation) => connected.forEach((observer) => observer(observation)),
    connect: (...observers) => void connected.push(...observers),
  };
}

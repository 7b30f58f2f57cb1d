import type { Server } from 'node:http';
import { AppError } from '../base/error.ts';
import type { Observation, Observe } from '../base/event.ts';
import type { Facts } from '../catalog/catalog.ts';
import { createCatalogWatcher } from '../catalog/watch.ts';
import type { CatalogWatcher } from '../catalog/watch.ts';
import type { Config } from '../config/config.ts';
import type { DatabaseConnection } from '../config/connection.ts';
import { listen } from '../db/listen.ts';
import { openDatabase } from '../db/open-database.ts';
import { fanOut } from '../observe/fan-out.ts';
import { createLog } from '../observe/log.ts';
import { createMetrics } from '../observe/metrics.ts';
import { createAdmin } from './admin.ts';
import { createApp } from './app.ts';
import { listBlocks } from './blocks.ts';
import { compose } from './compose.ts';
import { listenOn } from './listen.ts';
import { packageVersion } from './package-version.ts';
import { readRegistry } from './read-registry.ts';
import { createServices } from './services.ts';

/** What a server is started with. */
export interface StartOptions {
  readonly config: Config;
  readonly connection: DatabaseConnection;
  /** Told while the database is not up yet. */
  readonly onTry?: (message: string) => void;
}

/** A server that listens and has its catalogue. */
export interface RunningServer {
  readonly urls: {
    readonly root: string;
    readonly viewer: string;
    readonly api: string;
    readonly admin: string;
  };
  /** Looks at the database's catalogue again at once. */
  refresh(): Promise<void>;
  /** Stops taking requests, lets those in flight end, closes the database. */
  close(): Promise<void>;
}

const TITLE = 'Graticule';
const DESCRIPTION = 'Every table of this PostGIS database, vector and raster, by the standards of the OGC.';
/**
 * How long a statement waits for a connection. The queue is bounded by admission, which sheds at once; a short wait here
 * would turn a map's burst of slow tiles into holes, for map clients do not ask again after a 503.
 */
const CONNECTION_WAIT_MS = 10_000;
/** Requests in flight have this long to end when the server stops. */
const DRAIN_MS = 10_000;

/**
 * Opens the database, listens at once, then reads the catalogue: until that is done requests are told to come back.
 * @throws PortTakenError; AppError DATABASE_UNAVAILABLE when the database does not come up
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { config, connection } = options;
  const metrics = createMetrics();
  const late = createLateObservers();
  const observe = fanOut(createLog({ level: config.logLevel }), metrics.observe, late.observe);
  const registry = await readRegistry(config.tileMatrixSetFiles);
  const { poolSize, statementTimeoutMs, streamLimitMs } = config;
  const waiting = options.onTry === undefined ? {} : { onTry: options.onTry };
  const database = await openDatabase({
    connection,
    poolSize,
    statementTimeoutMs,
    streamLimitMs,
    observe,
    waitLimitMs: CONNECTION_WAIT_MS,
    ...waiting,
  });
  const state: { watcher: CatalogWatcher | undefined; draining: boolean } = {
    watcher: undefined,
    draining: false,
  };
  const service = { title: TITLE, description: DESCRIPTION, version: packageVersion() };
  const services = createServices({
    database,
    registry,
    observe,
    catalog: () => loaded(state.watcher).current(),
    facts: lateFacts(() => state.watcher),
  });
  const composition = compose(listBlocks(services, service));
  const isDatabaseAvailable = (): boolean => database.available;
  const parts = { config, composition, serviceTitle: service.title, observe, isDatabaseAvailable };
  const app = createApp(parts);
  const admin = {
    metrics,
    version: service.version,
    catalog: () => state.watcher?.current(),
    isDatabaseAvailable,
    isDraining: () => state.draining,
  };
  const open = await openListeners({
    config,
    create: app.createServer,
    createAdminServer: () => createAdmin(admin),
  }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const stop = async (): Promise<void> => {
    state.draining = true;
    app.beginDrain();
    state.watcher?.close();
    await drain(open.servers);
    await database.close();
  };
  try {
    state.watcher = await createCatalogWatcher({ database, config, observe });
  } catch (error) {
    await stop();
    throw error;
  }
  const { watcher } = state;
  late.add((event) => {
    if (event.kind === 'db.drift') watcher.drifted();
    if (event.kind === 'catalog.changed') app.cache.drop([...event.added, ...event.changed, ...event.removed]);
  });
  const listening = database.pooled
    ? undefined
    : listen({
        connection,
        channels: ['graticule'],
        notified: () => void watcher.refresh(),
        resumed: () => void watcher.refresh(),
        observe,
      });
  return {
    urls: open.urls,
    refresh: () => watcher.refresh(),
    async close() {
      await listening?.close();
      await stop();
    },
  };
}

interface Listeners {
  readonly servers: readonly Server[];
  readonly urls: RunningServer['urls'];
}

async function openListeners(parts: { readonly config: Config; create(): Server; createAdminServer(): Server }): Promise<Listeners> {
  const { config } = parts;
  const main = await listenOn(parts.create, {
    host: config.host,
    port: config.port,
    setting: 'PORT',
  });
  const admin = await listenOn(parts.createAdminServer, {
    host: undefined,
    port: config.adminPort,
    setting: 'GRATICULE_ADMIN_PORT',
  }).catch((error: unknown) => {
    for (const server of main.servers) server.close();
    throw error;
  });
  const host = config.host === undefined || config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  const root = config.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${main.port}`;
  return {
    servers: [...main.servers, ...admin.servers],
    urls: {
      root: `${root}/`,
      viewer: `${root}/viewer`,
      api: `${root}/api`,
      admin: `http://localhost:${admin.port}/`,
    },
  };
}

/** Closes listeners: idle connections at once, busy ones after their answer, all when the time is up. */
async function drain(servers: readonly Server[]): Promise<void> {
  const deadline = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), DRAIN_MS);
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
        }),
    ),
  );
  clearTimeout(deadline);
}

function loaded(watcher: CatalogWatcher | undefined): CatalogWatcher {
  if (watcher !== undefined) return watcher;
  throw new AppError('DATABASE_UNAVAILABLE', {
    detail: 'The catalogue is still being read; try again in a moment',
    headers: { 'Retry-After': '1' },
  });
}

function lateFacts(watcher: () => CatalogWatcher | undefined): Facts {
  return {
    extent: async (collection, signal) => loaded(watcher()).facts.extent(collection, signal),
  };
}

/** Observers that can only be made once others exist. */
function createLateObservers(): { readonly observe: Observe; add(observer: Observe): void } {
  const observers: Observe[] = [];
  return {
    observe: (observation: Observation) => observers.forEach((observer) => observer(observation)),
    add: (observer) => void observers.push(observer),
  };
}

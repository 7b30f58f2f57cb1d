import type { Server } from 'node:http';
import type { Config } from '../config/config.ts';
import { listenOn } from './listen.ts';

/** Where the server is to be found. */
export interface ServerUrls {
  readonly root: string;
  readonly viewer: string;
  readonly api: string;
  readonly admin: string;
}

/** The public and the administration listener. */
export interface Listeners {
  readonly urls: ServerUrls;
  /** Port of the public listener, also where a proxy gives the URLs. */
  readonly port: number;
  /** Idle connections end at once, busy ones after their answer, all of them when the time is up. */
  drain(): Promise<void>;
}

/** Requests in flight have this long to end when the server stops. */
const DRAIN_MS = 10_000;

/**
 * Listens on the configured addresses.
 * @throws PortTakenError; then nothing listens
 */
export async function openListeners(parts: { readonly config: Config; create(): Server; createAdmin(): Server }): Promise<Listeners> {
  const { config } = parts;
  const main = await listenOn(parts.create, { host: config.host, port: config.port, setting: 'PORT' });
  const admin = await listenOn(parts.createAdmin, { host: undefined, port: config.adminPort, setting: 'GRATICULE_ADMIN_PORT' }).catch(
    (error: unknown) => {
      for (const server of main.servers) server.close();
      throw error;
    },
  );
  const root = config.publicUrl ?? `http://${visibleHost(config.host)}:${main.port}`;
  return {
    urls: { root: `${root}/`, viewer: `${root}/viewer`, api: `${root}/api`, admin: `http://localhost:${admin.port}/` },
    port: main.port,
    drain: () => drain([...main.servers, ...admin.servers]),
  };
}

/** A host that a browser on this machine can open. */
function visibleHost(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

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

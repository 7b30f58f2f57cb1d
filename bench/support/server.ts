import { CHECKOUT } from './checkout.ts';
import { freePort, start, untilServed, type Spawned } from './process.ts';

/** The built server in a process of its own. */
export interface Server extends Spawned {
  /** Without a trailing slash. */
  readonly root: string;
  readonly adminRoot: string;
  /** Milliseconds from the start of the process to the first landing page. */
  readonly startMs: number;
  /** Milliseconds from the start of the process to the first list of collections: the catalogue has been read. */
  readonly readyMs: number;
}

/** What is served, and settings by their names in the environment. */
export interface ServerOptions {
  readonly database: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `node dist/main.js serve` without a tile cache unless `env` says otherwise. */
export async function startServer({ database, env = {} }: ServerOptions): Promise<Server> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const settings = {
    HOST: '127.0.0.1',
    PORT: String(port),
    GRATICULE_ADMIN_PORT: String(adminPort),
    GRATICULE_TILE_TTL: '0',
    GRATICULE_LOG_LEVEL: 'warn',
    ...env,
  };
  const spawned = start({ command: process.execPath, args: [`${CHECKOUT}/dist/main.js`, 'serve', database], env: settings });
  const root = `http://127.0.0.1:${port}`;
  try {
    const startMs = await untilServed(`${root}/`, spawned, 5);
    const readyMs = startMs + (await untilServed(`${root}/collections?limit=1`, spawned, 5));
    return { ...spawned, root, adminRoot: `http://127.0.0.1:${adminPort}`, startMs, readyMs };
  } catch (error) {
    await spawned.stop();
    throw error;
  }
}

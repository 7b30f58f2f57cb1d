import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

/** The server as a process of its own, as an operator runs it. */
export interface ServerProcess {
  readonly root: string;
  readonly adminRoot: string;
  readonly child: ChildProcess;
  /** What it has written to standard output and standard error. */
  output(): string;
  /** Ends it with SIGTERM and waits; gives the exit code. */
  stop(): Promise<number | null>;
}

const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));
const START_MS = 30_000;

/** Starts the built server and waits until it answers. Settings are environment variables. */
export async function startProcess(database: string, settings: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const server = await spawnProcess(database, settings);
  await waitUntilAnswering(server);
  return server;
}

/** Starts the built server and waits for nothing. */
export async function spawnProcess(database: string, settings: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  if (!existsSync(`${CHECKOUT}dist/main.js`)) throw new Error('dist/main.js is missing: npm run build');
  const port = await freePort();
  const adminPort = await freePort();
  const inherited = Object.entries(process.env).filter(([name]) => !/^(GRATICULE_|PG|DATABASE_URL$|VITEST)/.test(name));
  const child = spawn(process.execPath, ['dist/main.js', 'serve', database], {
    cwd: CHECKOUT,
    env: { ...Object.fromEntries(inherited), HOST: '127.0.0.1', PORT: String(port), GRATICULE_ADMIN_PORT: String(adminPort), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pieces: string[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece.toString('utf8')));
  child.stderr.on('data', (piece: Buffer) => pieces.push(piece.toString('utf8')));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    root: `http://127.0.0.1:${port}`,
    adminRoot: `http://127.0.0.1:${adminPort}`,
    child,
    output: () => pieces.join(''),
    stop: async () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

async function waitUntilAnswering(server: ServerProcess): Promise<void> {
  for (const until = performance.now() + START_MS; performance.now() < until;) {
    if (server.child.exitCode !== null) break;
    const answer = await fetch(`${server.root}/collections`).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(100);
  }
  server.child.kill('SIGKILL');
  throw new Error(`The server does not answer:\n${server.output()}`);
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

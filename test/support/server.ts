import { readConfig } from '../../src/config/read-config.ts';
import { startServer } from '../../src/server/lifecycle.ts';
import type { RunningServer } from '../../src/server/lifecycle.ts';
import { createTestDatabase } from './database.ts';
import type { Template, TestDatabase } from './database.ts';
import { keepLog, type TestLog } from './log.ts';

/** A server of a test file's own on free loopback ports. */
export interface TestServer {
  /** Without a trailing slash. */
  readonly root: string;
  readonly adminRoot: string;
  /** Port of the public listener, also where `root` is the URL of a proxy. */
  readonly port: number;
  readonly running: RunningServer;
  /** What it has logged so far. */
  readonly log: TestLog;
  /** Ends the server. @throws Error with the lines when it logged an error that was not expected */
  close(): Promise<void>;
}

/** What may differ from the defaults: settings by their names in the environment, and errors that the test provokes. */
export interface TestServerOptions {
  readonly database: Pick<TestDatabase, 'readerUrl'>;
  readonly env?: Readonly<Record<string, string>>;
  /** Lines of level error that match are no failure. */
  readonly expectedErrors?: RegExp;
}

/** Starts the real server in this process on a database, as the reader role. */
export async function startTestServer({ database, env = {}, expectedErrors }: TestServerOptions): Promise<TestServer> {
  const config = readConfig({
    flags: { database: database.readerUrl },
    env: {
      HOME: '/nonexistent',
      PORT: '0',
      HOST: '127.0.0.1',
      GRATICULE_ADMIN_PORT: '0',
      GRATICULE_LOG_LEVEL: 'warn',
      ...env,
    },
  });
  if (config.database === undefined) throw new Error('The test database has no URL');
  const log = keepLog(expectedErrors);
  const running = await startServer({ config, connection: config.database.connection, writeLog: log.write });
  return {
    root: running.urls.root.replace(/\/$/, ''),
    adminRoot: running.urls.admin.replace(/\/$/, '').replace('localhost', '127.0.0.1'),
    port: running.port,
    running,
    log,
    async close() {
      await running.close();
      log.close();
    },
  };
}

/** A server on a fresh copy of a template database; both end together. */
export async function startServerOn(
  template: Template,
  env: Readonly<Record<string, string>> = {},
): Promise<TestServer & { readonly database: TestDatabase }> {
  const database = await createTestDatabase(template);
  const server = await startTestServer({ database, env });
  return {
    ...server,
    database,
    async close() {
      try {
        await server.close();
      } finally {
        await database.close();
      }
    },
  };
}

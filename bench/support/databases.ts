import { homedir, tmpdir } from 'node:os';
import pg from 'pg';
import { connectionUrl } from '../../test/support/connection-url.ts';
import { built } from './built.ts';
import { CHECKOUT } from './checkout.ts';

/** Where the tables of the benches are. */
export interface Databases {
  /** URLs of readers; a table is measured in the first database that holds it. */
  readonly readers: readonly string[];
  /** As a superuser: the database of a reader (PNG in SQL, which PostGIS allows nobody else to switch on), or another on the same server. */
  owner(reader: string, database?: string): string;
  close(): Promise<void>;
}

/**
 * The databases of `BENCH_DATABASE_URL` (URLs of a reader, separated by spaces) with the superuser of `BENCH_OWNER_URL`
 * (its database does not count); without them the demo database of this checkout's private cluster.
 */
export async function openDatabases(env: NodeJS.ProcessEnv): Promise<Databases> {
  const readers = (env['BENCH_DATABASE_URL'] ?? '').split(' ').filter((url) => url !== '');
  const ownerUrl = env['BENCH_OWNER_URL'];
  if (readers.length > 0)
    return {
      readers,
      owner: (reader, database) => withDatabase(ownerUrl ?? reader, database ?? databaseOf(reader)),
      close: () => Promise.resolve(),
    };
  const { openPrivateCluster } = await built('cluster/private-cluster.js');
  const place = { env, home: homedir(), temporary: tmpdir(), uid: process.getuid?.() };
  const cluster = await openPrivateCluster({ checkout: CHECKOUT, purpose: 'serve', ...place }, () => undefined);
  return {
    readers: [connectionUrl(cluster.reader('demo'))],
    owner: (_, database) => connectionUrl(cluster.owner(database ?? 'demo')),
    close: () => cluster.close(),
  };
}

/** Connects a plain `pg` client, as anybody would. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  return client;
}

/** The first database that holds a table, and undefined when none does. */
export async function findTable(databases: Databases, table: string): Promise<string | undefined> {
  for (const url of databases.readers) {
    const client = await connect(url);
    const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [table]);
    await client.end();
    if (rows[0]?.found === true) return url;
  }
  return undefined;
}

/** The same URL with another database. */
function withDatabase(url: string, database: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${database}`;
  return parsed.href;
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

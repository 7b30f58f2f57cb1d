import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { inject } from 'vitest';
import type { DatabaseConnection } from '../../src/config/connection.ts';
import { connectionUrl } from './connection-url.ts';

/** What a test database is a copy of: PostGIS alone, the odd tables of `test/fixtures/odd.sql`, or the demo data. */
export type Template = 'empty' | 'odd' | 'demo';

/** A database of a test file's own; whatever it does there, no other file sees it. */
export interface TestDatabase {
  readonly name: string;
  /** As the server connects: may read, owns nothing. */
  readonly reader: DatabaseConnection;
  /** As the loader connects: superuser and owner of everything. */
  readonly owner: DatabaseConnection;
  /** The same as libpq URLs. */
  readonly readerUrl: string;
  readonly ownerUrl: string;
  /** Runs SQL as the owner and gives the rows of the (last) statement. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Drops the database, whoever is still connected. */
  close(): Promise<void>;
}

/** A template unused for this long is of no version that somebody still runs. */
const OLD_TEMPLATE = '2 hours';

/** Clones a template; the template itself is built by the first who asks and kept while what it is made of stays the same. */
export async function createTestDatabase(template: Template = 'odd'): Promise<TestDatabase> {
  const { owner, reader, runId } = inject('cluster');
  const name = `${runId}_${randomBytes(5).toString('hex')}`;
  await withClient(owner, async (client) => {
    const source = await ensureTemplate(client, owner, template);
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    // Copying files costs 100 ms for the demo data, writing them to the log twice that; before 15 there is no choice.
    const strategy = template === 'demo' && Number(rows[0]?.server_version_num) >= 150_000 ? 'strategy file_copy' : '';
    await client.query(`create database ${name} template ${source} ${strategy}`);
  });
  const own = { ...owner, database: name };
  const client = new pg.Client(connectionUrl(own));
  await client.connect();
  client.on('error', () => undefined);
  return {
    name,
    owner: own,
    reader: { ...reader, database: name },
    ownerUrl: connectionUrl(own),
    readerUrl: connectionUrl({ ...reader, database: name }),
    query: async (text, values) => {
      const result: unknown = await client.query(text, values === undefined ? undefined : [...values]);
      const last: unknown = Array.isArray(result) ? result.at(-1) : result;
      return last instanceof pg.Result ? last.rows : [];
    },
    close: async () => {
      await client.end();
      await withClient(owner, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function ensureTemplate(admin: pg.Client, owner: DatabaseConnection, template: Template): Promise<string> {
  const name = `template_${template}_${await fingerprint(template)}`;
  const built = `select 1 from pg_database where datname = $1 and datistemplate`;
  if ((await admin.query(built, [name])).rowCount === 1) return name;
  // One builder at a time, also among the processes of several runs.
  await admin.query(`select pg_advisory_lock(hashtext('graticule templates'))`);
  try {
    if ((await admin.query(built, [name])).rowCount === 1) return name;
    await dropOldTemplates(admin, template);
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.query(`create database ${name} template template0`);
    await fill({ ...owner, database: name }, template);
    await admin.query(`comment on database ${name} is '${new Date().toISOString()}'`);
    await admin.query(`alter database ${name} is_template true allow_connections false`);
    return name;
  } finally {
    await admin.query(`select pg_advisory_unlock(hashtext('graticule templates'))`);
  }
}

async function dropOldTemplates(admin: pg.Client, template: Template): Promise<void> {
  const old = await admin.query<{ datname: string }>(
    `select datname from pg_database
     where datname like $1 and datistemplate
       and shobj_description(oid, 'pg_database')::timestamptz < now() - interval '${OLD_TEMPLATE}'`,
    [`template\\_${template}\\_%`],
  );
  for (const { datname } of old.rows) {
    await admin.query(`alter database ${datname} is_template false`);
    await admin.query(`drop database ${datname} with (force)`).catch(() => undefined);
  }
}

async function fill(connection: DatabaseConnection, template: Template): Promise<void> {
  if (template === 'demo') {
    const { loadDemo } = await import('../../src/services/demo/load-demo.ts');
    await loadDemo(connection, () => undefined);
    return;
  }
  await withClient(connection, async (client) => {
    await client.query(prepareSql());
    if (template === 'odd') await client.query(readFileSync(fixture('odd.sql'), 'utf8'));
  });
}

/** Changes whenever what the template is made of changes. */
async function fingerprint(template: Template): Promise<string> {
  const hash = createHash('sha256').update(prepareSql());
  if (template === 'odd') hash.update(readFileSync(fixture('odd.sql')));
  if (template === 'demo') {
    const { demoFingerprint } = await import('../../src/services/demo/demo-database.ts');
    hash.update(await demoFingerprint());
  }
  return hash.digest('hex').slice(0, 10);
}

/** The extensions, and that the reader may read what the owner makes: the same for demo and tests. */
function prepareSql(): string {
  return readFileSync(fileURLToPath(new URL('../../sql/demo/prepare.sql', import.meta.url)), 'utf8');
}

function fixture(name: string): string {
  const path = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`Cannot build the template database: test/fixtures/${name} is missing`);
  return path;
}

async function withClient<T>(connection: DatabaseConnection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionUrl(connection));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

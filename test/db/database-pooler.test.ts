import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Observation } from '../../src/base/event.ts';
import { ANONYMOUS } from '../../src/base/principal.ts';
import { sql } from '../../src/base/sql.ts';
import type { DatabaseConnection } from '../../src/config/connection.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];
const program = folders.map((folder) => join(folder, 'pgbouncer')).find((path) => existsSync(path));

describe.skipIf(program === undefined)('behind PgBouncer in transaction mode (skipped where pgbouncer is not installed)', () => {
  let source: TestDatabase;
  let pooler: ChildProcess;
  let database: Database;
  let folder: string;
  const seen: Observation[] = [];

  beforeAll(async () => {
    source = await createTestDatabase('empty');
    await source.query('create table t as select i as id from generate_series(1, 1000) i');
    folder = mkdtempSync(join(tmpdir(), 'graticule-pooler-'));
    const port = await freePort();
    pooler = startPooler(program ?? '', folder, source.reader, port);
    const connection = { ...source.reader, hosts: [{ host: '127.0.0.1', port, password: undefined }], sslmode: 'disable' } as const;
    database = await openDatabase({
      connection,
      poolSize: 8,
      statementTimeoutMs: 5000,
      streamLimitMs: 5000,
      waitLimitMs: 5000,
      observe: (observation) => seen.push(observation),
    });
  });

  afterAll(async () => {
    await database.close();
    pooler.kill();
    rmSync(folder, { recursive: true, force: true });
    await source.close();
  });

  function run(signal: AbortSignal = new AbortController().signal) {
    return { name: 'test', signal, principal: ANONYMOUS };
  }

  test('the pooler is recognised and told of', () => {
    expect(database.pooled).toBe(true);
    expect(seen).toContainEqual({ kind: 'db.notice', message: expect.stringContaining('pooler in transaction mode') });
  });

  test('two hundred statements over few backends each get their own answer, settings and bytes', async () => {
    const answers = await Promise.all(
      Array.from(
        { length: 200 },
        async (_, i) =>
          (
            await database.rows(
              sql`select ${i}::int, ${Buffer.from('ab')}::bytea, current_setting('transaction_read_only'), current_setting('TimeZone')`,
              run(),
            )
          )[0],
      ),
    );
    answers.forEach((row, i) => expect(row).toEqual([String(i), Buffer.from('ab'), 'on', 'UTC']));
  });

  test('errors and streams leave backend and settings clean', async () => {
    await expect(database.rows(sql`select ${'x'}::int`, run())).rejects.toMatchObject({ code: 'INVALID_PARAMETER' });
    let count = 0;
    for await (const rows of database.stream(sql`select id from t where id > ${10}::int`, { ...run(), batch: 100 })) count += rows.length;
    expect(count).toBe(990);
    // The end of the transaction is on its way while the last rows are read.
    await expect
      .poll(() =>
        source.query(
          `select state from pg_stat_activity where datname = current_database() and usename = 'graticule_reader' and state <> 'idle'`,
        ),
      )
      .toEqual([]);
  });

  test('an abort is answered at once though the statement runs on', async () => {
    const started = performance.now();
    await expect(database.rows(sql`select pg_sleep(1)`, run(AbortSignal.timeout(100)))).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(500);
    expect(await database.rows(sql`select 1`, run())).toEqual([['1']]);
  });
});

function startPooler(path: string, folder: string, to: DatabaseConnection, port: number): ChildProcess {
  const target = to.hosts[0];
  const file = join(folder, 'pgbouncer.ini');
  const lines = [
    '[databases]',
    `* = host=${target?.host} port=${target?.port} user=${to.user} password=${target?.password}`,
    '[pgbouncer]',
    `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 3`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  // It refuses to run as root.
  const ids = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined;
  if (ids !== undefined) for (const place of [folder, file]) chownSync(place, ids.uid, ids.gid);
  return spawn(path, ['-q', file], { ...ids, cwd: '/', stdio: 'ignore' });
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Statement } from '../../src/base/sql.ts';

const run = promisify(execFile);

/** Statements in pgbench's form: run one after the other, prepared, in one connection. */
export interface PgbenchScript {
  /** Milliseconds that all statements together took once they were prepared. */
  time(): Promise<number>;
  close(): Promise<void>;
}

/**
 * A script of statements for `pgbench -M prepared`: parameters become variables. Each call runs it twice in a new
 * connection, and the second time counts, in which everything is prepared.
 */
export async function writeScript(statements: readonly Statement[], database: string): Promise<PgbenchScript> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const file = join(folder, 'script.sql');
  const lines = statements.map(({ text }, i) => `${text.replaceAll(/\$(\d+)/g, `:v${i}_$1`).replaceAll(/\s+/g, ' ')};`);
  await writeFile(file, `${lines.join('\n')}\n`);
  const variables = statements.flatMap(({ values }, i) => values.map((value, n) => `--define=v${i}_${n + 1}=${String(value)}`));
  const args = ['--no-vacuum', '--protocol=prepared', '--client=1', '--transactions=2', '--log', `--file=${file}`, ...variables, database];
  return {
    async time() {
      await run('pgbench', args, { cwd: folder, env: { ...process.env, PGOPTIONS: '-c jit=off -c max_parallel_workers_per_gather=0' } });
      const logs = (await readdir(folder)).filter((name) => name.startsWith('pgbench_log'));
      const text = await readFile(join(folder, logs[0] ?? ''), 'utf8');
      await Promise.all(logs.map((name) => rm(join(folder, name))));
      // client, transaction, microseconds, script, second, microsecond (PostgreSQL documentation, pgbench, per-transaction logging)
      const [, , microseconds] = text.trim().split('\n')[1]?.split(' ') ?? [];
      return Number(microseconds) / 1000;
    },
    close: () => rm(folder, { recursive: true }),
  };
}

import pg from 'pg';
import { AppError } from '../base/error.ts';
import type { Observe } from '../base/event.ts';
import { compile } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { DatabaseConnection } from '../config/connection.ts';
import type { Database, Row, RunOptions } from './database.ts';

/** What a database needs to be opened. */
export interface DatabaseOptions {
  readonly connection: DatabaseConnection;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  readonly streamLimitMs: number;
  readonly observe: Observe;
  /** Told once per failed attempt while the database is not up at start. */
  readonly onTry?: (message: string) => void;
}

/** Opens the database and checks that it answers. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { connection } = options;
  const first = connection.hosts[0];
  const pool = new pg.Pool({
    host: first?.host,
    port: first?.port,
    password: first?.password,
    database: connection.database,
    user: connection.user,
    max: options.poolSize,
    keepAlive: true,
    connectionTimeoutMillis: connection.connectTimeoutMs,
    application_name: connection.applicationName,
    allowExitOnIdle: true,
  });
  pool.on('error', (error) => options.observe({ kind: 'db.lost', error }));
  const text = { getTypeParser: (oid: number) => (raw: string) => (oid === 17 ? Buffer.from(raw.slice(2), 'hex') : raw) };
  const query = async (statement: Sql, run: RunOptions): Promise<{ rows: Row[]; names: string[] }> => {
    run.signal.throwIfAborted();
    const client = await pool.connect();
    const started = performance.now();
    let ok = false;
    try {
      await client.query(`begin read only; set local statement_timeout = ${run.timeoutMs ?? options.statementTimeoutMs}; set local jit = off`);
      const { text: body, values } = compile(statement);
      const result = await client.query<(string | Buffer | null)[], unknown[]>({ text: body, values: [...values], rowMode: 'array', types: text });
      ok = true;
      return { rows: result.rows, names: result.fields.map((field) => field.name) };
    } catch (error) {
      throw new AppError('INTERNAL', { detail: 'The database failed', cause: error });
    } finally {
      await client.query(ok ? 'commit' : 'rollback');
      client.release();
      options.observe({ kind: 'db.query', name: run.name, durationMs: performance.now() - started, ok });
    }
  };
  await (await pool.connect()).release();
  return {
    available: true,
    rows: async (statement, run) => (await query(statement, run)).rows,
    async records(statement, run) {
      const { rows, names } = await query(statement, run);
      return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]?.toString() ?? null])));
    },
    async *stream(statement, run) {
      const { rows } = await query(statement, run);
      for (let i = 0; i < rows.length; i += run.batch) yield rows.slice(i, i + run.batch);
    },
    close: () => pool.end(),
  };
}

import type { Observe } from '../base/event.ts';
import { compile } from '../base/sql.ts';
import type { DatabaseConnection } from '../config/connection.ts';
import { Availability } from './availability.ts';
import { streamCursor } from './cursor.ts';
import type { Database } from './database.ts';
import { Pool } from './pool.ts';
import { noticesFor } from './session-notices.ts';
import { runStatement } from './run-statement.ts';
import type { Runner } from './run-statement.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';
import { sqlFile } from './sql-file.ts';
import { createStatementMemory } from './statement-memory.ts';
import { whenUp } from './when-up.ts';

/** What a database needs to be opened. */
export interface DatabaseOptions {
  readonly connection: DatabaseConnection;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  readonly streamLimitMs: number;
  readonly observe: Observe;
  /** How long a database that is not up is waited for, 30 s unless given. */
  readonly startLimitMs?: number;
  /** Longest wait for a free connection, 10 s unless given. */
  readonly waitLimitMs?: number;
  /** Told once for each failed attempt while the database is not up at start. */
  readonly onTry?: (message: string) => void;
}

const START_LIMIT_MS = 30_000;
/**
 * How long a statement waits for a connection. The queue is bounded by the admission of requests, which turns away at once;
 * a short wait here would turn a map's burst of slow tiles into holes, for map clients do not ask again after a 503.
 */
const WAIT_LIMIT_MS = 10_000;

/**
 * Opens the database: waits until it is up (a wrong password or name is no reason to wait), tells once when the role may
 * do more than read, and keeps watching whether it is there.
 * @throws AppError DATABASE_UNAVAILABLE, or the server's own refusal
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { connection, observe } = options;
  const facts = compile(sqlFile('session/facts.sql')).text;
  const open = (): Promise<Session> => openSession(connection, facts);
  const first = await whenUp(open, options.startLimitMs ?? START_LIMIT_MS, options.onTry);
  for (const message of noticesFor(first)) observe({ kind: 'db.notice', message });
  const pool = new Pool({
    open,
    size: options.poolSize,
    waitLimitMs: options.waitLimitMs ?? WAIT_LIMIT_MS,
    quarantineLimitMs: options.statementTimeoutMs + 5000,
    observe,
  });
  const contact = { at: performance.now() };
  const availability = new Availability({ first, open, observe, lastContact: () => contact.at, onBack: () => pool.clear() });
  const runner: Runner = { ...options, pool, availability, contact, memory: createStatementMemory() };
  return {
    pooled: first.pooled,
    get available() {
      return availability.available;
    },
    get connections() {
      return pool.counts;
    },
    rows: async (statement, run) => (await runStatement(runner, statement, run)).rows,
    async records(statement, run) {
      const { fields, rows } = await runStatement(runner, statement, run);
      return rows.map((row) => Object.fromEntries(fields.map((field, i) => [field.name, row[i]?.toString() ?? null])));
    },
    stream: (statement, run) => streamCursor(runner, statement, run),
    close() {
      availability.close();
      pool.close();
      return Promise.resolve();
    },
  };
}

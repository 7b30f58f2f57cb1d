import type { Principal } from '../base/principal.ts';
import type { Sql } from '../base/sql.ts';

/** On whose behalf something is asked of the database, and until when. */
export interface RunContext {
  readonly signal: AbortSignal;
  readonly principal: Principal;
}

/** Who asks, how long it may take, and how it is called in logs and metrics. */
export interface RunOptions extends RunContext {
  /** Short stable name of the statement for observations: `items`, `tile.vector`, `catalog.relations`. */
  readonly name: string;
  /** `statement_timeout` in milliseconds; the configured one when absent. */
  readonly timeoutMs?: number;
  /**
   * `fresh` (when absent): planned anew for these values. `kept`: planned once for any values, where every sensible value
   * wants the same plan; it saves the planning, 0.1 ms for a tile of a plain table. Where statements cannot be prepared,
   * behind a pooler and at their first use, it is as `fresh`.
   */
  readonly plan?: 'fresh' | 'kept' | undefined;
  /** What runs before it in the same round trip and transaction; rows of these are dropped. */
  readonly before?: readonly Sql[] | undefined;
}

/** A row as text columns in the order of the select list; SQL null is null. bytea arrives as `Buffer` (binary). */
export type Row = readonly (string | Buffer | null)[];

/**
 * The database behind one place that borrows and returns connections. Every statement runs in a read-only
 * transaction with SET LOCAL settings only (timeouts, role, jit off), is cancelled when the signal aborts, and fails
 * with an `AppError` made from its SQLSTATE.
 */
export interface Database {
  /** Runs one statement. Values that are not null arrive as text exactly as PostgreSQL prints them; bytea as Buffer. */
  rows(statement: Sql, options: RunOptions): Promise<readonly Row[]>;
  /** The same, as records by column name: for small catalogue queries. */
  records(statement: Sql, options: RunOptions): Promise<readonly Readonly<Record<string, string | null>>[]>;
  /**
   * Streams a statement through DECLARE/FETCH: batches of rows as the consumer takes them, total time bounded by the
   * stream limit. The first batch is fetched before the iterator's first result, so that errors come early.
   */
  stream(statement: Sql, options: RunOptions & { readonly batch: number }): AsyncIterable<readonly Row[]>;
  /** Whether the last contact succeeded; flips within a second of the database going. */
  readonly available: boolean;
  /** True behind a transaction pooler: no named statements, no cancelling, no LISTEN. */
  readonly pooled: boolean;
  /** Connections by state, and statements that wait for one. */
  readonly connections: Readonly<Record<'idle' | 'busy' | 'opening' | 'quarantined' | 'waiting', number>>;
  close(): Promise<void>;
}

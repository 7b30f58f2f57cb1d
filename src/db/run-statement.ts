import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../base/error.ts';
import type { Observe } from '../base/event.ts';
import { compile } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { Availability } from './availability.ts';
import type { RunOptions } from './database.ts';
import { BYTEA } from './exchange.ts';
import type { ExchangeResult } from './exchange.ts';
import { parameterValue } from './parameter-text.ts';
import type { ParameterValue } from './parameter-text.ts';
import type { Pool } from './pool.ts';
import type { Session } from './session.ts';
import { failureOf, sqlstate } from './sqlstate.ts';
import type { Failure } from './sqlstate.ts';
import type { StatementMemory } from './statement-memory.ts';
import { settingsStep } from './transaction-settings.ts';

/** What running statements takes; shared by all statements of an open database. */
export interface Runner {
  readonly pool: Pool;
  readonly availability: Availability;
  readonly memory: StatementMemory;
  readonly observe: Observe;
  readonly statementTimeoutMs: number;
  readonly streamLimitMs: number;
  /** When a statement was last answered (performance.now). */
  readonly contact: { at: number };
}

/** A statement with its values as they go on the wire. */
export interface BoundStatement {
  readonly text: string;
  readonly values: readonly ParameterValue[];
}

/** The outcome of one try. */
type Attempt =
  | { readonly ok: true; readonly result: ExchangeResult }
  | { readonly ok: false; readonly failure: Failure; readonly session: Session; readonly elapsedMs: number };

const CONFLICT_TRIES = 2;
const CONFLICT_PAUSE_MS = 40;
const NOTICED_LATE_MS = 50;

/**
 * Runs one statement in one round trip: settings and statement in an implicit read-only transaction. Tries again where
 * that is safe and may help: stale prepared statements, connections that died while idle, conflicts on a standby.
 * @throws AppError by SQLSTATE, or the signal's reason
 */
export async function runStatement(runner: Runner, statement: Sql, run: RunOptions): Promise<ExchangeResult> {
  const bound = bindStatement(statement);
  const started = performance.now();
  let ok = false;
  try {
    for (let tries = 0; ; tries += 1) {
      const attempt = await tryOnce(runner, bound, run);
      if (attempt.ok) {
        ok = true;
        return attempt.result;
      }
      if (!(await mayRetry(attempt, tries))) throw attempt.failure.error;
    }
  } finally {
    runner.observe({ kind: 'db.query', name: run.name, durationMs: performance.now() - started, ok });
  }
}

/** Text with placeholders and wire values of a piece of SQL. */
export function bindStatement(statement: Sql): BoundStatement {
  const { text, values } = compile(statement);
  return { text, values: values.map(parameterValue) };
}

/**
 * Borrows a session; known absence of the database is an error at once.
 * @throws AppError DATABASE_UNAVAILABLE, OVERLOADED, or the signal's reason
 */
export async function borrowSession(runner: Runner, signal: AbortSignal): Promise<Session> {
  signal.throwIfAborted();
  // Many statements may run for one request, each listening until it ends: no leak to be warned of.
  setMaxListeners(0, signal);
  if (!runner.availability.available) {
    throw new AppError('DATABASE_UNAVAILABLE', { detail: 'The database is not reachable at the moment', headers: { 'Retry-After': '1' } });
  }
  const session = await runner.pool.borrow(signal);
  if (!signal.aborted) return session;
  runner.pool.giveBack(session);
  throw signal.reason;
}

/**
 * The promise's outcome, or the signal's reason as soon as it aborts. Listening ends before the outcome is told: a listener
 * that outlived the next one's beginning would point to it when both are dead, and a chain of such kept the rows of whole
 * pages from the young generation's collector.
 */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    const stopListening = (): void => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(
      (value) => (stopListening(), resolve(value)),
      (error: unknown) => (stopListening(), reject(error)),
    );
    if (signal.aborted) abort();
  });
}

/** Reports a failure to those who watch the database and the catalogue. */
export function reportFailure(runner: Runner, failure: Failure): void {
  if (failure.cause === 'connection') runner.availability.suspect();
  if (failure.cause === 'schema') runner.observe({ kind: 'db.drift', sqlstate: sqlstate(failure.error.cause) ?? '' });
}

async function tryOnce(runner: Runner, bound: BoundStatement, run: RunOptions): Promise<Attempt> {
  const timeoutMs = run.timeoutMs ?? runner.statementTimeoutMs;
  const session = await borrowSession(runner, run.signal);
  const started = performance.now();
  const { seen, formats } = runner.memory.use(bound.text);
  const keep = seen && !session.pooled;
  const running = session.run([
    settingsStep(session.facts, { statementMs: timeoutMs, idleMs: timeoutMs, keepPlans: keep && run.plan === 'kept' }),
    ...(run.before ?? []).map((step) => ({ ...bindStatement(step), formats: [], wanted: false, keep: false })),
    { ...bound, formats, wanted: true, keep },
  ]);
  try {
    const result = await unlessAborted(running, run.signal);
    runner.contact.at = performance.now();
    runner.pool.giveBack(session);
    runner.memory.learn(bound.text, result.fields);
    return wrongFormat(result) ? tryOnce(runner, bound, run) : { ok: true, result };
  } catch (error) {
    if (run.signal.aborted) {
      runner.pool.quarantine(session, running);
      throw error;
    }
    const elapsedMs = performance.now() - started;
    const failure = formatFailure(error, formats) ?? failureOf(error, { elapsedMs, timeoutMs });
    if (failure.cause === 'statement') runner.memory.forget(bound.text);
    runner.pool.giveBack(session, failure.cause === 'connection' || failure.cause === 'statement');
    reportFailure(runner, failure);
    return { ok: false, failure, session, elapsedMs };
  }
}

async function mayRetry(attempt: Attempt & { readonly ok: false }, tries: number): Promise<boolean> {
  const { failure, session, elapsedMs } = attempt;
  switch (failure.cause) {
    case 'statement':
      return tries === 0;
    case 'connection':
      // It may have died while it lay idle, and only now be noticed; what was ended at work is not begun again.
      return tries === 0 && session.reused && elapsedMs < NOTICED_LATE_MS;
    case 'conflict':
      if (tries >= CONFLICT_TRIES) return false;
      await sleep(CONFLICT_PAUSE_MS * (tries + Math.random()));
      return true;
    default:
      return false;
  }
}

/** A column that was bytea when its format was learned, and is no longer. */
function wrongFormat(result: ExchangeResult): boolean {
  return result.fields.some((field) => field.format === 'binary' && field.dataTypeID !== BYTEA);
}

/** 08P01 of a statement with learned formats: it has other columns now. The connection is sound, what is known of it is not. */
function formatFailure(error: unknown, formats: readonly number[]): Failure | undefined {
  if (formats.length === 0 || sqlstate(error) !== '08P01') return undefined;
  return {
    ...failureOf(new AppError('INTERNAL', { detail: 'The statement could not be run', cause: error }), { elapsedMs: 0, timeoutMs: 1 }),
    cause: 'statement',
  };
}

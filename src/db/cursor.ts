import { AppError } from '../base/error.ts';
import type { Sql } from '../base/sql.ts';
import type { Row, RunOptions } from './database.ts';
import type { ExchangeResult } from './exchange.ts';
import { bindStatement, borrowSession, reportFailure, unlessAborted } from './run-statement.ts';
import type { BoundStatement, Runner } from './run-statement.ts';
import type { Session, SessionStep } from './session.ts';
import { failureOf } from './sqlstate.ts';
import { settingsStep } from './transaction-settings.ts';

/** How a stream is run. */
export interface StreamOptions extends RunOptions {
  /** Rows of one FETCH. */
  readonly batch: number;
}

const GRACE_MS = 5000;

/**
 * Streams a statement through a cursor, one batch ahead of the consumer. The time limit of a statement counts for each
 * FETCH, the stream limit for all, the consumer's pauses included: an open cursor holds VACUUM back.
 * @throws AppError by SQLSTATE, TIMEOUT at the stream limit, or the signal's reason
 */
export async function* streamCursor(runner: Runner, statement: Sql, options: StreamOptions): AsyncGenerator<readonly Row[]> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(streamTimeout(runner)), runner.streamLimitMs);
  const signal = AbortSignal.any([options.signal, limit.signal]);
  const started = performance.now();
  let ok = false;
  let cursor: Cursor | undefined;
  try {
    const session = await borrowSession(runner, signal);
    const open = new Cursor(runner, session, bindStatement(statement), options);
    cursor = open;
    signal.addEventListener('abort', () => open.leave(), { once: true });
    for (;;) {
      const rows = await unlessAborted(open.next(), signal);
      const last = rows.length < options.batch;
      if (last) open.leave();
      else open.lookAhead();
      if (rows.length > 0) yield rows;
      signal.throwIfAborted();
      if (last) break;
    }
    ok = true;
  } finally {
    clearTimeout(timer);
    cursor?.leave();
    runner.observe({ kind: 'db.query', name: options.name, durationMs: performance.now() - started, ok });
  }
}

/** A cursor on a borrowed session. */
class Cursor {
  readonly #runner: Runner;
  readonly #session: Session;
  readonly #bound: BoundStatement;
  readonly #options: StreamOptions;
  #opened = false;
  #left = false;
  #broken = false;
  #running: Promise<ExchangeResult> | undefined;
  #ahead: Promise<readonly Row[]> | undefined;

  constructor(runner: Runner, session: Session, bound: BoundStatement, options: StreamOptions) {
    this.#runner = runner;
    this.#session = session;
    this.#bound = bound;
    this.#options = options;
  }

  /** The next rows: those that were asked for ahead, or asked for now. */
  next(): Promise<readonly Row[]> {
    const rows = this.#ahead ?? this.#ask();
    this.#ahead = undefined;
    return rows;
  }

  /** Asks for the rows after those that the consumer is about to get. */
  lookAhead(): void {
    this.#ahead = this.#ask();
    // Who stops early never asks for it.
    this.#ahead.catch(() => undefined);
  }

  /** Ends the transaction and gives the session back; cancels a FETCH that runs. May be called again. */
  leave(): void {
    if (this.#left) return;
    this.#left = true;
    if (this.#running === undefined) this.#runner.pool.giveBack(this.#session, this.#broken);
    else this.#runner.pool.quarantine(this.#session, this.#running);
  }

  async #ask(): Promise<readonly Row[]> {
    const started = performance.now();
    const key = `cursor ${this.#bound.text}`;
    const steps = this.#steps(key);
    try {
      this.#running = this.#session.run(steps);
      const { rows, fields } = await this.#running;
      this.#runner.contact.at = performance.now();
      this.#runner.memory.learn(key, fields);
      return rows;
    } catch (error) {
      const failure = failureOf(error, { elapsedMs: performance.now() - started, timeoutMs: this.#timeoutMs });
      this.#broken = failure.cause === 'connection' || failure.cause === 'statement';
      reportFailure(this.#runner, failure);
      throw failure.error;
    } finally {
      this.#running = undefined;
    }
  }

  #steps(key: string): readonly SessionStep[] {
    const { formats } = this.#runner.memory.use(key);
    const fetch = { text: `fetch forward ${this.#options.batch} from graticule_rows`, values: [], formats, wanted: true, keep: false };
    if (this.#opened) return [fetch];
    this.#opened = true;
    const limits = { statementMs: this.#timeoutMs, idleMs: this.#runner.streamLimitMs + GRACE_MS };
    const declare = { ...silent(`declare graticule_rows no scroll cursor for ${this.#bound.text}`), values: this.#bound.values };
    return [silent('begin read only'), settingsStep(this.#session.facts, limits), declare, fetch];
  }

  get #timeoutMs(): number {
    return this.#options.timeoutMs ?? this.#runner.statementTimeoutMs;
  }
}

function silent(text: string): SessionStep {
  return { text, values: [], formats: [], wanted: false, keep: false };
}

function streamTimeout(runner: Runner): AppError {
  return new AppError('TIMEOUT', { detail: `The answer took longer than ${runner.streamLimitMs / 1000} s to be taken` });
}

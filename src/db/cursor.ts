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
    cursor = createCursor(runner, session, bindStatement(statement), options);
    const leave = cursor.leave;
    signal.addEventListener('abort', leave, { once: true });
    for (;;) {
      const rows = await unlessAborted(cursor.next(), signal);
      const last = rows.length < options.batch;
      if (last) cursor.leave();
      else cursor.lookAhead();
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
interface Cursor {
  /** The next rows: those that were asked for ahead, or asked for now. */
  next(): Promise<readonly Row[]>;
  lookAhead(): void;
  /** Ends the transaction and gives the session back; cancels a FETCH that runs. May be called again. */
  readonly leave: () => void;
}

function createCursor(runner: Runner, session: Session, bound: BoundStatement, options: StreamOptions): Cursor {
  const timeoutMs = options.timeoutMs ?? runner.statementTimeoutMs;
  const key = `cursor ${bound.text}`;
  let opened = false;
  let left = false;
  let broken = false;
  let running: Promise<ExchangeResult> | undefined;
  let ahead: Promise<readonly Row[]> | undefined;

  const fetchStep = (): SessionStep => ({ text: `fetch forward ${options.batch} from graticule_rows`, values: [], formats: runner.memory.use(key).formats, wanted: true, keep: false });
  const openSteps = (): readonly SessionStep[] => [
    silent('begin read only'),
    settingsStep(session.facts, { statementMs: timeoutMs, idleMs: runner.streamLimitMs + GRACE_MS }),
    { ...silent(`declare graticule_rows no scroll cursor for ${bound.text}`), values: bound.values },
  ];
  const ask = async (): Promise<readonly Row[]> => {
    const started = performance.now();
    const steps = opened ? [fetchStep()] : [...openSteps(), fetchStep()];
    opened = true;
    try {
      running = session.run(steps);
      const { rows, fields } = await running;
      runner.contact.at = performance.now();
      runner.memory.learn(key, fields);
      return rows;
    } catch (error) {
      const failure = failureOf(error, { elapsedMs: performance.now() - started, timeoutMs });
      broken = failure.cause === 'connection' || failure.cause === 'statement';
      reportFailure(runner, failure);
      throw failure.error;
    } finally {
      running = undefined;
    }
  };
  return {
    next() {
      const rows = ahead ?? ask();
      ahead = undefined;
      return rows;
    },
    lookAhead() {
      ahead = ask();
      // Who stops early never asks for it.
      ahead.catch(() => undefined);
    },
    leave() {
      if (left) return;
      left = true;
      if (running === undefined) runner.pool.giveBack(session, broken);
      else runner.pool.quarantine(session, running);
    },
  };
}

function silent(text: string): SessionStep {
  return { text, values: [], formats: [], wanted: false, keep: false };
}

function streamTimeout(runner: Runner): AppError {
  return new AppError('TIMEOUT', { detail: `The answer took longer than ${runner.streamLimitMs / 1000} s to be taken` });
}

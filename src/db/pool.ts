import { AppError } from '../base/error.ts';
import type { Observe } from '../base/event.ts';
import type { Database } from './database.ts';
import type { Session } from './session.ts';
import { sqlstate, TOO_MANY_CONNECTIONS } from './sqlstate.ts';

/** What a pool needs. */
export interface PoolOptions {
  readonly open: () => Promise<Session>;
  /** Most sessions that are lent, idle or being opened at a time. */
  readonly size: number;
  /** Longest wait for one of them. */
  readonly waitLimitMs: number;
  /** A cancelled statement that has not ended by then is cut off. */
  readonly quarantineLimitMs: number;
  readonly observe: Observe;
}

interface Waiter {
  readonly resolve: (session: Session) => void;
  readonly reject: (error: unknown) => void;
}

const REST_LIMIT_MS = 1000;
const PROMPT_CANCEL_MS = 1000;
const MAX_IDLE_MS = 300_000;
const MAX_AGE_MS = 1_800_000;
const SWEEP_MS = 30_000;

/** The only place that lends sessions and takes them back. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #idle: { readonly session: Session; readonly since: number }[] = [];
  readonly #busy = new Set<Session>();
  readonly #quarantined = new Set<Session>();
  readonly #waiters: Waiter[] = [];
  readonly #sweeper: NodeJS.Timeout;
  #opening = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#sweeper.unref();
  }

  get counts(): Database['connections'] {
    return {
      idle: this.#idle.length,
      busy: this.#busy.size,
      opening: this.#opening,
      quarantined: this.#quarantined.size,
      waiting: this.#waiters.length,
    };
  }

  /** Lends a session that is at rest: an idle one, a new one while there is room, or the next that is given back. */
  borrow(signal: AbortSignal): Promise<Session> {
    if (this.#closed) return Promise.reject(unavailable('The server is stopping'));
    const idle = this.#idle.pop();
    if (idle !== undefined) {
      this.#busy.add(idle.session);
      return Promise.resolve(idle.session);
    }
    const waiting = this.#wait(signal);
    this.#openForWaiters();
    return waiting;
  }

  /** Takes a session back. One that is not at rest is rolled back first; one that is `broken` or lost is closed. */
  giveBack(session: Session, broken = false): void {
    if (!this.#busy.has(session)) return;
    if (broken || session.lost || this.#closed) {
      this.#drop(session);
      return;
    }
    if (session.atRest) {
      this.#rest(session);
      return;
    }
    const limit = setTimeout(() => this.#drop(session), REST_LIMIT_MS);
    session
      .run([ROLLBACK])
      .then(
        () => (session.atRest ? this.#rest(session) : this.#drop(session)),
        () => this.#drop(session),
      )
      .finally(() => clearTimeout(limit));
  }

  /**
   * Takes a session whose borrower has gone while its statement runs. The slot is free at once; the statement is
   * cancelled, and only when it has ended (some GEOS calls take seconds to notice) is the session lent again.
   */
  quarantine(session: Session, running: Promise<unknown>): void {
    const { observe, quarantineLimitMs, size } = this.#options;
    const crowded = this.#quarantined.size >= size;
    if (crowded || !this.#busy.delete(session)) {
      // As many zombies as slots: the database is given no further work in this one's place until it has ended.
      this.#settle(session, running, () => this.giveBack(session));
      return;
    }
    this.#quarantined.add(session);
    const started = performance.now();
    const limit = setTimeout(() => session.close(), quarantineLimitMs);
    this.#settle(session, running, () => {
      clearTimeout(limit);
      this.#quarantined.delete(session);
      observe({ kind: 'db.cancel', result: performance.now() - started <= PROMPT_CANCEL_MS ? 'cancelled' : 'quarantined' });
      this.#busy.add(session);
      this.giveBack(session, this.#total() > size);
    });
    this.#openForWaiters();
  }

  /** Closes what is idle now and the rest when it comes back. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#sweeper);
    for (const { session } of this.#idle.splice(0)) session.close();
    for (const session of this.#quarantined) session.close();
    for (const waiter of this.#waiters.splice(0)) waiter.reject(unavailable('The server is stopping'));
  }

  /** Closes every idle session: the database has been away, or they may remember what no longer is. */
  clear(): void {
    for (const { session } of this.#idle.splice(0)) session.close();
  }

  #settle(session: Session, running: Promise<unknown>, ended: () => void): void {
    const { observe } = this.#options;
    const cancelled = session.cancel().catch((error: unknown) => {
      observe({ kind: 'db.cancel', result: 'failed' });
      observe({ kind: 'db.lost', error });
    });
    // Not before the cancel request has been answered: it would hit the next borrower's statement.
    void Promise.allSettled([running, cancelled]).then(ended);
  }

  #wait(signal: AbortSignal): Promise<Session> {
    return new Promise((resolve, reject) => {
      const leave = (error: unknown): void => {
        const at = this.#waiters.indexOf(waiter);
        if (at >= 0) this.#waiters.splice(at, 1);
        done();
        reject(error);
      };
      const aborted = (): void => leave(signal.reason);
      const timer = setTimeout(() => leave(overloaded()), this.#options.waitLimitMs);
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', aborted);
      };
      const waiter = {
        resolve: (session: Session) => (done(), resolve(session)),
        reject: (error: unknown) => (done(), reject(error)),
      };
      signal.addEventListener('abort', aborted, { once: true });
      this.#waiters.push(waiter);
    });
  }

  #openForWaiters(): void {
    while (!this.#closed && this.#opening < this.#waiters.length && this.#total() < this.#options.size) {
      this.#opening += 1;
      this.#options.open().then(
        (session) => this.#opened(session),
        (error: unknown) => this.#notOpened(error),
      );
    }
  }

  #opened(session: Session): void {
    this.#opening -= 1;
    session.onLost(() => this.#forget(session));
    this.#rest(session);
  }

  #notOpened(error: unknown): void {
    this.#opening -= 1;
    // The server is full; ours that are at work will come back.
    if (sqlstate(error) === TOO_MANY_CONNECTIONS && this.#busy.size > 0) return;
    this.#waiters.shift()?.reject(unavailable('No connection to the database could be opened', error));
  }

  /** To the first who waits, else to the idle ones. */
  #rest(session: Session): void {
    this.#busy.delete(session);
    if (this.#closed || session.lost || performance.now() - session.openedAt > MAX_AGE_MS) {
      this.#drop(session);
      return;
    }
    const waiter = this.#waiters.shift();
    if (waiter === undefined) {
      this.#idle.push({ session, since: performance.now() });
      return;
    }
    this.#busy.add(session);
    waiter.resolve(session);
  }

  #drop(session: Session): void {
    this.#busy.delete(session);
    session.close();
    this.#openForWaiters();
  }

  #forget(session: Session): void {
    const at = this.#idle.findIndex((item) => item.session === session);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  #sweep(): void {
    const now = performance.now();
    const old = this.#idle.findIndex((item) => now - item.since <= MAX_IDLE_MS);
    for (const { session } of this.#idle.splice(0, old < 0 ? this.#idle.length : old)) session.close();
  }

  #total(): number {
    return this.#idle.length + this.#busy.size + this.#opening;
  }
}

const ROLLBACK = { text: 'rollback', values: [], formats: [], wanted: false, keep: false };

function unavailable(detail: string, cause?: unknown): AppError {
  return new AppError('DATABASE_UNAVAILABLE', { detail, cause, headers: { 'Retry-After': '1' } });
}

function overloaded(): AppError {
  return new AppError('OVERLOADED', { detail: 'All database connections are in use', headers: { 'Retry-After': '1' } });
}

import type { Observe } from '../base/event.ts';
import type { Session } from './session.ts';
import { sqlstate, TOO_MANY_CONNECTIONS } from './sqlstate.ts';

/** What the watch needs. */
export interface WatchOptions {
  readonly first: Session;
  readonly open: () => Promise<Session>;
  /** When any statement was last answered (performance.now): a busy database may answer the watch late. */
  readonly lastContact: () => number;
  readonly onBack: () => void;
  readonly observe: Observe;
}

const PING_MS = 300;
const ANSWER_MS = 500;
const PING = [{ text: '', values: [], formats: [], wanted: false, keep: false }];

/**
 * Whether the database is there, watched on a connection of its own by asking for an answer every 300 ms. It counts as
 * gone when that connection ends and no new one opens, or when neither the watch nor any statement was answered for
 * 500 ms; then it is looked for until it is back.
 */
export class Availability {
  readonly #options: WatchOptions;
  #session: Session | undefined;
  #available = true;
  #closed = false;
  #looking = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#adopt(options.first);
    void this.#look();
  }

  get available(): boolean {
    return this.#available;
  }

  /** A statement has just lost its connection: look now. */
  suspect(): void {
    void this.#look();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#session?.close();
  }

  #mark(available: boolean, error?: unknown): void {
    if (this.#closed || available === this.#available) return;
    this.#available = available;
    if (available) this.#options.onBack();
    this.#options.observe(available ? { kind: 'db.back' } : { kind: 'db.lost', error });
  }

  #adopt(session: Session): void {
    if (this.#closed) {
      session.close();
      return;
    }
    this.#session = session;
    session.onLost(() => {
      if (this.#session === session) this.#session = undefined;
      void this.#look();
    });
  }

  /** One look at a time; each plans the next. */
  async #look(): Promise<void> {
    if (this.#looking || this.#closed) return;
    this.#looking = true;
    clearTimeout(this.#timer);
    await (this.#session === undefined ? this.#reopen() : this.#ping(this.#session));
    this.#looking = false;
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#look(), PING_MS);
    this.#timer.unref();
  }

  async #reopen(): Promise<void> {
    const late = setTimeout(() => this.#mark(false, silence()), ANSWER_MS);
    try {
      this.#adopt(await this.#options.open());
      this.#mark(true);
    } catch (error) {
      // Who says that it is full is there.
      this.#mark(sqlstate(error) === TOO_MANY_CONNECTIONS, error);
    } finally {
      clearTimeout(late);
    }
  }

  async #ping(session: Session): Promise<void> {
    const started = performance.now();
    const outcome = await inTime(session.run(PING), ANSWER_MS);
    if (outcome === 'answered' || this.#options.lastContact() > started) {
      this.#mark(true);
      return;
    }
    if (this.#session === session) this.#session = undefined;
    session.close();
    // A connection that failed may be this one's misfortune alone; silence is not.
    if (outcome === 'failed') await this.#reopen();
    else this.#mark(false, silence());
  }
}

function silence(): Error {
  return new Error('The database does not answer');
}

/** How a promise came out in time. What a stalled process finds on its sockets is read before it gives up. */
function inTime(promise: Promise<unknown>, limitMs: number): Promise<'answered' | 'failed' | 'silent'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => setImmediate(() => resolve('silent')), limitMs);
    promise
      .then(
        () => resolve('answered'),
        () => resolve('failed'),
      )
      .finally(() => clearTimeout(timer));
  });
}

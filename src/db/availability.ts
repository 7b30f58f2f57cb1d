import type { Observe } from '../base/event.ts';
import type { Session } from './session.ts';

/** Whether the database is there, watched on a connection of its own. */
export interface Availability {
  readonly available: boolean;
  /** A statement has just lost its connection: look now. */
  suspect(): void;
  close(): void;
}

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
 * Asks for an answer every 300 ms. The database counts as gone when its connection ends and no new one opens, or when
 * neither this watch nor any statement was answered for 500 ms; then it is looked for until it is back.
 */
export function watchAvailability(options: WatchOptions): Availability {
  const { open, lastContact, onBack, observe } = options;
  let session: Session | undefined;
  let available = true;
  let closed = false;
  let looking = false;
  let timer: NodeJS.Timeout | undefined;

  const mark = (now: boolean, error?: unknown): void => {
    if (closed || now === available) return;
    available = now;
    if (now) onBack();
    observe(now ? { kind: 'db.back' } : { kind: 'db.lost', error });
  };
  const adopt = (opened: Session): void => {
    if (closed) {
      opened.close();
      return;
    }
    session = opened;
    opened.onLost(() => {
      if (session === opened) session = undefined;
      void look();
    });
  };
  const reopen = async (): Promise<void> => {
    const late = setTimeout(() => mark(false, new Error('The database does not answer')), ANSWER_MS);
    try {
      adopt(await open());
      mark(true);
    } catch (error) {
      mark(false, error);
    } finally {
      clearTimeout(late);
    }
  };
  const ping = async (asked: Session): Promise<void> => {
    const started = performance.now();
    const answered = await withinLimit(asked.run(PING), ANSWER_MS);
    if (answered || lastContact() > started) mark(true);
    else {
      mark(false, new Error('The database does not answer'));
      session = undefined;
      asked.close();
    }
  };
  /** One look at a time; each plans the next. */
  const look = async (): Promise<void> => {
    if (looking || closed) return;
    looking = true;
    clearTimeout(timer);
    await (session === undefined ? reopen() : ping(session));
    looking = false;
    if (closed) return;
    timer = setTimeout(() => void look(), PING_MS);
    timer.unref();
  };

  adopt(options.first);
  void look();
  return {
    get available() {
      return available;
    },
    suspect: () => void look(),
    close() {
      closed = true;
      clearTimeout(timer);
      session?.close();
    },
  };
}

/** True when the promise is fulfilled in time. What a stalled process finds on its sockets is read before it gives up. */
function withinLimit(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => setImmediate(() => resolve(false)), limitMs);
    promise.then(
      () => resolve(true),
      () => resolve(false),
    ).finally(() => clearTimeout(timer));
  });
}

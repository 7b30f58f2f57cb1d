import { setMaxListeners } from 'node:events';

/** Shares one computation among all who ask for the same key at the same time. */
export interface Inflight<T> {
  /** Joins the running computation of `key` or starts one; `signal` leaves it, and the last to leave aborts it. */
  run(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T>;
  readonly size: number;
}

interface Flight<T> {
  readonly promise: Promise<T>;
  readonly abort: AbortController;
  waiting: number;
}

/** Promise sharing with ref-counted abort; a finished or failed computation is forgotten at once, so failures never stick. */
export function createInflight<T>(): Inflight<T> {
  const flights = new Map<string, Flight<T>>();
  const launch = (key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> => {
    const abort = new AbortController();
    // One computation may wait for many others and statements at a time: no leak to be warned of.
    setMaxListeners(0, abort.signal);
    const promise = start(abort.signal).finally(() => {
      if (flights.get(key)?.promise === promise) flights.delete(key);
    });
    promise.catch(() => undefined);
    const flight = { promise, abort, waiting: 0 };
    flights.set(key, flight);
    return flight;
  };
  return {
    async run(key, signal, start) {
      signal.throwIfAborted();
      const flight = flights.get(key) ?? launch(key, start);
      flight.waiting += 1;
      let leave = (): void => undefined;
      const left = new Promise<never>((_, reject) => {
        leave = () => reject(asError(signal.reason));
      });
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([flight.promise, left]);
      } finally {
        signal.removeEventListener('abort', leave);
        flight.waiting -= 1;
        if (flight.waiting === 0 && signal.aborted) {
          if (flights.get(key) === flight) flights.delete(key);
          flight.abort.abort(signal.reason);
        }
      }
    },
    get size() {
      return flights.size;
    },
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../base/error.ts';
import { isConnectionLoss } from './sqlstate.ts';

const PAUSE_MS = 1000;

/**
 * Opens something on a database that may still be starting: tries once a second for `limitMs`, telling every failure.
 * @throws AppError DATABASE_UNAVAILABLE when time is up, or at once when the server answers and refuses
 */
export async function whenUp<T>(open: () => Promise<T>, limitMs: number, onTry: (message: string) => void = () => undefined): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      const left = end - performance.now();
      if (!isConnectionLoss(error)) throw unusable('Cannot use the database', error);
      if (left <= 0) throw unusable(`Cannot reach the database within ${limitMs / 1000} s`, error);
      onTry(`Waiting for the database, ${Math.ceil(left / 1000)} s more: ${reason(error)}`);
      await sleep(Math.min(PAUSE_MS, left));
    }
  }
}

function unusable(what: string, error: unknown): AppError {
  return new AppError('DATABASE_UNAVAILABLE', { detail: `${what}: ${reason(error)}`, cause: error });
}

/** Node's error of a host with several addresses has its reasons inside. */
function reason(error: unknown): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return inner instanceof Error ? inner.message : String(inner);
}

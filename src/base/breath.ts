import { setImmediate } from 'node:timers/promises';

/** Work of this length on end is not noticed by requests that wait for their turn. */
const TURN_MS = 8;

/**
 * A pause for long loops: awaited at every step, it lets requests in between whenever the loop has run for a few
 * milliseconds, and costs nothing worth measuring otherwise.
 */
export function createBreath(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}

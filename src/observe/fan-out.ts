import type { Observe } from '../base/event.ts';

/** One observer that tells all of them, in order. */
export function fanOut(...observers: readonly Observe[]): Observe {
  return (observation) => {
    for (const observe of observers) observe(observation);
  };
}

/** Places that are lent one after the other, in the order in which they were asked for. */
export interface Turns {
  /** Resolves with how to give the place back, once there is one. @throws the signal's reason when that comes first */
  take(signal: AbortSignal): Promise<() => void>;
  /** How many wait. */
  readonly waiting: number;
}

/** At most `places` are lent at a time; who leaves while waiting is forgotten at once. */
export function createTurns(places: number): Turns {
  let free = places;
  const queue = new Set<() => void>();
  const giveBack = (): void => {
    free += 1;
    const [next] = queue;
    if (next === undefined) return;
    queue.delete(next);
    next();
  };
  const lend = (): (() => void) => {
    free -= 1;
    let held = true;
    return () => {
      if (held) giveBack();
      held = false;
    };
  };
  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        if (free > 0) {
          resolve(lend());
          return;
        }
        const leave = (): void => {
          queue.delete(enter);
          reject(signal.reason);
        };
        const enter = (): void => {
          signal.removeEventListener('abort', leave);
          resolve(lend());
        };
        queue.add(enter);
        signal.addEventListener('abort', leave, { once: true });
      }),
    get waiting() {
      return queue.size;
    },
  };
}

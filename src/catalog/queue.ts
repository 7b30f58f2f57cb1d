/** Runs a task when its turn comes and settles as it does. */
export type Queue = <T>(task: () => Promise<T>) => Promise<T>;

/** Runs at most `limit` tasks at a time, the others in the order in which they came. */
export function createQueue(limit: number): Queue {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      // The place goes straight to the next in line, so that nobody can slip in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats a check until it gives true, and tells how many milliseconds that took. @throws Error after the time, with what was waited for */
export async function eventually(what: string, limitMs: number, check: () => boolean | Promise<boolean>): Promise<number> {
  const started = performance.now();
  while (!(await check())) {
    if (performance.now() - started > limitMs) throw new Error(`Not within ${limitMs} ms: ${what}`);
    await sleep(10);
  }
  return performance.now() - started;
}

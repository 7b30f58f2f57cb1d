import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createInflight } from '../../../src/base/inflight.ts';

const never = new AbortController().signal;

describe('inflight', () => {
  it('runs one computation for all who ask meanwhile', async () => {
    const inflight = createInflight<number>();
    let runs = 0;
    const work = async (): Promise<number> => {
      runs += 1;
      await sleep(5);
      return runs;
    };
    expect(await Promise.all([1, 2, 3].map(() => inflight.run('k', never, work)))).toEqual([1, 1, 1]);
    expect(await inflight.run('k', never, work)).toBe(2);
    expect(inflight.size).toBe(0);
  });

  it('forgets failures', async () => {
    const inflight = createInflight<number>();
    await expect(inflight.run('k', never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await inflight.run('k', never, async () => 7)).toBe(7);
  });

  it('goes on while somebody waits and aborts when the last one leaves', async () => {
    const inflight = createInflight<string>();
    const [a, b] = [new AbortController(), new AbortController()];
    let aborted = false;
    const work = (signal: AbortSignal): Promise<string> =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          resolve('late');
        });
      });
    const first = inflight.run('k', a.signal, work);
    const second = inflight.run('k', b.signal, work);
    a.abort(new Error('first left'));
    await expect(first).rejects.toThrow('first left');
    expect(aborted).toBe(false);
    b.abort(new Error('second left'));
    await expect(second).rejects.toThrow('second left');
    expect(aborted).toBe(true);
    expect(inflight.size).toBe(0);
  });

  it('does not start for somebody who has left already', async () => {
    const inflight = createInflight<number>();
    await expect(inflight.run('k', AbortSignal.abort(new Error('gone')), async () => 1)).rejects.toThrow('gone');
  });
});

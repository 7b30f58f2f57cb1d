import { expect, test } from 'vitest';
import { createQueue } from '../../../src/catalog/queue.ts';

test('runs at most so many at a time, in order', async () => {
  const queue = createQueue(2);
  let running = 0;
  let most = 0;
  const done: number[] = [];
  const task = (n: number) => async (): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    done.push(n);
    return n;
  };
  expect(await Promise.all([1, 2, 3, 4, 5].map((n) => queue(task(n))))).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
  expect(done).toEqual([1, 2, 3, 4, 5]);
});

test('a failure makes room for the next', async () => {
  const queue = createQueue(1);
  const failing = queue(() => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(await queue(() => Promise.resolve(7))).toBe(7);
});

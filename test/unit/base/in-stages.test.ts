import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inStages } from '../../../src/base/in-stages.ts';
import { createTurns } from '../../../src/base/turns.ts';

const never = new AbortController().signal;

/** Stages that note what happens, and wait for a word before they go on. */
function noted(ahead: number, places = 10) {
  const events: string[] = [];
  const open = new Map<string, () => void>();
  const turns = createTurns(places);
  const wait = (name: string, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      events.push(name);
      open.set(name, resolve);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  return {
    events,
    turns,
    go: async (name: string): Promise<void> => {
      open.get(name)?.();
      await setImmediate();
    },
    stages: {
      ahead,
      turns,
      read: async (item: number, signal: AbortSignal) => {
        await wait(`read ${item}`, signal);
        return item;
      },
      work: async (item: number, signal: AbortSignal) => {
        await wait(`work ${item}`, signal);
        return item * 10;
      },
    },
  };
}

describe('work in stages', () => {
  it('reads the next item while it works on the last one, one read at a time', async () => {
    const { events, go, stages } = noted(2);
    const results = inStages([1, 2, 3], stages, never);
    const first = results.next();
    await setImmediate();
    expect(events).toEqual(['read 1']);
    await go('read 1');
    expect(events).toEqual(['read 1', 'work 1', 'read 2']);
    await go('read 2');
    expect(events).toEqual(['read 1', 'work 1', 'read 2', 'work 2', 'read 3']);
    await go('work 1');
    expect(await first).toEqual({ done: false, value: 10 });
  });

  it('gives results in order, whichever is done first', async () => {
    const { go, stages } = noted(1);
    const results = inStages([1, 2], stages, never);
    const first = results.next();
    await setImmediate();
    await go('read 1');
    await go('read 2');
    await go('work 2');
    await go('work 1');
    expect([await first, await results.next(), await results.next()]).toEqual([
      { done: false, value: 10 },
      { done: false, value: 20 },
      { done: true, value: undefined },
    ]);
  });

  it('gives its turns back when the consumer stops, when the signal aborts, and when a stage fails', async () => {
    const stopped = noted(2, 1);
    const results = inStages([1, 2, 3], stopped.stages, never);
    const first = results.next();
    await setImmediate();
    await stopped.go('read 1');
    await stopped.go('work 1');
    await first;
    await results.return();
    await setImmediate();
    expect(stopped.turns.waiting).toBe(0);
    (await stopped.turns.take(never))();

    const aborted = noted(2, 1);
    const leaving = new AbortController();
    const left = inStages([1, 2, 3], aborted.stages, leaving.signal).next();
    await setImmediate();
    expect(aborted.turns.waiting).toBe(2);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    await setImmediate();
    expect(aborted.turns.waiting).toBe(0);
    (await aborted.turns.take(never))();

    const failing = { ...noted(0, 1).stages, read: () => Promise.reject(new Error('broken')) };
    await expect(inStages([1, 2], failing, never).next()).rejects.toThrow('broken');
    (await failing.turns.take(never))();
  });
});

describe('turns', () => {
  it('are lent in the order in which they were asked for; who leaves is forgotten', async () => {
    const turns = createTurns(1);
    const order: string[] = [];
    const enter = async (name: string, signal: AbortSignal): Promise<void> => {
      const giveBack = await turns.take(signal);
      order.push(name);
      await setImmediate();
      giveBack();
    };
    const leaving = new AbortController();
    const all = [enter('a', never), enter('b', leaving.signal), enter('c', never)];
    leaving.abort(new Error('left'));
    const outcomes = await Promise.allSettled(all);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(order).toEqual(['a', 'c']);
  });
});

import { setMaxListeners } from 'node:events';
import type { Turns } from './turns.ts';

/** What is done with each item. */
export interface Stages<Item, Read, Result> {
  /** One item is read at a time, in order. */
  read(item: Item, signal: AbortSignal): Promise<Read>;
  /** Works on what was read while the next item is being read. */
  work(read: Read, signal: AbortSignal): Promise<Result>;
  /** Results that may be in the making while the consumer is busy. */
  readonly ahead: number;
  /** Each item has a turn from before it is read until its result is there. */
  readonly turns: Turns;
}

/**
 * Results in the order of their items: reading, working and what the consumer does overlap. Who stops early, or whose
 * signal aborts, ends what is being read and worked on.
 */
export async function* inStages<Item, Read, Result>(
  items: Iterable<Item>,
  { read, work, ahead, turns }: Stages<Item, Read, Result>,
  signal: AbortSignal,
): AsyncGenerator<Result, void, void> {
  const own = new AbortController();
  const both = AbortSignal.any([signal, own.signal]);
  setMaxListeners(0, both);
  let before: Promise<void> = Promise.resolve();
  const start = (item: Item): Promise<Result> => {
    const turn = turns.take(both);
    const previous = before;
    const reading = turn.then(async () => {
      await previous;
      return read(item, both);
    });
    before = reading.then(
      () => undefined,
      () => undefined,
    );
    const result = finish(turn, reading);
    // Who stops early does not wait for it.
    result.catch(() => undefined);
    return result;
  };
  const finish = async (turn: Promise<() => void>, reading: Promise<Read>): Promise<Result> => {
    const giveBack = await turn;
    try {
      return await work(await reading, both);
    } finally {
      giveBack();
    }
  };
  const coming: Promise<Result>[] = [];
  try {
    for (const item of items) {
      coming.push(start(item));
      const first = coming.length > ahead ? coming.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (const result of coming) yield await result;
  } finally {
    own.abort(new Error('Nobody waits for it any more'));
  }
}

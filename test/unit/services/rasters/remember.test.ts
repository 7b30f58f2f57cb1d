import { describe, expect, it } from 'vitest';
import { remember } from '../../../../src/services/rasters/remember.ts';

describe('remember', () => {
  it('keeps what was found before somebody gave up: the next try goes on from there', async () => {
    const asked: string[] = [];
    const facts = remember<string>();
    const ask = (key: string, signal: AbortSignal, answer: Promise<string>): Promise<string> =>
      facts(key, signal, () => {
        asked.push(key);
        return answer;
      });
    const hasty = new AbortController();
    const first = Promise.all([ask('quick', hasty.signal, Promise.resolve('a')), ask('slow', hasty.signal, new Promise(() => undefined))]);
    setTimeout(() => hasty.abort(new Error('no time left')), 20);
    await expect(first).rejects.toThrow('no time left');
    const { signal } = new AbortController();
    const again = [ask('quick', signal, Promise.resolve('b')), ask('slow', signal, Promise.resolve('c'))];
    expect(await Promise.all(again)).toEqual(['a', 'c']);
    expect(asked).toEqual(['quick', 'slow', 'slow']);
  });

  it('does not keep failures', async () => {
    const facts = remember<number>();
    const { signal } = new AbortController();
    await expect(facts('key', signal, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(await facts('key', signal, () => Promise.resolve(1))).toBe(1);
  });
});

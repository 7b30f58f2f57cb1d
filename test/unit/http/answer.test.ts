import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/cache/memory-store.ts';
import { createAnswerCache, sizeOfKept } from '../../../src/http/answer-cache.ts';
import { chooseCoding, createEntry, encodedBody, entityTag, isNotModified } from '../../../src/http/answer.ts';

const answer = { status: 200, headers: { 'Content-Type': 'application/json' }, body: Buffer.from('{"a":1}'.repeat(500)) };

describe('content coding', () => {
  it('is the best that the client takes, and none for small bodies and pictures', () => {
    expect(chooseCoding('gzip, deflate, br', 'application/json', 5000)).toBe('br');
    expect(chooseCoding('gzip;q=1, br;q=0.5', 'application/json', 5000)).toBe('gzip');
    expect(chooseCoding('br;q=0, gzip;q=0', 'application/json', 5000)).toBe('identity');
    expect(chooseCoding('gzip', 'application/json', 100)).toBe('identity');
    expect(chooseCoding('gzip', 'image/png', 5000)).toBe('identity');
    expect(chooseCoding('gzip', 'application/vnd.mapbox-vector-tile', 5000)).toBe('gzip');
    expect(chooseCoding(undefined, 'application/json', 5000)).toBe('identity');
  });

  it('is made once and says the same', async () => {
    const entry = await createEntry(answer, 0);
    const [first, second] = await Promise.all([encodedBody(entry, 'br'), encodedBody(entry, 'br')]);
    expect(first).toBe(second);
    expect(brotliDecompressSync(first).equals(answer.body)).toBe(true);
    expect(gunzipSync(await encodedBody(entry, 'gzip')).equals(answer.body)).toBe(true);
  });
});

describe('entity tags', () => {
  it('differ between codings and bytes, and match in any coding', async () => {
    const entry = await createEntry(answer, 0);
    expect(entityTag(entry, 'identity')).not.toBe(entityTag(entry, 'gzip'));
    expect((await createEntry({ ...answer, body: Buffer.from('{}') }, 0)).tag).not.toBe(entry.tag);
    expect(isNotModified(entityTag(entry, 'gzip'), entry.tag)).toBe(true);
    expect(isNotModified(`"other", W/${entityTag(entry, 'identity')}`, entry.tag)).toBe(true);
    expect(isNotModified('*', entry.tag)).toBe(true);
    expect(isNotModified('unquoted', entry.tag)).toBe(false);
    expect(isNotModified(undefined, entry.tag)).toBe(false);
  });

  it('are those of all bytes, in whatever slices they are digested', async () => {
    const body = Buffer.alloc(9 * 1024 * 1024, 'graticule');
    const { tag } = await createEntry({ ...answer, body }, 0);
    const expected = createHash('sha1')
      .update(answer.headers['Content-Type'] ?? '')
      .update(body)
      .digest('base64url');
    expect(tag).toBe(expected.slice(0, 22));
  });

  it('are weak when something else than the bytes decides', async () => {
    const [a, b] = [await createEntry(answer, 0, 'same'), await createEntry({ ...answer, body: Buffer.from('other') }, 0, 'same')];
    expect(a.tag).toBe(b.tag);
    expect(entityTag(a, 'identity')).toMatch(/^W\//);
  });
});

describe('the answer cache', () => {
  it('keeps answers for their time and forgets those whose collections change', async () => {
    let now = 1000;
    const cache = createAnswerCache({
      answers: createMemoryStore({ maxBytes: 1e6, sizeOf: sizeOfKept }),
      spellings: createMemoryStore({ maxBytes: 1e6, sizeOf: () => 100 }),
      ttlSeconds: 60,
      now: () => now,
    });
    const entry = await createEntry(answer, now);
    cache.keep('key', { entry, handlings: [], collections: ['roads'] });
    cache.learn('/tiles/1', 'key');
    expect(cache.byRequest('/tiles/1')?.entry).toBe(entry);
    expect(cache.isFresh(entry)).toBe(true);
    now += 60_000;
    expect(cache.isFresh(entry)).toBe(false);
    expect(cache.byKey('key')?.entry).toBe(entry);
    cache.drop(['rivers']);
    expect(cache.byKey('key')?.entry).toBe(entry);
    cache.drop(['roads']);
    expect(cache.byRequest('/tiles/1')).toBeUndefined();
  });

  it('does not keep what was computed before its collection changed', async () => {
    let now = 1000;
    const cache = createAnswerCache({
      answers: createMemoryStore({ maxBytes: 1e6, sizeOf: sizeOfKept }),
      spellings: createMemoryStore({ maxBytes: 1e6, sizeOf: () => 100 }),
      ttlSeconds: 60,
      now: () => now,
    });
    const begun = await createEntry(answer, now);
    now += 10;
    cache.drop(['roads']);
    now += 10;
    cache.keep('key', { entry: begun, handlings: [], collections: ['roads'] });
    expect(cache.byKey('key')).toBeUndefined();
  });

  it('never grows past its bytes', () => {
    const store = createMemoryStore<{ readonly size: number }>({ maxBytes: 1000, sizeOf: ({ size }) => size });
    for (let i = 0; i < 100; i += 1) store.set(String(i), { size: 100 });
    expect(store.sizeBytes).toBeLessThanOrEqual(1000);
    expect(store.get('99')).toEqual({ size: 100 });
    expect(store.get('0')).toBeUndefined();
  });
});

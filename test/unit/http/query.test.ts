import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/http/query.ts';

describe('parseQuery', () => {
  it('keeps order and duplicates, and reads + as a space', () => {
    expect(parseQuery('?a=1&b=x+y&a=2&c')).toEqual([
      ['a', '1'],
      ['b', 'x y'],
      ['a', '2'],
      ['c', ''],
    ]);
    expect(parseQuery('')).toEqual([]);
  });

  it.each(['?limit=%zz', '?name=%ff%fe', '?%=1'])('refuses %s', (search) => {
    expect(() => parseQuery(search)).toThrow('percent-encoded UTF-8');
  });

  it('keeps names that would poison an object', () => {
    expect(parseQuery('?__proto__=1&constructor=2')).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(parseQuery(`?v=${encodeURIComponent(value)}`)).toEqual([['v', value]]);
      }),
    );
  });
});

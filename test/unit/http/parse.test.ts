import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/error.ts';
import { bboxParameter, datetimeParameter, limitParameter, offsetParameter } from '../../../src/http/params/query.ts';
import { collectionsParameter } from '../../../src/http/params/collections.ts';
import { tileIndex } from '../../../src/http/params/path.ts';
import { parseParameters } from '../../../src/http/parse.ts';

const declared = Object.entries({
  limit: limitParameter({ default: 10, maximum: 10_000 }),
  bbox: bboxParameter,
  datetime: datetimeParameter,
});

function faultsOf(query: readonly (readonly [string, string])[]): readonly string[] {
  try {
    parseParameters({ declared, further: [], raw: { path: {}, query } });
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.faults.map((fault) => `${fault.code} ${fault.name}`);
  }
}

describe('parseParameters', () => {
  it('reports every fault of a request at once', () => {
    expect(
      faultsOf([
        ['limit', 'abc'],
        ['bbox', '1,2,3'],
        ['foo', 'bar'],
        ['datetime', 'now'],
        ['datetime', 'now'],
      ]),
    ).toEqual([
      'DUPLICATE_PARAMETER datetime',
      'UNKNOWN_PARAMETER foo',
      'INVALID_PARAMETER limit',
      'INVALID_PARAMETER bbox',
      'INVALID_PARAMETER datetime',
    ]);
  });

  it('takes names as they are: case counts, brackets and __proto__ are unknown', () => {
    expect(faultsOf([['Limit', '10']])).toEqual(['UNKNOWN_PARAMETER Limit']);
    expect(faultsOf([['name[]', 'x']])).toEqual(['UNKNOWN_PARAMETER name[]']);
    expect(faultsOf([['__proto__', '1']])).toEqual(['UNKNOWN_PARAMETER __proto__']);
    expect(faultsOf([['f', 'json']])).toEqual([]);
  });

  it('joins the pieces of a list that may be given piecewise', () => {
    const list = { name: 'bidx', in: 'query', doc: '', schema: {}, repeatable: true, parse: (raw: string | undefined) => raw } as const;
    const query = [['bidx', '3'] as const, ['bidx', '2,1'] as const];
    expect(parseParameters({ declared: [['bands', list]], further: [], raw: { path: {}, query } }).input).toEqual({ bands: '3,2,1' });
    expect(parseParameters({ declared: [], further: [list], raw: { path: {}, query } }).further.get('bidx')).toBe('3,2,1');
  });

  it('survives thousands of parameters', () => {
    expect(faultsOf(Array.from({ length: 1200 }, (_, i) => [`p${i}`, ''] as const))).toHaveLength(1200);
  });
});

describe('limit', () => {
  const limit = limitParameter({ default: 10, maximum: 10_000 });

  it('has a default and is clamped', () => {
    expect(limit.parse(undefined)).toBe(10);
    expect(limit.parse('999999999')).toBe(10_000);
    expect(limit.parse('99999999999999999999999')).toBe(10_000);
    expect(limit.parse('1')).toBe(1);
  });

  it.each(['abc', '0', '00', '-1', '1.5', '', '1e3', '0x10', ' 1', '+1'])('refuses "%s"', (raw) => {
    expect(() => limit.parse(raw)).toThrow('expected an integer of at least 1');
  });
});

describe('offset', () => {
  it('is a whole number that fits', () => {
    expect(offsetParameter.parse('0')).toBe(0);
    for (const raw of ['-1', '9223372036854775808', '1.0', '']) expect(() => offsetParameter.parse(raw)).toThrow('Cannot parse offset');
  });
});

describe('tile rows and columns', () => {
  const row = tileIndex('tileRow', '');

  it('are out of range (404) when no matrix can have them, invalid (400) when they are no integers', () => {
    expect(row.parse('7')).toBe(7);
    for (const raw of ['-1', '99999999999999999999']) expect(() => row.parse(raw)).toThrow('outside the tile matrix');
    for (const raw of ['1.5', '1e0', 'abc', '']) expect(() => row.parse(raw)).toThrow('expected an integer');
  });
});

describe('collections', () => {
  it('are ids or their URLs, each once', () => {
    expect(collectionsParameter(32).parse('a,s."x,y",b')).toEqual(['a', 's."x,y"', 'b']);
    expect(collectionsParameter(32).parse('http://h/collections/a%2Fb')).toEqual(['a/b']);
    for (const raw of ['', 'a,', 'a,a', Array.from({ length: 33 }, (_, i) => `c${i}`).join(',')]) {
      expect(() => collectionsParameter(32).parse(raw), raw).toThrow('Cannot select collections');
    }
  });
});

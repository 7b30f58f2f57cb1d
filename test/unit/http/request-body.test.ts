import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonBody } from '../../../src/http/request-body.ts';

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('a body of JSON', () => {
  it('says what it says', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('may nest a hundred levels and no more, brackets in texts not counted', () => {
    expect(parseJsonBody(Buffer.from(nested(100)))).toBeInstanceOf(Array);
    expect(() => parseJsonBody(Buffer.from(nested(101)))).toThrow('at most 100 levels of nesting');
    expect(() => parseJsonBody(Buffer.from(`{"a":${nested(100)}}`))).toThrow('at most 100 levels of nesting');
    const texts = ['['.repeat(500), '\\"['.repeat(500), '"', '\\', '\\\\"[{'];
    expect(parseJsonBody(Buffer.from(JSON.stringify(texts)))).toEqual(texts);
  });

  it('is refused where it is none', () => {
    expect(() => parseJsonBody(Buffer.from('[1'))).toThrow('Cannot parse the body as JSON');
    expect(() => parseJsonBody(Buffer.of(0x22, 0xff, 0x22))).toThrow('it is not UTF-8');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { and, compile, ident, join, literal, or, sql } from '../../../src/base/sql.ts';

describe('sql`…`', () => {
  it('binds every interpolated value, whatever it looks like', () => {
    const evil = "'; drop table roads; --";
    expect(compile(sql`select * from t where a = ${evil} and b = ${1}`)).toEqual({
      text: 'select * from t where a = $1 and b = $2',
      values: [evil, 1],
    });
  });

  it('nests pieces and numbers their values in reading order', () => {
    const inner = sql`b = ${2}`;
    expect(compile(sql`a = ${1} and ${inner} and c = ${3}`)).toEqual({ text: 'a = $1 and b = $2 and c = $3', values: [1, 2, 3] });
  });

  it('never lets a string become text', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const { text, values } = compile(sql`x = ${value}`);
        expect(text).toBe('x = $1');
        expect(values).toEqual([value]);
      }),
    );
  });
});

describe('ident', () => {
  it('quotes each part and doubles quotes', () => {
    expect(compile(ident(['s', 'a.b'])).text).toBe('"s"."a.b"');
    expect(compile(ident('a"b')).text).toBe('"a""b"');
  });

  it('refuses NUL, which would end the message early', () => {
    expect(() => ident('a\0b')).toThrow('NUL');
  });
});

describe('literal', () => {
  it('doubles quotes and escapes backslashes', () => {
    expect(compile(literal("it's")).text).toBe("'it''s'");
    expect(compile(literal('a\\b')).text).toBe(" E'a\\\\b'");
    expect(compile(literal(-1.5)).text).toBe('(-1.5)');
    expect(() => literal(Number.NaN)).toThrow('No literal');
  });
});

describe('and, or, join', () => {
  it('drop absent conditions and are true or false when empty', () => {
    expect(compile(and([undefined, sql`a`, undefined, sql`b = ${1}`]))).toEqual({ text: '(a) and (b = $1)', values: [1] });
    expect(compile(and([])).text).toBe('true');
    expect(compile(or([])).text).toBe('false');
    expect(compile(or([sql`a`, sql`b`])).text).toBe('(a or b)');
    expect(compile(join([sql`a`, sql`b`])).text).toBe('a, b');
  });
});

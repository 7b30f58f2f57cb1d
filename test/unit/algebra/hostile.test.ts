import { describe, expect, test } from 'vitest';
import { AppError } from '../../../src/base/error.ts';
import { compile } from '../../../src/algebra/compile.ts';
import { parseFormula } from '../../../src/algebra/parse-formula.ts';
import { parseTitilerExpressions } from '../../../src/algebra/parse-titiler.ts';

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'INVALID_PARAMETER') return error.detail;
    throw error;
  }
  return expect.fail('was understood');
}

describe('what is wrong, and where', () => {
  test.each([
    ['', 'expected a number, a band (b1, b2, …), a function, "-", "~" or "(" at position 1, got the end'],
    ['b1 +', 'expected a number, a band (b1, b2, …), a function, "-", "~" or "(" at position 5, got the end'],
    ['b1 b2', 'expected an operator, ";", "," or the end at position 4, got "b2"'],
    ['(b1', 'expected an operator or ")" at position 4, got the end'],
    ['b1)', 'expected an operator, ";", "," or the end at position 3, got ")"'],
    ['b0', 'expected a band (b1, b2, …) or "(" after the name of a function at position 1, got "b0"'],
    ['b1 > 1 & b2 > 2', 'expected parentheses around one of two comparisons in a row at position 13, got ">"'],
    ['where(b1, 2)', 'expected 3 operands of where at position 1, got 2'],
    ['min(b1)', 'expected 2 to 64 operands of min at position 1, got 1'],
    ['1e999', 'expected a number up to 1.7976931348623157e+308 at position 1, got "1e999"'],
    ['b1 = 2', 'expected an operator, ";", "," or the end at position 4, got "="'],
    ['b1;;b2', 'expected a number, a band (b1, b2, …), a function, "-", "~" or "(" at position 4, got ";"'],
    ['b1 + ×', 'expected a number, a band (b1, b2, …), a function, "-", "~" or "(" at position 6, got "×"'],
    ['b1 + 😀', 'expected a number, a band (b1, b2, …), a function, "-", "~" or "(" at position 6, got "😀"'],
  ])('in the expression %j', (text, expected) => {
    expect(refusal(() => parseTitilerExpressions(text))).toBe(`Cannot parse expression "${text}": ${expected}`);
  });

  test.each([
    ['a ** 2', 'expected an operator or the end at position 3, got "**"'],
    ['a % 2', 'expected an operator or the end at position 3, got "%"'],
    ['a; b', 'expected an operator or the end at position 2, got ";"'],
    ['NULL', 'expected "==" or "!=" between a value and NULL at position 1, got "NULL"'],
    ['a + NULL', 'expected "==" or "!=" between a value and NULL at position 3, got "+"'],
    ['log(NULL)', 'expected "==" or "!=" between a value and NULL at position 5, got "NULL"'],
    ['-NULL == a', 'expected "==" or "!=" between a value and NULL at position 1, got "-"'],
    ['NULL == NULL', 'expected "==" or "!=" between a value and NULL at position 6, got "=="'],
    ['a_ + 1', 'expected a variable that does not start or end with "_" at position 1, got "a_"'],
    ['0x10', 'expected a decimal number at position 1, got "0x10"'],
    [
      'SIN(a)',
      'expected a function (abs, cos, exp, int, log, max, mean, median, min, round, sign, sin, std, sum, tan) at position 1, got "SIN"',
    ],
  ])('in the formula %j', (text, expected) => {
    expect(refusal(() => parseFormula(text))).toBe(`Cannot parse formula "${text}": ${expected}`);
  });
});

describe('what would harm', () => {
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'eval', 'Function', 'require', 'process', 'NULL'])(
    'the name %s is not a function and no band',
    (name) => {
      expect(refusal(() => parseTitilerExpressions(`${name}(b1)`))).toContain('expected a function (abs,');
      expect(refusal(() => parseTitilerExpressions(name))).toContain('expected a band');
      expect(refusal(() => parseFormula(`${name}(a)`))).toMatch(/expected a function \(abs,/);
    },
  );

  test.each(['constructor', 'toString', 'valueOf'])('the variable %s is only a name', (name) => {
    expect(refusal(() => compile([parseFormula(`x + ${name}`)], ['x']))).toBe(`Cannot compute with variable "${name}": expected one of x`);
    const out = new Float64Array(1);
    compile([parseFormula(`x + ${name}`)], ['x', name]).run([Float64Array.of(1), Float64Array.of(2)], [out]);
    expect([...out]).toEqual([3]);
  });

  test.each([
    ['parentheses', '('.repeat(999) + 'b1' + ')'.repeat(999)],
    ['signs', '-'.repeat(1990) + 'b1'],
    ['complements', '~'.repeat(1990) + 'b1'],
    ['powers', 'b1**'.repeat(400) + 'b1'],
    ['calls', 'sin('.repeat(300) + 'b1' + ')'.repeat(300)],
  ])('%s nested a thousand times are refused', (_, text) => {
    expect(refusal(() => parseTitilerExpressions(text))).toMatch(/expected at most 64 levels of nesting at position \d+, got ".+"$/);
  });

  test('long texts and large trees are refused', () => {
    expect(refusal(() => parseTitilerExpressions('b1+'.repeat(5000) + 'b1'))).toMatch(/expected at most 2000 characters, got 15002$/);
    expect(refusal(() => parseTitilerExpressions('b1+'.repeat(500) + 'b1'))).toMatch(
      /expected at most 256 numbers, bands, operators and calls at position/,
    );
    expect(refusal(() => parseTitilerExpressions('b1;'.repeat(400)))).toMatch(/expected at most 256 numbers/);
    expect(parseTitilerExpressions('b1+'.repeat(127) + 'b1')).toHaveLength(1);
  });

  test('messages are short and show no invisible characters', () => {
    const message = refusal(() => parseTitilerExpressions(`b1 + \u202E\u0000\n${'x'.repeat(1500)}`));
    expect(message.length).toBeLessThan(300);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('a tree from elsewhere calls nothing that is not on the list', () => {
    expect(refusal(() => compile([{ kind: 'call', name: 'constructor', operands: [] }], []))).toContain(
      'expected a function of the allow-list',
    );
  });
});

describe('numbers at the edge', () => {
  const value = (text: string, x = 0): number => {
    const out = new Float64Array(1);
    compile([parseFormula(text)], ['x']).run([Float64Array.of(x)], [out]);
    return out[0] ?? expect.fail('nothing');
  };

  test.each([
    '1 / 0',
    '0 / 0',
    'log(0)',
    'log(-1)',
    '0 ^ -1',
    '(-1) ^ 0.5',
    'exp(1000)',
    '10 ^ 400',
    '1E308 * 10',
    'INF',
    'INF - INF',
    '1 / (1 / 0)',
  ])('%s is no data', (text) => expect(value(text)).toBeNaN());

  test('INF compares', () => expect(value('(x < INF) & (x > -INF)', 5)).toBe(1));

  test('too large for float32 is no data, the largest float32 is not', () => {
    const out = new Float32Array(3);
    compile([parseFormula('x')], ['x']).run([Float64Array.of(3.4028234663852886e38, 3.5e38, -3.5e38)], [out]);
    expect([...out]).toEqual([Math.fround(3.4028234663852886e38), Number.NaN, Number.NaN]);
  });
});

describe('legend expressions', () => {
  const holds = (formula: string, ...values: readonly number[]): readonly number[] => {
    const out = new Float64Array(values.length);
    compile([parseFormula(formula)], ['x']).run([Float64Array.from(values)], [out]);
    return [...out];
  };

  test('hold or not for a number', () => {
    expect(holds('(-3.0 < x) & (x <= 1)', -3, -2.999, 0, 1, 1.001, Number.NaN)).toEqual([0, 1, 1, 1, 0, Number.NaN]);
    expect(holds('x == NULL', Number.NaN, 0)).toEqual([1, 0]);
  });

  test('know no other variable', () => {
    expect(refusal(() => holds('y > 1', 1))).toBe('Cannot compute with variable "y": expected one of x');
  });
});

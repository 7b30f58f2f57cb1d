import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/algebra/compile.ts';
import type { Expression } from '../../../src/algebra/expression.ts';
import { parseFormula } from '../../../src/algebra/parse-formula.ts';
import { parseTitilerExpressions } from '../../../src/algebra/parse-titiler.ts';
import { printFormula, printTitiler } from '../../../src/algebra/print.ts';
import { evaluateFormula, evaluateTitiler } from './reference.ts';
import { texts } from './texts.ts';

const N = Number.NaN;
const FIRST = [0, 1, 2, -3, 200, 0.5, -2.5, 1e6, N, 3];
const SECOND = [1, 0, 2, 7, 3, -0.5, 4294967295, 12, 5, N];
const COUNT = FIRST.length;

const common = {
  calls: ['sin', 'cos', 'exp', 'log', 'abs', 'round', 'sign'],
  infix: ['+', '-', '*', '/', '==', '!=', '<', '<=', '>', '>=', '&', '|'],
};
const titilerTexts = texts({
  names: ['b1', 'b2'],
  infix: [...common.infix, '//', '%', '**', '^', '<<', '>>'],
  prefix: ['+', '-', '~'],
  calls: [...common.calls, 'sqrt', 'floor', 'ceil', 'trunc', 'log10', 'log1p', 'expm1', 'arctan', 'isnan'],
  pairs: ['min', 'max', 'minimum', 'maximum'],
  triples: ['where'],
});
const formulaTexts = texts({
  names: ['a', 'B_2', 'PI', 'E', 'TRUE', 'FALSE', '(a == NULL)', '(NULL != B_2)'],
  infix: [...common.infix, '^'],
  prefix: ['+', '-', '!', '~'],
  calls: [...common.calls, 'int', 'min', 'max', 'sum', 'median', 'tan'],
  pairs: [],
  triples: [],
});

function run(expression: Expression, names: readonly string[], fills: readonly number[] = []): readonly number[] {
  const out = new Float64Array(COUNT);
  compile([expression], names, fills).run([Float64Array.from(FIRST), Float64Array.from(SECOND)], [out]);
  return [...out];
}

function only<T>(list: readonly T[]): T {
  const [first] = list;
  return list.length === 1 && first !== undefined ? first : expect.fail(`one of ${list.length}`);
}

/** The result, or undefined where a text is refused. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const positive = (values: readonly number[] | undefined): readonly number[] | undefined =>
  values?.map((value) => (value === 0 ? 0 : value));

describe('random texts', () => {
  const values = new Map([
    ['b1', FIRST],
    ['b2', SECOND],
  ]);
  const byReference = (text: string): readonly number[] | undefined => attempt(() => evaluateTitiler(text, values, COUNT));
  const byProgram = (text: string): readonly number[] | undefined => attempt(() => run(only(parseTitilerExpressions(text)), ['b1', 'b2']));

  test('of TiTiler mean what the reference evaluator says', () => {
    fc.assert(
      fc.property(titilerTexts, (text) => {
        const expected = byReference(text);
        fc.pre(text.length < 600 && expected !== undefined);
        expect(positive(byProgram(text))).toEqual(positive(expected));
      }),
      { numRuns: 500 },
    );
  });

  test('of TiTiler are refused where the reference evaluator refuses: two comparisons in a row', () => {
    fc.assert(
      fc.property(titilerTexts, (text) => {
        fc.pre(text.length < 600);
        expect(byProgram(text) === undefined).toBe(byReference(text) === undefined);
      }),
      { numRuns: 300 },
    );
  });

  test('of django-raster mean what the reference evaluator says', () => {
    fc.assert(
      fc.property(formulaTexts, (text) => {
        fc.pre(text.length < 600);
        const values = new Map([
          ['a', FIRST],
          ['B_2', SECOND],
        ]);
        const expected = evaluateFormula(
          text,
          values,
          new Map([
            ['a', -9],
            ['B_2', 255],
          ]),
          COUNT,
        );
        expect(positive(run(parseFormula(text), ['a', 'B_2'], [-9, 255]))).toEqual(positive(expected));
      }),
      { numRuns: 700 },
    );
  });

  test('are the same tree after printing', () => {
    fc.assert(
      fc.property(formulaTexts, titilerTexts, (formula, expression) => {
        fc.pre(formula.length < 600 && expression.length < 600);
        const tree = parseFormula(formula);
        expect(parseFormula(printFormula(tree))).toEqual(tree);
        const other = attempt(() => only(parseTitilerExpressions(expression)));
        if (other !== undefined) expect(only(parseTitilerExpressions(printTitiler(other)))).toEqual(other);
      }),
      { numRuns: 400 },
    );
  });

  test('of any characters are read or refused with a position, in no time', () => {
    const characters = fc.string({
      unit: fc.constantFrom(...'b1a2 ()+-*/^&|~!<>=;,.eE_%NUL\u0000\u202e\u{1f600}é'.split('')),
      maxLength: 2000,
    });
    fc.assert(
      fc.property(characters, (text) => {
        for (const parse of [parseTitilerExpressions, parseFormula]) {
          const message = attemptMessage(() => parse(text));
          if (message !== undefined)
            expect(message).toMatch(/^Cannot parse (expression|formula) ".*": expected .+ at position \d+, got .+$/s);
        }
      }),
      { numRuns: 400 },
    );
  });
});

function attemptMessage(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : expect.fail('not an error');
  }
}

describe('the same characters in two languages', () => {
  const titiler = (text: string): readonly number[] => run(only(parseTitilerExpressions(text)), ['b1', 'b2']);
  const formula = (text: string): readonly number[] => run(parseFormula(text), ['a', 'b']);

  test.each([
    ['^ is exclusive or, or power', 'b2 ^ 2', 'b ^ 2', 7, 5, 49],
    ['a sign binds looser than **, tighter than ^', '-b2 ** 2', '-b ^ 2', 7, -49, 49],
    ['comparisons bind loosest, or like a product', 'b2 + 1 > 7', 'b + 1 > 7', 7, 1, 7],
    ['~ is the complement, or the filled value', '~b2', '~b', 7, -8, 7],
  ])('%s', (_, first, second, value, one, two) => {
    const at = SECOND.indexOf(value);
    expect(titiler(first)[at]).toBe(one);
    expect(formula(second)[at]).toBe(two);
  });

  test('a sum of conditions is a condition in both', () => {
    expect(titiler('(b1 == 2) + (b2 == 2)')[2]).toBe(1);
    expect(formula('(a == 2) + (b == 2)')[2]).toBe(1);
    expect(titiler('(b1 == 2) * 1 + (b2 == 2) * 1')[2]).toBe(2);
  });
});

import type { BinaryOperator, Expression, UnaryOperator } from './expression.ts';
import type { Grammar, Infix, Meaning, Prefix } from './grammar.ts';
import { parseBy } from './parse.ts';
import { isTruth } from './truth.ts';

const left = (level: number, operators: Readonly<Record<string, BinaryOperator>>): readonly (readonly [string, Infix])[] =>
  Object.entries(operators).map(([symbol, operator]) => [symbol, { operator, level, groups: 'left' as const }]);

/** `NULL` on its way to `isNull`; a tree that is finished never holds it. */
const NULL: Expression = { kind: 'call', name: 'NULL', operands: [] };

const NULL_ALONE = '"==" or "!=" between a value and NULL';

const KEYWORDS: ReadonlyMap<string, Expression> = new Map<string, Expression>([
  ['E', { kind: 'number', value: Math.E }],
  ['PI', { kind: 'number', value: Math.PI }],
  ['TRUE', truth(0)],
  ['FALSE', truth(1)],
  ['INF', { kind: 'number', value: Infinity }],
  ['NULL', NULL],
]);

const LOGIC: ReadonlyMap<BinaryOperator, BinaryOperator> = new Map([
  ['add', 'or'],
  ['multiply', 'and'],
]);

/**
 * The precedences of django-raster's parser, which are not those of other languages: comparisons and logic bind like
 * `*` and tighter than `+`, and signs bind tighter than `^`. So `a + b > 3` is `a + (b > 3)` and `-a^2` is `(-a)^2`.
 */
export const FORMULA: Grammar = {
  noun: 'formula',
  operand: 'a number, a variable, a function, "-", "!", "~" or "("',
  infix: new Map<string, Infix>([
    ...left(1, { '+': 'add', '-': 'subtract' }),
    ...left(2, { '*': 'multiply', '/': 'divide', '&': 'and', '|': 'or', '==': 'equal', '!=': 'notEqual' }),
    ...left(2, { '<': 'less', '<=': 'lessEqual', '>': 'greater', '>=': 'greaterEqual' }),
    ['^', { operator: 'power', level: 3, groups: 'right' }],
  ]),
  prefix: new Map<string, Prefix>([
    ['+', { operator: 'plus', level: 4 }],
    ['-', { operator: 'negate', level: 4 }],
    ['!', { operator: 'not', level: 4 }],
    ['~', { operator: 'fill', level: 4 }],
  ]),
  functions: new Map([
    ...['sin', 'cos', 'tan', 'log', 'exp', 'abs', 'round', 'sign'].map((name) => [name, name] as const),
    ...['min', 'max', 'mean', 'median', 'std', 'sum'].map((name) => [name, name] as const),
    ['int', 'trunc'],
  ]),
  separators: new Set(),
  radix: false,
  fold: (name) => name,
  named,
  join,
  sign,
  whole: (expression) => (expression === NULL ? NULL_ALONE : expression),
};

/**
 * Parses one formula as django-raster has it: variables are names, in their case; `E PI TRUE FALSE NULL INF` and the
 * functions are written exactly so. Throws INVALID_PARAMETER with the position and what was expected.
 */
export function parseFormula(text: string): Expression {
  const [expression = NULL] = parseBy(FORMULA, text);
  return expression;
}

function named(name: string): Meaning {
  const keyword = KEYWORDS.get(name);
  if (keyword !== undefined) return keyword;
  const plain = !name.startsWith('_') && !name.endsWith('_');
  return plain ? { kind: 'variable', name } : 'a variable that does not start or end with "_"';
}

/** A constant that is a condition as comparisons are, so that `TRUE + (a > 1)` is logic. */
function truth(opposite: 0 | 1): Expression {
  return { kind: 'unary', operator: 'not', operand: { kind: 'number', value: opposite } };
}

/**
 * A sum of two conditions is true where either is and a product where both are, as NumPy's booleans are; equal to NULL
 * is: has no data.
 */
function join(operator: BinaryOperator, first: Expression, second: Expression): Meaning {
  if (first === NULL || second === NULL) {
    const operand = first === NULL ? second : first;
    if ((operator !== 'equal' && operator !== 'notEqual') || operand === NULL) return NULL_ALONE;
    return { kind: 'unary', operator: operator === 'equal' ? 'isNull' : 'isNotNull', operand };
  }
  const logic = isTruth(first) && isTruth(second) ? LOGIC.get(operator) : undefined;
  return { kind: 'binary', operator: logic ?? operator, left: first, right: second };
}

function sign(operator: UnaryOperator, operand: Expression): Meaning {
  return operand === NULL ? NULL_ALONE : { kind: 'unary', operator, operand };
}

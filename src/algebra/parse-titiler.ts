import type { BinaryOperator, Expression, UnaryOperator } from './expression.ts';
import { FUNCTIONS } from './functions.ts';
import type { Grammar, Infix, Meaning, Prefix } from './grammar.ts';
import { parseBy } from './parse.ts';
import { isTruth } from './truth.ts';

const infix = (
  level: number,
  groups: Infix['groups'],
  operators: Readonly<Record<string, BinaryOperator>>,
): readonly (readonly [string, Infix])[] => Object.entries(operators).map(([symbol, operator]) => [symbol, { operator, level, groups }]);

const COMPARISONS = {
  '==': 'equal',
  '!=': 'notEqual',
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'greater',
  '>=': 'greaterEqual',
} as const;

/** Python's precedences (Language reference §6.17); conditions are joined by bit operators, as numexpr has it. */
export const TITILER: Grammar = {
  noun: 'expression',
  operand: 'a number, a band (b1, b2, …), a function, "-", "~" or "("',
  infix: new Map<string, Infix>([
    ...infix(1, 'none', COMPARISONS),
    ...infix(2, 'left', { '|': 'bitOr' }),
    ...infix(3, 'left', { '^': 'bitXor' }),
    ...infix(4, 'left', { '&': 'bitAnd' }),
    ...infix(5, 'left', { '<<': 'shiftLeft', '>>': 'shiftRight' }),
    ...infix(6, 'left', { '+': 'add', '-': 'subtract' }),
    ...infix(7, 'left', { '*': 'multiply', '/': 'divide', '//': 'floorDivide', '%': 'modulo' }),
    ...infix(9, 'right', { '**': 'power' }),
  ]),
  prefix: new Map<string, Prefix>([
    ['+', { operator: 'plus', level: 8 }],
    ['-', { operator: 'negate', level: 8 }],
    ['~', { operator: 'bitNot', level: 8 }],
  ]),
  functions: new Map([
    ...[...FUNCTIONS].filter(([, { result }]) => result !== 'aggregate').map(([name]) => [name, name] as const),
    ['min', 'minimum'],
    ['max', 'maximum'],
  ]),
  separators: new Set([';', ',']),
  radix: true,
  fold: (name) => name.toLowerCase(),
  named,
  join,
  sign,
  whole: (expression) => expression,
};

/**
 * Parses expressions as TiTiler (rio-tiler on numexpr) has them: bands `b1`, `b2`, …, several expressions separated by
 * `;` (formerly `,`), a name in any case. Throws INVALID_PARAMETER with the position and what was expected.
 *
 * Where it differs from numexpr it says more: `min` and `max` of bands, bit operators on whole numbers of any band
 * type. `/` divides to a fraction for every band type.
 */
export function parseTitilerExpressions(text: string): readonly Expression[] {
  return parseBy(TITILER, text);
}

function named(name: string): Meaning {
  const band = /^[bB](?<number>[1-9][0-9]{0,4})$/.exec(name)?.groups?.['number'];
  return band === undefined ? 'a band (b1, b2, …) or "(" after the name of a function' : { kind: 'variable', name: `b${band}` };
}

/** Between two conditions, bit operators are logic and a sum is true where either is, as NumPy's booleans are. */
function join(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  const logic = isTruth(left) && isTruth(right) ? LOGIC.get(operator) : undefined;
  return { kind: 'binary', operator: logic ?? operator, left, right };
}

const LOGIC: ReadonlyMap<BinaryOperator, BinaryOperator> = new Map([
  ['bitAnd', 'and'],
  ['bitOr', 'or'],
  ['bitXor', 'notEqual'],
  ['add', 'or'],
]);

function sign(operator: UnaryOperator, operand: Expression): Expression {
  return { kind: 'unary', operator: operator === 'bitNot' && isTruth(operand) ? 'not' : operator, operand };
}

import type { BinaryOperator, Expression, UnaryOperator } from './expression.ts';
import { FORMULA } from './parse-formula.ts';
import { TITILER } from './parse-titiler.ts';
import type { Grammar } from './grammar.ts';

/** How a language writes the operators and functions of the tree. */
interface Spelling {
  readonly binary: ReadonlyMap<BinaryOperator, string>;
  readonly unary: ReadonlyMap<UnaryOperator, string>;
  readonly functions: ReadonlyMap<string, string>;
  readonly grammar: Grammar;
}

/** Levels above all operators: what never needs parentheses. */
const CLOSED = 100;

/** The expression in TiTiler's spelling with the fewest parentheses; `parseTitilerExpressions` reads the same tree from it. */
export function printTitiler(expression: Expression): string {
  return print(TITILER_SPELLING, expression, 0);
}

/** The formula in django-raster's spelling with the fewest parentheses; `parseFormula` reads the same tree from it. */
export function printFormula(expression: Expression): string {
  return print(FORMULA_SPELLING, expression, 0);
}

const TITILER_SPELLING = spellingOf(
  TITILER,
  [
    ['and', '&'],
    ['or', '|'],
  ],
  [['not', '~']],
);
const FORMULA_SPELLING = spellingOf(FORMULA, [], []);

function spellingOf(
  grammar: Grammar,
  binary: readonly (readonly [BinaryOperator, string])[],
  unary: readonly (readonly [UnaryOperator, string])[],
): Spelling {
  return {
    grammar,
    binary: new Map([...[...grammar.infix].map(([symbol, { operator }]) => [operator, symbol] as const), ...binary]),
    unary: new Map([...[...grammar.prefix].map(([symbol, { operator }]) => [operator, symbol] as const), ...unary]),
    functions: new Map([...grammar.functions].toReversed().map(([spelling, name]) => [name, spelling])),
  };
}

/** The text of an expression where operators of a lower level than `level` need parentheses. */
function print(spelling: Spelling, expression: Expression, level: number): string {
  const [text, own] = write(spelling, expression);
  return own < level ? `(${text})` : text;
}

function write(spelling: Spelling, expression: Expression): readonly [text: string, level: number] {
  switch (expression.kind) {
    case 'number':
      return [expression.value === Infinity ? 'INF' : `${expression.value}`, CLOSED];
    case 'variable':
      return [expression.name, CLOSED];
    case 'unary':
      return writeUnary(spelling, expression.operator, expression.operand);
    case 'binary': {
      const symbol = spelling.binary.get(expression.operator) ?? expression.operator;
      const { level = CLOSED, groups = 'none' } = spelling.grammar.infix.get(symbol) ?? {};
      const left = print(spelling, expression.left, groups === 'left' ? level : level + 1);
      const right = print(spelling, expression.right, groups === 'right' ? level : level + 1);
      return [`${left} ${symbol} ${right}`, level];
    }
    case 'call': {
      const name = spelling.functions.get(expression.name) ?? expression.name;
      return [`${name}(${expression.operands.map((operand) => print(spelling, operand, 0)).join(', ')})`, CLOSED];
    }
  }
}

/** Comparisons with NULL are unary in the tree. */
function writeUnary(spelling: Spelling, operator: UnaryOperator, operand: Expression): readonly [text: string, level: number] {
  if (operator === 'isNull' || operator === 'isNotNull') {
    const symbol = operator === 'isNull' ? '==' : '!=';
    const { level = 0 } = spelling.grammar.infix.get(symbol) ?? {};
    return [`${print(spelling, operand, level)} ${symbol} NULL`, level];
  }
  const symbol = spelling.unary.get(operator) ?? operator;
  const { level = 0 } = spelling.grammar.prefix.get(symbol) ?? {};
  return [`${symbol}${print(spelling, operand, level)}`, level];
}

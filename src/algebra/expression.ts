/** What one operand may be asked for. `fill` replaces no data by the fill value of the first variable in its operand. */
const UNARY_OPERATORS = ['plus', 'negate', 'not', 'bitNot', 'fill', 'isNull', 'isNotNull'] as const;

/**
 * What two operands make. `and` and `or` take numbers other than 0 as true; the bit operators read whole numbers.
 * Truths are the numbers 1 and 0.
 */
const BINARY_OPERATORS = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'floorDivide',
  'modulo',
  'power',
  'equal',
  'notEqual',
  'less',
  'lessEqual',
  'greater',
  'greaterEqual',
  'and',
  'or',
  'bitAnd',
  'bitOr',
  'bitXor',
  'shiftLeft',
  'shiftRight',
] as const;

/** An operator before its operand. */
export type UnaryOperator = (typeof UNARY_OPERATORS)[number];

/** An operator between its operands. */
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

/**
 * One formula over bands, as both languages are parsed into it: TiTiler's expressions and django-raster's formulas
 * differ in spelling and precedence only. A tree of plain values, safe to send to a worker and to print as a key.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] };

/** The expressions directly inside an expression, in order. */
function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.operands;
    default:
      return [];
  }
}

/** Names of the variables of an expression, each once, in the order of their first appearance. */
export function variablesOf(expression: Expression): readonly string[] {
  if (expression.kind === 'variable') return [expression.name];
  return [...new Set(operandsOf(expression).flatMap(variablesOf))];
}

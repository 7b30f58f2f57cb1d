import type { Expression } from './expression.ts';
import { FUNCTIONS } from './functions.ts';

const TRUTHS: ReadonlySet<string> = new Set('equal notEqual less lessEqual greater greaterEqual and or not isNull isNotNull'.split(' '));

/**
 * True where an expression can only be 1, 0 or no data because it is a condition. NumPy and numexpr give such values a
 * type of their own, in which `~`, `&`, `|`, `^` and `+` are logic instead of arithmetic.
 */
export function isTruth(expression: Expression): boolean {
  if (expression.kind === 'unary' && expression.operator === 'plus') return isTruth(expression.operand);
  if (expression.kind === 'binary' || expression.kind === 'unary') return TRUTHS.has(expression.operator);
  return expression.kind === 'call' && FUNCTIONS.get(expression.name)?.result === 'truth';
}

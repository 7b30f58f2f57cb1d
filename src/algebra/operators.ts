import { bitAnd, bitNot, bitOr, bitXor, shiftLeft, shiftRight } from './bits.ts';
import type { BinaryOperator, UnaryOperator } from './expression.ts';
import { eachPair, eachSample, type BinaryKernel, type UnaryKernel } from './kernel.ts';
import { vectorEach, vectorPair } from './vector-kernels.ts';

/** The loop of each operator between operands. */
export const BINARY: Readonly<Record<BinaryOperator, BinaryKernel>> = {
  add: vectorPair('add'),
  subtract: vectorPair('subtract'),
  multiply: vectorPair('multiply'),
  divide: vectorPair('divide'),
  floorDivide: vectorPair('floorDivide'),
  modulo: eachPair(modulo),
  power: eachPair(power),
  equal: vectorPair('equal'),
  notEqual: vectorPair('notEqual'),
  less: vectorPair('less'),
  lessEqual: vectorPair('lessEqual'),
  greater: vectorPair('greater'),
  greaterEqual: vectorPair('greaterEqual'),
  and: vectorPair('and'),
  or: vectorPair('or'),
  bitAnd: eachPair(bitAnd),
  bitOr: eachPair(bitOr),
  bitXor: eachPair(bitXor),
  shiftLeft: eachPair(shiftLeft),
  shiftRight: eachPair(shiftRight),
};

/** The loop of each operator before its operand; `plus` does nothing and `fill` needs a value. */
export const UNARY: Readonly<Record<Exclude<UnaryOperator, 'plus' | 'fill'>, UnaryKernel>> = {
  negate: vectorEach('negate'),
  not: vectorEach('not'),
  bitNot: eachSample(bitNot),
  isNull: vectorEach('isNull'),
  isNotNull: vectorEach('isNotNull'),
};

/** The loops of functions of one operand. Where a function is infinite or not defined there is no data. */
export const CALLED: ReadonlyMap<string, UnaryKernel> = new Map([
  ...Object.entries({
    sin: Math.sin,
    cos: Math.cos,
    tan: Math.tan,
    arcsin: Math.asin,
    arccos: Math.acos,
    arctan: Math.atan,
    sinh: Math.sinh,
    cosh: Math.cosh,
    tanh: Math.tanh,
    arcsinh: Math.asinh,
    arccosh: Math.acosh,
    arctanh: Math.atanh,
    exp: Math.exp,
    expm1: Math.expm1,
    log: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    log1p: Math.log1p,
    sign: Math.sign,
  }).map(([name, calculate]) => [name, eachSample(calculate)] as const),
  ['abs', vectorEach('absolute')],
  ['sqrt', vectorEach('squareRoot')],
  ['floor', vectorEach('floor')],
  ['ceil', vectorEach('ceiling')],
  ['trunc', vectorEach('truncate')],
  ['round', vectorEach('round')],
  ['ones_like', vectorEach('one')],
  ['isnan', vectorEach('isNull')],
  ['isfinite', vectorEach('finite')],
  ['isinf', vectorEach('infinite')],
]);

/** The loops of functions of two operands, and of those that take more by pairs. */
export const CALLED_WITH_TWO: ReadonlyMap<string, BinaryKernel> = new Map([
  ['arctan2', eachPair(Math.atan2)],
  ['hypot', eachPair(Math.hypot)],
  ['fmod', eachPair((a, b) => a % b)],
  ['copysign', eachPair((a, b) => (b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a)))],
  ['minimum', vectorPair('minimum')],
  ['maximum', vectorPair('maximum')],
]);

/** The remainder with the sign of the divisor, as Python's `%`; by zero there is none. */
function modulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** Squares, the usual powers, are products; what is infinite is no data. */
function power(base: number, exponent: number): number {
  if (exponent === 2) return base * base;
  const value = base ** exponent;
  return value - value === 0 ? value : Number.NaN;
}

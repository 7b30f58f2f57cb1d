import { bitAnd, bitNot, bitOr, bitXor, shiftLeft, shiftRight } from './bits.ts';
import type { BinaryOperator, UnaryOperator } from './expression.ts';
import * as arithmetic from './kernels-arithmetic.ts';
import * as logic from './kernels-logic.ts';

const { eachPair, eachSample } = arithmetic;

/** The loop of each operator between operands. */
export const BINARY: Readonly<Record<BinaryOperator, arithmetic.BinaryKernel>> = {
  add: arithmetic.add,
  subtract: arithmetic.subtract,
  multiply: arithmetic.multiply,
  divide: arithmetic.divide,
  floorDivide: arithmetic.floorDivide,
  modulo: arithmetic.modulo,
  power: arithmetic.power,
  equal: logic.equal,
  notEqual: logic.notEqual,
  less: logic.less,
  lessEqual: logic.lessEqual,
  greater: logic.greater,
  greaterEqual: logic.greaterEqual,
  and: logic.and,
  or: logic.or,
  bitAnd: eachPair(bitAnd),
  bitOr: eachPair(bitOr),
  bitXor: eachPair(bitXor),
  shiftLeft: eachPair(shiftLeft),
  shiftRight: eachPair(shiftRight),
};

/** The loop of each operator before its operand; `plus` does nothing and `fill` needs a value. */
export const UNARY: Readonly<Record<Exclude<UnaryOperator, 'plus' | 'fill'>, arithmetic.UnaryKernel>> = {
  negate: arithmetic.negate,
  not: logic.not,
  bitNot: eachSample(bitNot),
  isNull: logic.isNull,
  isNotNull: logic.isNotNull,
};

/** The loops of functions of one operand. Where a function is infinite or not defined there is no data. */
export const CALLED: ReadonlyMap<string, arithmetic.UnaryKernel> = new Map([
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
    floor: Math.floor,
    ceil: Math.ceil,
    trunc: Math.trunc,
    round: roundHalfToEven,
    ones_like: (value: number) => (Number.isNaN(value) ? value : 1),
  }).map(([name, calculate]) => [name, eachSample(calculate)] as const),
  ['abs', arithmetic.absolute],
  ['sqrt', arithmetic.squareRoot],
  ['isnan', logic.isNull],
  ['isfinite', logic.finite],
  ['isinf', logic.infinite],
]);

/** The loops of functions of two operands, and of those that take more by pairs. */
export const CALLED_WITH_TWO: ReadonlyMap<string, arithmetic.BinaryKernel> = new Map([
  ['arctan2', eachPair(Math.atan2)],
  ['hypot', eachPair(Math.hypot)],
  ['fmod', eachPair((a, b) => a % b)],
  ['copysign', eachPair((a, b) => (b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a)))],
  ['minimum', eachPair(Math.min)],
  ['maximum', eachPair(Math.max)],
]);

/** To the nearest whole number, halves to the even one, as NumPy and IEEE 754 round. */
export function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

const WORD = 2 ** 32;

/**
 * Bit operators on whole numbers below 2⁵³ in two's complement, so that 32BUI and 32BSI bands have all their bits;
 * JavaScript's own end at 32. Numbers with a fraction have no bits: NaN.
 */
export function bitAnd(a: number, b: number): number {
  return byWords(a, b, (x, y) => x & y);
}

/** Bits of either. */
export function bitOr(a: number, b: number): number {
  return byWords(a, b, (x, y) => x | y);
}

/** Bits of one of the two. */
export function bitXor(a: number, b: number): number {
  return byWords(a, b, (x, y) => x ^ y);
}

/** The complement: −a − 1. */
export function bitNot(a: number): number {
  return Number.isSafeInteger(a) ? -a - 1 : Number.NaN;
}

/** a · 2ᵇ; b from 0 to 63. */
export function shiftLeft(a: number, b: number): number {
  return shift(a, b, a * 2 ** b);
}

/** a ÷ 2ᵇ rounded down; b from 0 to 63. */
export function shiftRight(a: number, b: number): number {
  return shift(a, b, Math.floor(a / 2 ** b));
}

function shift(a: number, b: number, value: number): number {
  const bits = Number.isSafeInteger(a) && Number.isInteger(b) && b >= 0 && b < 64;
  return bits ? value : Number.NaN;
}

function byWords(a: number, b: number, combine: (x: number, y: number) => number): number {
  if ((a | 0) === a && (b | 0) === b) return combine(a, b);
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return Number.NaN;
  const high = combine(Math.floor(a / WORD), Math.floor(b / WORD));
  return high * WORD + (combine(a % WORD, b % WORD) >>> 0);
}

/**
 * Loops over samples, one for each operator, written out: a loop that took the operator as a function would call it for
 * every sample. Operands and result may be the same array. No data is NaN and stays NaN; `?? NaN` never happens, the
 * arrays are at least `count` long.
 */
export type BinaryKernel = (a: Float64Array, b: Float64Array, out: Float64Array, count: number) => void;

/** A loop over the samples of one operand. */
export type UnaryKernel = (a: Float64Array, out: Float64Array, count: number) => void;

/** a + b */
export const add: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = (a[i] ?? Number.NaN) + (b[i] ?? Number.NaN);
};

/** a − b */
export const subtract: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = (a[i] ?? Number.NaN) - (b[i] ?? Number.NaN);
};

/** a · b */
export const multiply: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = (a[i] ?? Number.NaN) * (b[i] ?? Number.NaN);
};

/** a ÷ b as a fraction; by zero there is no data. */
export const divide: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const divisor = b[i] ?? Number.NaN;
    out[i] = divisor === 0 ? Number.NaN : (a[i] ?? Number.NaN) / divisor;
  }
};

/** The quotient rounded down, as Python's `//`; by zero there is no data. */
export const floorDivide: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const divisor = b[i] ?? Number.NaN;
    out[i] = divisor === 0 ? Number.NaN : Math.floor((a[i] ?? Number.NaN) / divisor);
  }
};

/** The remainder with the sign of the divisor, as Python's `%`; by zero there is no data. */
export const modulo: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const divisor = b[i] ?? Number.NaN;
    const rest = (a[i] ?? Number.NaN) % divisor;
    out[i] = rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest;
  }
};

/** a to the power of b; squares and roots, the usual ones, without `**`. Infinite results are no data. */
export const power: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const [base, exponent] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN];
    const value = exponent === 2 ? base * base : base ** exponent;
    out[i] = Number.isFinite(value) && base === base ? value : Number.NaN;
  }
};

/** −a */
export const negate: UnaryKernel = (a, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = -(a[i] ?? Number.NaN);
};

/** A loop that calls a function for each sample: for functions that cost more than the call. Infinite results are no data. */
export function eachSample(calculate: (value: number) => number): UnaryKernel {
  return (a, out, count) => {
    for (let i = 0; i < count; i += 1) {
      const value = calculate(a[i] ?? Number.NaN);
      out[i] = Number.isFinite(value) ? value : Number.NaN;
    }
  };
}

/** A loop that calls a function for each pair of samples. Where either has no data the function is not asked. */
export function eachPair(calculate: (a: number, b: number) => number): BinaryKernel {
  return (a, b, out, count) => {
    for (let i = 0; i < count; i += 1) {
      const [first, second] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN];
      out[i] = first === first && second === second ? calculate(first, second) : Number.NaN;
    }
  };
}

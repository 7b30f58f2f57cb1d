/**
 * Loops over samples, one for each operator, written out: a loop that took the operator as a function would call it for
 * every sample. Operands and result may be the same array. No data is NaN and stays NaN; the `?? NaN` never happens,
 * the arrays are at least `count` long. A store in each branch is twice as fast as one store of a chosen value.
 *
 * Measured on 256² samples of float32, Node 20 on one core at 2.x GHz: see `compile`.
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
    if (divisor === 0) out[i] = Number.NaN;
    else out[i] = (a[i] ?? Number.NaN) / divisor;
  }
};

/** The quotient rounded down, as Python's `//`; by zero there is no data. */
export const floorDivide: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const divisor = b[i] ?? Number.NaN;
    if (divisor === 0) out[i] = Number.NaN;
    else out[i] = Math.floor((a[i] ?? Number.NaN) / divisor);
  }
};

/** The remainder with the sign of the divisor, as Python's `%`; by zero there is no data. */
export const modulo: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const divisor = b[i] ?? Number.NaN;
    const rest = (a[i] ?? Number.NaN) % divisor;
    if (rest !== 0 && rest < 0 !== divisor < 0) out[i] = rest + divisor;
    else out[i] = rest;
  }
};

/** a to the power of b; what is infinite is no data. Squares, the usual ones, are products. */
export const power: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const base = a[i] ?? Number.NaN;
    const exponent = b[i] ?? Number.NaN;
    const value = exponent === 2 ? base * base : base ** exponent;
    if (value - value === 0 && base === base) out[i] = value;
    else out[i] = Number.NaN;
  }
};

/** −a */
export const negate: UnaryKernel = (a, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = -(a[i] ?? Number.NaN);
};

/** The magnitude. */
export const absolute: UnaryKernel = (a, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = Math.abs(a[i] ?? Number.NaN);
};

/** The square root; of negative numbers there is no data. */
export const squareRoot: UnaryKernel = (a, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = Math.sqrt(a[i] ?? Number.NaN);
};

/** A loop that calls a function for each sample: for functions that cost more than the call. What is infinite is no data. */
export function eachSample(calculate: (value: number) => number): UnaryKernel {
  return (a, out, count) => {
    for (let i = 0; i < count; i += 1) {
      const value = calculate(a[i] ?? Number.NaN);
      if (value - value === 0) out[i] = value;
      else out[i] = Number.NaN;
    }
  };
}

/** A loop that calls a function for each pair of samples. Where either has no data the function is not asked. */
export function eachPair(calculate: (a: number, b: number) => number): BinaryKernel {
  return (a, b, out, count) => {
    for (let i = 0; i < count; i += 1) {
      const first = a[i] ?? Number.NaN;
      const second = b[i] ?? Number.NaN;
      if (first === first && second === second) out[i] = calculate(first, second);
      else out[i] = Number.NaN;
    }
  };
}

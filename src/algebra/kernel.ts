/** A loop over `count` samples of one register. No data is NaN and stays NaN; operand and result may be the same. */
export type UnaryKernel = (a: Float64Array, out: Float64Array, count: number) => void;

/** A loop over the samples of two registers. */
export type BinaryKernel = (a: Float64Array, b: Float64Array, out: Float64Array, count: number) => void;

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

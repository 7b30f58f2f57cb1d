/** Samples row by row, NaN where there is no data. */
export type Samples = Float32Array | Float64Array;

/** Copies samples from an offset on into a register. */
export function load(from: Samples, offset: number, out: Float64Array, count: number): void {
  out.set(from.subarray(offset, offset + count));
}

/** Half a step beyond the largest float32: from here on, rounding gives infinity. */
const BEYOND_NARROW = 2 ** 128 - 2 ** 103;

/** Copies a register to samples from an offset on; what is infinite, or too large for float32, becomes NaN. */
export function store(a: Float64Array, out: Samples, offset: number, count: number): void {
  out.set(count === a.length ? a : a.subarray(0, count), offset);
  const beyond = out instanceof Float32Array ? BEYOND_NARROW : Infinity;
  for (let i = 0; i < count; i += 1) {
    if (Math.abs(a[i] ?? Number.NaN) >= beyond) out[offset + i] = Number.NaN;
  }
}

/** The value where there is none. */
export function fillMissing(a: Float64Array, value: number, out: Float64Array, count: number): void {
  for (let i = 0; i < count; i += 1) {
    const known = a[i] ?? Number.NaN;
    out[i] = known === known ? known : value;
  }
}

/** Chooses by a condition: the second where it is other than 0, else the third; no data where the condition has none. */
export function where(operands: readonly [Float64Array, Float64Array, Float64Array], out: Float64Array, count: number): void {
  const [condition, a, b] = operands;
  for (let i = 0; i < count; i += 1) {
    const truth = condition[i] ?? Number.NaN;
    if (truth !== truth) out[i] = Number.NaN;
    else out[i] = (truth === 0 ? b[i] : a[i]) ?? Number.NaN;
  }
}

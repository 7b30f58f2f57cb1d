/** Samples row by row, NaN where there is no data. */
export type Samples = Float32Array | Float64Array;

/** Copies samples from an offset into a register. One loop an array type: a loop over both is slower for either. */
export function load(from: Samples, offset: number, out: Float64Array, count: number): void {
  if (from instanceof Float32Array) loadNarrow(from, offset, out, count);
  else out.set(from.subarray(offset, offset + count));
}

/** Copies a register to samples from an offset on; what is infinite, or too large for float32, becomes NaN. */
export function store(a: Float64Array, out: Samples, offset: number, count: number): void {
  if (out instanceof Float32Array) storeNarrow(a, out, offset, count);
  else storeWide(a, out, offset, count);
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
    const chosen = (truth === 0 ? b[i] : a[i]) ?? Number.NaN;
    out[i] = truth === truth ? chosen : Number.NaN;
  }
}

function loadNarrow(from: Float32Array, offset: number, out: Float64Array, count: number): void {
  for (let i = 0; i < count; i += 1) out[i] = from[offset + i] ?? Number.NaN;
}

/** Half a step beyond the largest float32: from here on rounding gives infinity. */
const BEYOND_NARROW = 2 ** 128 - 2 ** 103;

function storeNarrow(a: Float64Array, out: Float32Array, offset: number, count: number): void {
  for (let i = 0; i < count; i += 1) {
    const value = a[i] ?? Number.NaN;
    out[offset + i] = Math.abs(value) < BEYOND_NARROW ? value : Number.NaN;
  }
}

function storeWide(a: Float64Array, out: Float64Array, offset: number, count: number): void {
  for (let i = 0; i < count; i += 1) {
    const value = a[i] ?? Number.NaN;
    out[offset + i] = Math.abs(value) < Infinity ? value : Number.NaN;
  }
}

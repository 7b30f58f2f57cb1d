import type { BinaryKernel, UnaryKernel } from './kernels-arithmetic.ts';

/** a = b: 1, else 0; no data where either has none. The other comparisons likewise. */
export const equal: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const x = a[i] ?? Number.NaN;
    const y = b[i] ?? Number.NaN;
    if (x === y) out[i] = 1;
    else if (x === x && y === y) out[i] = 0;
    else out[i] = Number.NaN;
  }
};

/** a ≠ b */
export const notEqual: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const x = a[i] ?? Number.NaN;
    const y = b[i] ?? Number.NaN;
    if (x === y) out[i] = 0;
    else if (x === x && y === y) out[i] = 1;
    else out[i] = Number.NaN;
  }
};

/** a < b */
export const less: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const x = a[i] ?? Number.NaN;
    const y = b[i] ?? Number.NaN;
    if (x < y) out[i] = 1;
    else if (x >= y) out[i] = 0;
    else out[i] = Number.NaN;
  }
};

/** a ≤ b */
export const lessEqual: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const x = a[i] ?? Number.NaN;
    const y = b[i] ?? Number.NaN;
    if (x <= y) out[i] = 1;
    else if (x > y) out[i] = 0;
    else out[i] = Number.NaN;
  }
};

/** a > b */
export const greater: BinaryKernel = (a, b, out, count) => {
  less(b, a, out, count);
};

/** a ≥ b */
export const greaterEqual: BinaryKernel = (a, b, out, count) => {
  lessEqual(b, a, out, count);
};

/** Both are other than 0. */
export const and: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const x = a[i] ?? Number.NaN;
    const y = b[i] ?? Number.NaN;
    if (x !== x || y !== y) out[i] = Number.NaN;
    else if (x !== 0 && y !== 0) out[i] = 1;
    else out[i] = 0;
  }
};

/** One of the two is other than 0. */
export const or: BinaryKernel = (a, b, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const x = a[i] ?? Number.NaN;
    const y = b[i] ?? Number.NaN;
    if (x !== x || y !== y) out[i] = Number.NaN;
    else if (x !== 0 || y !== 0) out[i] = 1;
    else out[i] = 0;
  }
};

/** 1 where a is 0, else 0. */
export const not: UnaryKernel = (a, out, count) => {
  for (let i = 0; i < count; i += 1) {
    const x = a[i] ?? Number.NaN;
    if (x === 0) out[i] = 1;
    else if (x === x) out[i] = 0;
    else out[i] = Number.NaN;
  }
};

/** 1 where there is no data, else 0. */
export const isNull: UnaryKernel = (a, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = Number.isNaN(a[i] ?? Number.NaN) ? 1 : 0;
};

/** 0 where there is no data, else 1. */
export const isNotNull: UnaryKernel = (a, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = Number.isNaN(a[i] ?? Number.NaN) ? 0 : 1;
};

/** 1 where there is a number that is not infinite, else 0, also where there is no data. */
export const finite: UnaryKernel = (a, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = Number.isFinite(a[i] ?? Number.NaN) ? 1 : 0;
};

/** 1 where the number is infinite, else 0, also where there is no data. */
export const infinite: UnaryKernel = (a, out, count) => {
  for (let i = 0; i < count; i += 1) out[i] = Math.abs(a[i] ?? Number.NaN) === Infinity ? 1 : 0;
};

/**
 * Samples that a program computes at a time. A register of 2,048 float64 is 16 KiB: the few that one step reads and
 * writes stay in the caches, and the cost of a step (a call) disappears beside its loop.
 */
export const CHUNK = 2048;

/** Bytes of a register. */
const SIZE = CHUNK * 8;

/** More than expressions of the allowed size can use: a node takes one at most, a variable another. */
const COUNT = 768;

const PAGE = 65536;

/** Pages of 64 KiB of the memory; those that are never written take no room. */
export const PAGES = Math.ceil(((COUNT + 1) * SIZE) / PAGE);

/** The memory in which the loops of `vector-kernels.ts` work. It never grows, so that views of it stay valid. */
export const MEMORY = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });

/**
 * The n-th scratch array of this thread. All programs share them, since a run does not wait and does not call another;
 * so a cached program holds no memory. Throws RangeError beyond the last.
 */
export function register(n: number): Float64Array {
  if (n >= COUNT) throw new RangeError(`an expression needs register ${n} of ${COUNT}`);
  return new Float64Array(MEMORY.buffer, n * SIZE, CHUNK);
}

/** Where results are made ready to be copied out: after the last register, as either type. */
export const OUTLET = {
  narrow: new Float32Array(MEMORY.buffer, COUNT * SIZE, CHUNK),
  wide: new Float64Array(MEMORY.buffer, COUNT * SIZE, CHUNK),
} as const;

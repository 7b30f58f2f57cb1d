/**
 * Samples that a program computes at a time. A register of 2,048 float64 is 16 KiB: the few that one step reads and
 * writes stay in the first-level cache, and the cost of a step (a call) disappears beside its loop.
 */
export const CHUNK = 2048;

const registers: Float64Array[] = [];

/**
 * The n-th scratch array of this thread. All programs share them, since a run does not wait and does not call another;
 * so a cached program holds no memory and there are never more than the nodes of one text.
 */
export function register(n: number): Float64Array {
  const known = registers[n];
  if (known !== undefined) return known;
  const made = new Float64Array(CHUNK);
  registers[n] = made;
  return made;
}

import { PIXEL_LOOPS, PIXEL_MEMORY } from './pixel-loops.ts';

/** A straight line from samples to levels. */
export interface Line {
  readonly scale: number;
  readonly base: number;
}

/** Samples of one plane that are in the memory at a time: 16 KiB, with which four planes and pixels stay in the caches. */
const CHUNK = 4096;
const SIZE = CHUNK * 4;

/**
 * Samples to bytes of `least` to 255, halves to even; NaN becomes 0. Returns how many are NaN. `out` is of the same
 * length.
 */
export function stretchChunks(plane: Float32Array, { scale, base }: Line, out: Uint8Array, least: number): number {
  let holes = 0;
  for (let from = 0; from < plane.length; from += CHUNK) {
    const count = Math.min(CHUNK, plane.length - from);
    put(plane, from, count, 0);
    holes += PIXEL_LOOPS.stretch(0, SIZE, padded(count, 8) * 4, scale, base, least);
    out.set(PIXEL_MEMORY.uint8.subarray(SIZE, SIZE + count), from);
  }
  return holes;
}

/** Three planes, a line each, and how opaque each pixel is: a plane of 0 … 255, or nothing where all are opaque. */
export interface ColorPlanes {
  readonly planes: readonly [Float32Array, Float32Array, Float32Array];
  readonly lines: readonly [Line, Line, Line];
  readonly cover: Float32Array | undefined;
}

/**
 * Samples of three planes to interleaved RGBA bytes; all 0 where the three are NaN, else a NaN is 0. Returns how many
 * pixels have no colour.
 */
export function stretchColorChunks({ planes, lines: [r, g, b], cover }: ColorPlanes, out: Uint8Array): number {
  const [red] = planes;
  let holes = 0;
  if (cover === undefined) PIXEL_MEMORY.float32.fill(255, 3 * CHUNK, 4 * CHUNK);
  for (let from = 0; from < red.length; from += CHUNK) {
    const count = Math.min(CHUNK, red.length - from);
    planes.forEach((plane, n) => put(plane, from, count, n));
    if (cover !== undefined) put(cover, from, count, 3);
    const bytes = padded(count, 4) * 4;
    const to = 4 * SIZE;
    holes += PIXEL_LOOPS.stretchColors(0, SIZE, 2 * SIZE, 3 * SIZE, to, bytes, r.scale, r.base, g.scale, g.base, b.scale, b.base);
    out.set(PIXEL_MEMORY.uint8.subarray(to, to + count * 4), from * 4);
  }
  return holes;
}

/** Copies samples to the n-th chunk; up to the next vector there are zeros, which are numbers. */
function put(plane: Float32Array, from: number, count: number, n: number): void {
  const at = n * CHUNK;
  PIXEL_MEMORY.float32.set(plane.subarray(from, from + count), at);
  if (count < CHUNK) PIXEL_MEMORY.float32.fill(0, at + count, at + padded(count, 8));
}

function padded(count: number, vector: number): number {
  return Math.ceil(count / vector) * vector;
}

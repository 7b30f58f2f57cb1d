/**
 * Instructions of WebAssembly that leave one vector of two float64 on the stack (WebAssembly core specification 2.0,
 * §5.4.8 "Vector Instructions"). Comparisons leave a mask: all bits of a lane set where they hold. All bits set is
 * also a NaN, which is what no data is.
 */
export type Code = readonly number[];

const instruction =
  (opcode: number) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), 0xfd, ...unsigned(opcode)];

/** Samples of the operands, two at a time. */
export const SAMPLES: { readonly a: Code; readonly b: Code; readonly c: Code } = { a: [0x20, 6], b: [0x20, 7], c: [0x20, 8] };

/** Two numbers that are the same: what a call hands over, zeros, ones. */
export const CONSTANTS: { readonly value: Code; readonly zero: Code; readonly one: Code } = {
  value: instruction(0x14)([0x20, 5]),
  zero: [0xfd, 0x0c, ...new Uint8Array(16)],
  one: instruction(0x14)([0x44, ...new Uint8Array(Float64Array.of(1).buffer)]),
};

/** Masks of a comparison; `differ` is true for NaN, the others are not. */
export const COMPARED = {
  equal: instruction(0x47),
  differ: instruction(0x48),
  less: instruction(0x49),
  greater: instruction(0x4a),
  lessEqual: instruction(0x4b),
  greaterEqual: instruction(0x4c),
} as const;

/** Bits of both operands; of either; of the first where the third is set, else of the second. */
export const BITS = { both: instruction(0x4e), either: instruction(0x50), select: instruction(0x52) } as const;

/** Arithmetic of IEEE 754; `nearest` rounds halves to even, `least` and `most` are NaN where an operand is. */
export const COMPUTED = {
  add: instruction(0xf0),
  subtract: instruction(0xf1),
  multiply: instruction(0xf2),
  divide: instruction(0xf3),
  least: instruction(0xf4),
  most: instruction(0xf5),
  absolute: instruction(0xec),
  negative: instruction(0xed),
  squareRoot: instruction(0xef),
  ceiling: instruction(0x74),
  floor: instruction(0x75),
  truncated: instruction(0x7a),
  nearest: instruction(0x94),
} as const;

/** Two numbers as float32, in the lower half. */
export const narrow = instruction(0x5e);

/** A loop over samples: how many operands it reads, what it computes, and whether it writes float32. */
export interface VectorLoop {
  readonly operands: 1 | 2 | 3;
  readonly result: Code;
  readonly narrow?: boolean;
}

/**
 * A module with one function a loop: (a, b, c, out, bytes, value), addresses in bytes; it goes over `bytes` bytes of
 * float64, rounded up to 16. The memory is imported as `host.memory`, of so many pages of 64 KiB.
 */
export function assemble(loops: Readonly<Record<string, VectorLoop>>, pages: number): Uint8Array<ArrayBuffer> {
  const names = Object.keys(loops);
  const type = [0x60, ...list([[0x7f], [0x7f], [0x7f], [0x7f], [0x7f], [0x7c]]), 0];
  const memory = [...text('host'), ...text('memory'), 2, 1, ...unsigned(pages), ...unsigned(pages)];
  const types = names.map(() => [0]);
  const exported = names.map((name, k) => [...text(name), 0, ...unsigned(k)]);
  return Uint8Array.from([
    ...HEADER,
    ...section(1, [type]),
    ...section(2, [memory]),
    ...section(3, types),
    ...section(7, exported),
    ...section(10, Object.values(loops).map(functionBody)),
  ]);
}

/** `\0asm`, version 1. */
const HEADER: Code = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** Locals after the six parameters: three vectors and the position in bytes. */
const POSITION: Code = [0x20, 9];
const ADD_I32 = 0x6a;

function functionBody({ operands, result, narrow: half = false }: VectorLoop): Code {
  const loads = [0, 1, 2].slice(0, operands).flatMap((k) => [0x20, k, ...POSITION, ADD_I32, 0xfd, 0, 3, 0, 0x21, 6 + k]);
  const address = [0x20, 3, ...POSITION, ...(half ? [0x41, 1, 0x76] : []), ADD_I32];
  const store = half ? [0xfd, 0x5b, 3, 0, 0] : [0xfd, 11, 3, 0];
  const again = [...POSITION, 0x41, 16, ADD_I32, 0x22, 9, 0x20, 4, 0x49, 0x0d, 0];
  const locals = list([
    [3, 0x7b],
    [1, 0x7f],
  ]);
  const code = [...locals, 0x03, 0x40, ...loads, ...address, ...result, ...store, ...again, 0x0b, 0x0b];
  return [...unsigned(code.length), ...code];
}

function section(id: number, items: readonly Code[]): Code {
  const content = list(items);
  return [id, ...unsigned(content.length), ...content];
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): Code {
  return [...unsigned(name.length), ...Buffer.from(name, 'ascii')];
}

/** LEB128 (§5.2.2). */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

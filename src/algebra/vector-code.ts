/**
 * Instructions of WebAssembly that leave one vector of two float64 on the stack (WebAssembly core specification 2.0,
 * §5.4.8 "Vector Instructions"). Comparisons leave a mask: all bits of a lane set where they hold. All bits set is
 * also a NaN, which is what no data is.
 */
export type Code = readonly number[];

const instruction =
  (opcode: number) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), 0xfd, ...unsigned(opcode)];

/** Samples of the operands, two at a time, and the value that a call hands over. */
export const A: Code = [0x20, 6];
export const B: Code = [0x20, 7];
export const C: Code = [0x20, 8];
export const VALUE: Code = instruction(0x14)([0x20, 5]);

/** Two zeros and two ones. */
export const ZERO: Code = [0xfd, 0x0c, ...new Uint8Array(16)];
export const ONE: Code = instruction(0x14)([0x44, ...new Uint8Array(Float64Array.of(1).buffer)]);

/** Masks: a = b, a ≠ b (true for NaN), a < b, a > b, a ≤ b, a ≥ b. */
export const equal = instruction(0x47);
export const differ = instruction(0x48);
export const less = instruction(0x49);
export const greater = instruction(0x4a);
export const lessEqual = instruction(0x4b);
export const greaterEqual = instruction(0x4c);

/** Bits of both; of either; of the first operand where the third is set, else of the second. */
export const both = instruction(0x4e);
export const either = instruction(0x50);
export const select = instruction(0x52);

/** Arithmetic of IEEE 754; `nearest` rounds halves to even, `least` and `most` are NaN where an operand is. */
export const add = instruction(0xf0);
export const subtract = instruction(0xf1);
export const multiply = instruction(0xf2);
export const divide = instruction(0xf3);
export const least = instruction(0xf4);
export const most = instruction(0xf5);
export const absolute = instruction(0xec);
export const negative = instruction(0xed);
export const squareRoot = instruction(0xef);
export const ceiling = instruction(0x74);
export const floor = instruction(0x75);
export const truncated = instruction(0x7a);
export const nearest = instruction(0x94);

/** The two numbers as float32, in the lower half. */
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
export function assemble(loops: Readonly<Record<string, VectorLoop>>, pages: number): Uint8Array {
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

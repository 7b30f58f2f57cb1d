import { assembleModule, constant, defineFunction, plain, repeat, vector, type Code, type ModuleFunction } from '../base/web-assembly.ts';

/*
 * Instructions of WebAssembly that leave one vector of two float64 on the stack (WebAssembly core specification 2.0,
 * §5.4.8 "Vector Instructions"). Comparisons leave a mask: all bits of a lane set where they hold. All bits set is
 * also a NaN, which is what no data is.
 */
/** Samples of the operands, two at a time. */
export const SAMPLES: { readonly a: Code; readonly b: Code; readonly c: Code } = { a: [0x20, 6], b: [0x20, 7], c: [0x20, 8] };

/** Two numbers that are the same: what a call hands over, zeros, ones. */
export const CONSTANTS: { readonly value: Code; readonly zero: Code; readonly one: Code } = {
  value: vector(0x14)([0x20, 5]),
  zero: [0xfd, 0x0c, ...new Uint8Array(16)],
  one: vector(0x14)([0x44, ...new Uint8Array(Float64Array.of(1).buffer)]),
};

/** Masks of a comparison; `differ` is true for NaN, the others are not. */
export const COMPARED = {
  equal: vector(0x47),
  differ: vector(0x48),
  less: vector(0x49),
  greater: vector(0x4a),
  lessEqual: vector(0x4b),
  greaterEqual: vector(0x4c),
} as const;

/** Bits of both operands; of either; of the first where the third is set, else of the second. */
export const BITS = { both: vector(0x4e), either: vector(0x50), select: vector(0x52) } as const;

/** Arithmetic of IEEE 754; `nearest` rounds halves to even, `least` and `most` are NaN where an operand is. */
export const COMPUTED = {
  add: vector(0xf0),
  subtract: vector(0xf1),
  multiply: vector(0xf2),
  divide: vector(0xf3),
  least: vector(0xf4),
  most: vector(0xf5),
  absolute: vector(0xec),
  negative: vector(0xed),
  squareRoot: vector(0xef),
  ceiling: vector(0x74),
  floor: vector(0x75),
  truncated: vector(0x7a),
  nearest: vector(0x94),
} as const;

/** Two numbers as float32, in the lower half. */
export const narrow = vector(0x5e);

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
  return assembleModule(Object.fromEntries(Object.entries(loops).map(([name, loop]) => [name, functionOf(loop)])), pages);
}

const add = plain(0x6a);
const half = plain(0x76);
const isBelow = plain(0x49);
/** Bytes of a vector and of half of one; alignment and offset of their addresses (§5.4.6). */
const [loadVector, storeVector, storeHalf] = [vector(0, 3, 0), vector(11, 3, 0), vector(0x5b, 3, 0, 0)];

function functionOf({ operands, result, narrow: isHalf = false }: VectorLoop): ModuleFunction {
  return defineFunction(
    {
      parameters: { a: 'i32', b: 'i32', c: 'i32', out: 'i32', bytes: 'i32', value: 'f64' },
      // SAMPLES name the first three by their numbers.
      locals: { first: 'v128', second: 'v128', third: 'v128', at: 'i32' },
    },
    ({ get, set, tee }) => {
      const loads = [
        set.first(loadVector(add(get.a, get.at))),
        set.second(loadVector(add(get.b, get.at))),
        set.third(loadVector(add(get.c, get.at))),
      ].slice(0, operands);
      const store = isHalf ? storeHalf(add(get.out, half(get.at, constant(1))), result) : storeVector(add(get.out, get.at), result);
      return repeat([...loads.flat(), ...store], isBelow(tee.at(add(get.at, constant(16))), get.bytes));
    },
  );
}

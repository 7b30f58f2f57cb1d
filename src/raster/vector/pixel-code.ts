import { assembleModule, constant, defineFunction, plain, repeat, vector, when, type Code } from '../../base/web-assembly.ts';

// Loops over float32 samples that compute in float64, as the same loops in JavaScript would: addresses are in bytes.

const add = plain(0x6a);
const subtract = plain(0x6b);
const multiply = plain(0x6c);
const isBelow = plain(0x49);
const both = plain(0x71);
const toFloat = plain(0xb6);
const sumOf = plain(0xa0);

/** Loads and stores by how many bytes they move; no alignment is promised (§5.4.6, §5.4.8). */
const load = {
  i32: plain(0x28, 2, 0),
  all: vector(0x00, 0, 0),
  half: vector(0x5d, 0, 0),
  quarter: vector(0x5c, 0, 0),
  sameTwice: vector(0x0a, 0, 0),
} as const;
const store = { all: vector(0x0b, 0, 0), half: vector(0x5b, 0, 0, 0), float32: plain(0x38, 0, 0) } as const;

const float64 = {
  same: vector(0x14),
  add: vector(0xf0),
  multiply: vector(0xf2),
  nearest: vector(0x94),
  /** Of two numbers the lesser or greater; not a number where the first is none. */
  atMost: (a: Code, b: Code): Code => vector(0xf6)(a, b),
  atLeast: (a: Code, b: Code): Code => vector(0xf7)(a, b),
  ofLowFloat32: vector(0x5f),
  toFloat32: vector(0x5e),
  lane: (value: Code, n: 0 | 1): Code => vector(0x21, n)(value),
} as const;

const int32 = {
  /** Of two float64, with zeros above; what is not a number, or below 0, becomes 0. */
  ofFloat64: vector(0xfd),
  shiftLeft: vector(0xab),
  subtract: vector(0xb1),
  lane: (value: Code, n: number): Code => vector(0x1b, n)(value),
} as const;

/** Halves the size of numbers, cut to what is left: the first operand's come first. */
const narrow = { toInt16: vector(0x86), toInt8: vector(0x66) } as const;

const bits = { both: vector(0x4e), either: vector(0x50), without: vector(0x4f) } as const;
const isNoNumber = (value: Code): Code => vector(0x42)(value, value);
const ZERO: Code = vector(0x0c, ...new Uint8Array(16))();

/** Bytes of two vectors, by their numbers. */
const shuffle = (bytes: Code) => vector(0x0d, ...bytes);
const numbers = (...from: readonly number[]): Code => from.flatMap((first) => [0, 1, 2, 3, 4, 5, 6, 7].map((n) => first + n));
/** The lower halves of both; the upper half of the first, twice. */
const lowHalves = shuffle(numbers(0, 16));
const upperHalf = (value: Code): Code => shuffle(numbers(8, 8))(value, value);

/**
 * down(source, stride, out, bytes, weights, count): each of `bytes` / 4 samples of `out` is the sum of `count` samples
 * below one another, `stride` bytes apart, times their float64 weights. Sixteen bytes at a time.
 */
const down = defineFunction(
  {
    parameters: { source: 'i32', stride: 'i32', out: 'i32', bytes: 'i32', weights: 'i32', count: 'i32' },
    locals: { at: 'i32', from: 'i32', weight: 'i32', end: 'i32', samples: 'v128', factor: 'v128', low: 'v128', high: 'v128' },
  },
  ({ get, set, tee }) => {
    const weighed = (samples: Code): Code => float64.multiply(get.factor, float64.ofLowFloat32(samples));
    const oneTap = [
      ...set.samples(load.all(get.from)),
      ...set.factor(load.sameTwice(get.weight)),
      ...set.low(float64.add(get.low, weighed(get.samples))),
      ...set.high(float64.add(get.high, weighed(upperHalf(get.samples)))),
      ...set.from(add(get.from, get.stride)),
    ];
    const fourSamples = [
      ...set.low(ZERO),
      ...set.high(ZERO),
      ...set.from(add(get.source, get.at)),
      ...set.weight(get.weights),
      ...repeat(oneTap, isBelow(tee.weight(add(get.weight, constant(8))), get.end)),
      ...store.all(add(get.out, get.at), lowHalves(float64.toFloat32(get.low), float64.toFloat32(get.high))),
    ];
    return [
      ...set.end(add(get.weights, multiply(get.count, constant(8)))),
      ...repeat(fourSamples, isBelow(tee.at(add(get.at, constant(16))), get.bytes)),
    ];
  },
);

/**
 * across(source, out, columns, starts, weights, count): each sample of `out` is the sum of `count` (2 or more) samples
 * beside one another, from its entry of `starts` (i32) on, times its own float64 weights. Two taps at a time.
 */
const across = defineFunction(
  {
    parameters: { source: 'i32', out: 'i32', columns: 'i32', starts: 'i32', weights: 'i32', count: 'i32' },
    locals: { end: 'i32', pairs: 'i32', from: 'i32', last: 'i32', sum: 'v128' },
  },
  ({ get, set, tee }) => {
    const take = (samples: Code, weights: Code): Code =>
      set.sum(float64.add(get.sum, float64.multiply(float64.ofLowFloat32(samples), weights)));
    const pair = [...take(load.half(get.from), load.all(get.weights)), ...set.from(add(get.from, constant(8)))];
    const single = [...take(load.quarter(get.from), load.half(get.weights)), ...set.weights(add(get.weights, constant(8)))];
    const oneSample = [
      ...set.sum(ZERO),
      ...set.from(add(get.source, multiply(load.i32(get.starts), constant(4)))),
      ...set.last(add(get.weights, get.pairs)),
      ...repeat(pair, isBelow(tee.weights(add(get.weights, constant(16))), get.last)),
      ...when(both(get.count, constant(1)), single),
      ...store.float32(get.out, toFloat(sumOf(float64.lane(get.sum, 0), float64.lane(get.sum, 1)))),
      ...set.starts(add(get.starts, constant(4))),
    ];
    return [
      ...set.end(add(get.out, multiply(get.columns, constant(4)))),
      ...set.pairs(multiply(subtract(get.count, both(get.count, constant(1))), constant(8))),
      ...repeat(oneSample, isBelow(tee.out(add(get.out, constant(4))), get.end)),
    ];
  },
);

/** Two samples to whole numbers of `least` to 255 along a line; what is no number becomes 0. */
function levels(samples: Code, { scale, base, least }: Readonly<Record<'scale' | 'base' | 'least', Code>>): Code {
  const onLine = float64.add(float64.multiply(float64.ofLowFloat32(samples), float64.same(scale)), float64.same(base));
  const cut = float64.atMost(float64.atLeast(float64.nearest(onLine), float64.same(least)), float64.same(FULL));
  return int32.ofFloat64(cut);
}

/** A number that is known beforehand, as float64 (§5.4.7). */
function number(value: number): Code {
  return [0x44, ...new Uint8Array(Float64Array.of(value).buffer)];
}

const [NONE, ONE, FULL] = [number(0), number(1), number(255)];

/** Four samples in the same way. */
function fourLevels(samples: Code, line: Readonly<Record<'scale' | 'base' | 'least', Code>>): Code {
  return lowHalves(levels(samples, line), levels(upperHalf(samples), line));
}

/** How many samples of a plane were no numbers, from a count in each of four lanes. */
function total(counts: Code): Code {
  return [0, 1, 2, 3].map((n) => int32.lane(counts, n)).reduce((sum, lane) => add(sum, lane));
}

/**
 * stretch(source, out, bytes, scale, base, least): samples to bytes of `least` to 255 along a line, halves to even;
 * what is no number becomes 0 and is counted. Thirty-two bytes at a time.
 */
const stretch = defineFunction(
  {
    parameters: { source: 'i32', out: 'i32', bytes: 'i32', scale: 'f64', base: 'f64', least: 'f64' },
    locals: { end: 'i32', first: 'v128', second: 'v128', words: 'v128', holes: 'v128' },
    result: 'i32',
  },
  ({ get, set, tee }) => {
    const eightSamples = [
      ...set.first(load.all(get.source)),
      ...set.second(load.all(add(get.source, constant(16)))),
      ...set.words(narrow.toInt16(fourLevels(get.first, get), fourLevels(get.second, get))),
      ...store.half(get.out, narrow.toInt8(get.words, get.words)),
      ...set.holes(int32.subtract(int32.subtract(get.holes, isNoNumber(get.first)), isNoNumber(get.second))),
      ...set.out(add(get.out, constant(8))),
    ];
    return [
      ...set.end(add(get.source, get.bytes)),
      ...repeat(eightSamples, isBelow(tee.source(add(get.source, constant(32))), get.end)),
      ...total(get.holes),
    ];
  },
);

/**
 * stretchColors(red, green, blue, cover, out, bytes, scales and bases): samples of three planes to red, green and
 * blue along a line each, and of a fourth, as they are, to alpha; all 0 where the three are no numbers, which is counted.
 * Sixteen bytes at a time.
 */
const stretchColors = defineFunction(
  {
    parameters: {
      red: 'i32',
      green: 'i32',
      blue: 'i32',
      cover: 'i32',
      out: 'i32',
      bytes: 'i32',
      redScale: 'f64',
      redBase: 'f64',
      greenScale: 'f64',
      greenBase: 'f64',
      blueScale: 'f64',
      blueBase: 'f64',
    },
    locals: { at: 'i32', r: 'v128', g: 'v128', b: 'v128', a: 'v128', hole: 'v128', holes: 'v128' },
    result: 'i32',
  },
  ({ get, set, tee }) => {
    const channel = (samples: Code, scale: Code, base: Code, place: number): Code =>
      int32.shiftLeft(fourLevels(samples, { scale, base, least: NONE }), constant(place));
    const colors = [
      channel(get.r, get.redScale, get.redBase, 0),
      channel(get.g, get.greenScale, get.greenBase, 8),
      channel(get.b, get.blueScale, get.blueBase, 16),
      channel(get.a, ONE, NONE, 24),
    ].reduce((pixels, plane) => bits.either(pixels, plane));
    const fourSamples = [
      ...set.r(load.all(add(get.red, get.at))),
      ...set.g(load.all(add(get.green, get.at))),
      ...set.b(load.all(add(get.blue, get.at))),
      ...set.a(load.all(add(get.cover, get.at))),
      ...set.hole(bits.both(bits.both(isNoNumber(get.r), isNoNumber(get.g)), isNoNumber(get.b))),
      ...store.all(add(get.out, get.at), bits.without(colors, get.hole)),
      ...set.holes(int32.subtract(get.holes, get.hole)),
    ];
    return [...repeat(fourSamples, isBelow(tee.at(add(get.at, constant(16))), get.bytes)), ...total(get.holes)];
  },
);

/** The module of these loops over a memory of so many pages of 64 KiB. */
export function assemblePixelLoops(pages: number): Uint8Array<ArrayBuffer> {
  return assembleModule({ down, across, stretch, stretchColors }, pages);
}

import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/algebra/compile.ts';
import { parseFormula } from '../../../src/algebra/parse-formula.ts';
import { parseTitilerExpressions } from '../../../src/algebra/parse-titiler.ts';
import { CHUNK } from '../../../src/algebra/registers.ts';

const N = Number.NaN;

/** Pseudo-random heights with holes, longer than several chunks. */
function samples(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % 17 === 0 ? N : (state % 9000) + 0.25;
  });
}

describe('runs', () => {
  const length = 3 * CHUNK + 7;
  const [first, second] = [samples(length, 1), samples(length, 2)];

  test('over many chunks and several outputs, reading only', () => {
    const [before, index, product] = [first.slice(), new Float32Array(length), new Float64Array(length)];
    compile(parseTitilerExpressions('(b2-b1)/(b2+b1); b1*b2'), ['b1', 'b2']).run([first, second], [index, product]);
    for (let k = 0; k < length; k += 1) {
      const [a, b] = [first[k] ?? N, second[k] ?? N];
      expect([index[k], product[k]]).toEqual([Math.fround((b - a) / (b + a)), a * b]);
    }
    expect(first).toEqual(before);
  });

  test('may write into their inputs', () => {
    const [a, b] = [first.slice(), second.slice()];
    compile(parseTitilerExpressions('b2;b1'), ['b1', 'b2']).run([a, b], [a, b]);
    expect([a, b]).toEqual([second, first]);
  });

  test('do not disturb each other', () => {
    const one = compile(parseTitilerExpressions('b1+1'), ['b1']);
    const two = compile(parseTitilerExpressions('b1*(b1+2)'), ['b1']);
    const [x, y] = [new Float64Array(1), new Float64Array(1)];
    one.run([Float64Array.of(5)], [x]);
    two.run([Float64Array.of(5)], [y]);
    one.run([Float64Array.of(7)], [x]);
    expect([...x, ...y]).toEqual([8, 35]);
  });

  test('take inputs by name, not by place', () => {
    const out = new Float64Array(1);
    compile([parseFormula('b - a')], ['unused', 'b', 'a']).run([Float64Array.of(0), Float64Array.of(10), Float64Array.of(4)], [out]);
    expect([...out]).toEqual([6]);
  });
});

describe('aggregates', () => {
  test('range over all samples with data, whatever the chunk', () => {
    const length = 2 * CHUNK + 3;
    const values = samples(length, 3);
    const known = [...values].filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
    const sorted = known.toSorted((a, b) => a - b);
    const median = ((sorted[(sorted.length - 1) >> 1] ?? N) + (sorted[sorted.length >> 1] ?? N)) / 2;
    const of = (text: string): number => {
      const out = new Float64Array(length);
      compile([parseFormula(text)], ['a']).run([values], [out]);
      return out[length - 1] ?? N;
    };
    expect(of('mean(a)')).toBeCloseTo(mean, 9);
    expect(of('std(a)')).toBeCloseTo(deviation, 9);
    expect(of('median(a)')).toBe(median);
    expect(of('sum(a)')).toBeCloseTo(mean * known.length, 3);
    expect([of('min(a)'), of('max(a)')]).toEqual([sorted[0], sorted.at(-1)]);
    expect(of('max(a - mean(a))')).toBeCloseTo((sorted.at(-1) ?? N) - mean, 9);
  });

  test('of nothing are no data', () => {
    const out = new Float64Array(2);
    compile([parseFormula('mean(a) + sum(a) + median(a)')], ['a']).run([Float64Array.of(N, N)], [out]);
    expect([...out]).toEqual([N, N]);
  });

  test('start anew with every run', () => {
    const program = compile([parseFormula('sum(a)')], ['a']);
    const out = new Float64Array(1);
    program.run([Float64Array.of(5)], [out]);
    program.run([Float64Array.of(7)], [out]);
    expect([...out]).toEqual([7]);
  });
});

test('whole numbers beyond 32 bits keep their bits', () => {
  const out = new Float64Array(1);
  const bits = (text: string, value: number): number | undefined => {
    compile(parseTitilerExpressions(text), ['b1']).run([Float64Array.of(value)], [out]);
    return out[0];
  };
  expect(bits('(b1 >> 31) & 1', 4294967295)).toBe(1);
  expect(bits('b1 & 0xFFFF0000', 4294967295)).toBe(4294901760);
  expect(bits('b1 & 0b100', 6)).toBe(4);
  expect(bits('b1 & 1', 1.5)).toBeNaN();
  expect(bits('~b1', 4294967295)).toBe(-4294967296);
});

test('the largest expressions have room', () => {
  const bands = Array.from({ length: 128 }, (_, k) => `b${k + 1}`);
  const nested = '('.repeat(60) + 'b1' + '+1)'.repeat(60);
  for (const text of [bands.join('+'), `max(${bands.slice(0, 64).join(',')})`, nested, bands.join(';')]) {
    const outputs = parseTitilerExpressions(text).map(() => new Float64Array(1));
    compile(parseTitilerExpressions(text), bands).run(
      bands.map((_, k) => Float64Array.of(k)),
      outputs,
    );
    expect(outputs.every(([value]) => Number.isFinite(value))).toBe(true);
  }
});

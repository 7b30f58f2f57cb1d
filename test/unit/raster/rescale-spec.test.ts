import { expect, it } from 'vitest';
import { toGrayWords, coverOf } from '../../../src/raster/gray-words.ts';
import { formatRescale, parseRescale } from '../../../src/raster/rescale-spec.ts';

it.each([
  ['0,255', [{ kind: 'numbers', min: 0, max: 255 }]],
  ['-1.5e3, 7', [{ kind: 'numbers', min: -1500, max: 7 }]],
  ['10,0', [{ kind: 'numbers', min: 10, max: 0 }]],
  ['Min,MAX', [{ kind: 'extremes' }]],
  ['p2,p98', [{ kind: 'percentiles', low: 2, high: 98 }]],
  ['0,1;p0.5,p99.5,min,max', [{ kind: 'numbers', min: 0, max: 1 }, { kind: 'percentiles', low: 0.5, high: 99.5 }, { kind: 'extremes' }]],
])('reads %s, and writes it so that it is read again', (text, wanted) => {
  expect(parseRescale(text)).toEqual(wanted);
  expect(parseRescale(parseRescale(text).map(formatRescale).join(','))).toEqual(wanted);
});

it.each([
  ['', 'Cannot parse rescale "": expected min,max as two numbers, the words min,max, or percentiles such as p2,p98, got ""'],
  ['5', 'got "5"'],
  ['1,2,3', 'got 3 parts'],
  ['a,b', 'got "a"'],
  ['1,', 'got ""'],
  ['1,inf', 'got "inf"'],
  ['1,0x10', 'got "0x10"'],
  ['p2,98', 'got "p2"'],
  ['p98,p2', 'expected the lower percentile first, got p98,p2'],
  ['p2,p101', 'expected a percentile from p0 to p100, got "p101"'],
  [Array.from({ length: 65 }, () => '0,1').join(','), 'expected at most 64 ranges, got 65'],
])('refuses %s', (text, message) => {
  expect(() => parseRescale(text)).toThrow(message);
});

it('makes grey words of values, stretched or as they are, and says where data is', () => {
  const plane = Float32Array.of(-1, 0, 0.5, 1, 3, Number.NaN);
  expect([...toGrayWords(plane, { min: 0, max: 1 }).gray]).toEqual([0, 0, 32768, 65535, 65535, 0]);
  const own = toGrayWords(Float32Array.of(-4, 1234.6, 70000));
  expect([...own.gray]).toEqual([0, 1235, 65535]);
  expect(own.cover).toBeUndefined();
  expect([...(toGrayWords(plane).cover ?? [])]).toEqual([255, 255, 255, 255, 255, 0]);
  expect([...coverOf([plane, Float32Array.of(1, Number.NaN, 1, 1, 1, 1)])]).toEqual([255, 255, 255, 255, 255, 255]);
});

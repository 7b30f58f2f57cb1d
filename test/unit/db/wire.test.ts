import { expect, test } from 'vitest';
import { AppError } from '../../../src/base/error.ts';
import { parameterValue } from '../../../src/db/parameter-text.ts';
import { createPreparedNames } from '../../../src/db/prepared-names.ts';
import { encodePipeline } from '../../../src/db/wire.ts';
import type { Step } from '../../../src/db/wire.ts';

const STEP: Step = { name: '', parse: 'select $1', values: ['1'], formats: [], wanted: true };

/** Codes of the messages, by their lengths. */
function codes(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1 + bytes.readUInt32BE(at + 1)) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

test('a pipeline is parse, bind, describe, execute for each step, and one sync', () => {
  expect(codes(encodePipeline([STEP]))).toBe('PBDES');
  expect(
    codes(
      encodePipeline(
        [
          { ...STEP, wanted: false },
          { ...STEP, parse: undefined, name: 'g1' },
        ],
        ['g7', 'g8'],
      ),
    ),
  ).toBe('CCPBEBDES');
});

test('lengths count bytes, not letters', () => {
  expect(codes(encodePipeline([{ ...STEP, parse: "select '😀é'", values: ['😀', null, Buffer.alloc(70_000)] }]))).toBe('PBDES');
});

test('a NUL in the SQL text and too many values are refused before anything is encoded', () => {
  expect(() => encodePipeline([{ ...STEP, parse: 'select 1\0; drop' }])).toThrow('NUL');
  expect(() => encodePipeline([{ ...STEP, values: Array.from({ length: 65_536 }, () => '1') }])).toThrow(AppError);
  expect(codes(encodePipeline([{ ...STEP, values: Array.from({ length: 65_535 }, () => '1') }]))).toBe('PBDES');
});

test.each([
  [null, null],
  [undefined, null],
  ['text', 'text'],
  [1.5, '1.5'],
  [9007199254740993n, '9007199254740993'],
  [false, 'false'],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [{ a: [1, 'x'] }, '{"a":[1,"x"]}'],
  [[], '{}'],
  [[1, null, [2]], '{"1",NULL,{"2"}}'],
  [['a"b\\', ''], '{"a\\"b\\\\",""}'],
  [[Buffer.from([255])], '{"\\\\xff"}'],
])('value %# is sent as its text', (value, text) => {
  expect(parameterValue(value)).toEqual(text);
});

test('a text keeps its name, the oldest give way, and a name is never used twice', () => {
  const names = createPreparedNames();
  const first = names.take('a');
  expect(first).toEqual({ name: 'g1', parse: 'a' });
  expect(names.take('a')).toEqual({ name: 'g1', parse: undefined });
  for (let i = 0; i < 99; i += 1) names.take(`other ${i}`);
  names.take('a');
  names.take('one more');
  expect(names.dropped()).toEqual(['g2']);
  expect(names.dropped()).toEqual([]);
  expect(names.take('other 0').name).toBe('g102');
});

test('a name whose parsing may have failed is dropped and not used again', () => {
  const names = createPreparedNames();
  const step = { ...STEP, ...names.take('a') };
  names.doubt([step]);
  expect(names.take('a')).toEqual({ name: 'g2', parse: 'a' });
  expect(names.dropped()).toEqual(['g1']);
});

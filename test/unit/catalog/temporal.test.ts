import { expect, test } from 'vitest';
import { temporalColumns } from '../../../src/catalog/temporal.ts';
import type { Property } from '../../../src/catalog/collection.ts';

function property(name: string, type: string): Property {
  return {
    name,
    title: undefined,
    description: undefined,
    unit: undefined,
    type,
    jsonType: 'string',
    format: undefined,
    maxLength: undefined,
    enum: undefined,
    nullable: true,
  };
}

const COLUMNS = [
  property('name', 'text'),
  property('day', 'date'),
  property('a', 'timestamp'),
  property('b', 'timestamptz'),
  property('t', 'time'),
];
const NONE = { datetime: undefined, start: undefined, end: undefined };

test.each([
  [NONE, { start: 'day', end: 'day', type: 'date' }, []],
  [{ ...NONE, datetime: 'b' }, { start: 'b', end: 'b', type: 'timestamptz' }, []],
  [{ ...NONE, start: 'a', end: 'b' }, { start: 'a', end: 'b', type: 'timestamp' }, []],
  [{ ...NONE, start: 'a' }, { start: 'a', end: 'a', type: 'timestamp' }, []],
  [{ ...NONE, datetime: 'name' }, { start: 'day', end: 'day', type: 'date' }, ['name']],
  [{ ...NONE, start: 'nowhere', end: 'b' }, { start: 'b', end: 'b', type: 'timestamptz' }, ['nowhere']],
  [{ ...NONE, datetime: 't' }, { start: 'day', end: 'day', type: 'date' }, ['t']],
])('%o', (comment, columns, unknown) => {
  expect(temporalColumns(comment, COLUMNS)).toEqual({ columns, unknown });
});

test('no column of time, no axis', () => {
  expect(temporalColumns(NONE, [property('name', 'text')])).toEqual({ columns: undefined, unknown: [] });
});

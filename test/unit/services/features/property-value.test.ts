import { describe, expect, test } from 'vitest';
import { compile } from '../../../../src/base/sql.ts';
import { checkPropertyValue, equalsValue } from '../../../../src/services/features/property-value.ts';
import { property } from './fixtures.ts';

describe('checkPropertyValue', () => {
  test.each([
    ['int4', 'abc'],
    ['int4', '1.5'],
    ['int4', ''],
    ['int4', '2147483648'],
    ['int2', '-32769'],
    ['int8', '9223372036854775808'],
    ['int8', '1'.repeat(5000)],
    ['uuid', 'abc'],
    ['uuid', '00000000-0000-0000-0000-00000000000g'],
    ['bool', '1'],
    ['bool', 'TRUE'],
    ['float8', 'NaN'],
    ['float8', 'Infinity'],
    ['float8', '1e999'],
    ['float8', '1e-999'],
    ['float4', '1e39'],
    ['float4', '1e-60'],
    ['numeric', '1e99999'],
    ['numeric', '0x10'],
    ['numeric', '1,5'],
    ['text', 'a\0b'],
    ['date', '2026-02-30'],
    ['date', '2026-1-1'],
    ['date', 'now'],
    ['date', 'infinity'],
    ['date', '2026-01-31T00:00:00Z'],
    ['timestamptz', '2026-01-31'],
    ['timestamptz', '2026-01-31T25:00:00Z'],
    ['timestamptz', 'tomorrow'],
    ['timestamp', '2026-01-31T00:00:00Z/2026-02-01T00:00:00Z'],
  ])('%s refuses %j', (type, value) => {
    expect(() => checkPropertyValue(property('lanes', type), value)).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER' }));
  });

  test.each([
    ['int4', '-2147483648'],
    ['int4', '+7'],
    ['int8', '9223372036854775807'],
    ['uuid', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'],
    ['bool', 'false'],
    ['float8', '1e308'],
    ['float8', '-0'],
    ['float4', '0.1'],
    ['numeric', '12345678901234567890.123456789'],
    ['text', ''],
    ['text', "'; drop table x"],
    ['date', '2024-02-29'],
    ['timestamptz', '2026-01-31T12:00:00.123456+02:00'],
    ['inet', 'anything'],
    ['interval', 'P1D'],
  ])('%s takes %j', (type, value) => expect(() => checkPropertyValue(property('lanes', type), value)).not.toThrow());

  test('the message names property, value and what is wanted', () => {
    expect(() => checkPropertyValue(property('lanes', 'int2'), '40000')).toThrow(
      'Cannot parse lanes "40000": expected an integer from -32768 to 32767',
    );
    expect(() => checkPropertyValue(property('colour', 'colour', { enum: ['red', 'green'] }), 'blue')).toThrow(
      'expected one of red, green',
    );
  });
});

describe('equalsValue', () => {
  const text = (type: string, value: string) => {
    const found = equalsValue(property('c', type), value);
    return found === undefined ? undefined : compile(found);
  };
  test('float4 is compared as float4', () => expect(text('float4', '0.1')).toEqual({ text: '"c" = $1::float4', values: ['0.1'] }));
  test('an instant is compared in UTC', () =>
    expect(text('timestamp', '2026-01-31T12:00:00+02:00')?.values).toEqual(['2026-01-31T10:00:00Z']));
  test('a type that could raise is compared by its text', () =>
    expect(text('inet', 'x')).toEqual({ text: '"c" is not null and concat("c") = $1', values: ['x'] }));
  test('a value that the type cannot have is no condition', () => expect(text('int4', 'x')).toBeUndefined());
});

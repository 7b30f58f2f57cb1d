import { describe, expect, test } from 'vitest';
import { compile, sql } from '../../../../src/base/sql.ts';
import { parseSubset } from '../../../../src/base/subset.ts';
import type { Property } from '../../../../src/catalog/collection.ts';
import { dimensionsStatement } from '../../../../src/catalog/dimension-extent.ts';
import { rasterDimensions } from '../../../../src/catalog/raster-dimensions.ts';
import { axisOf, dimensionLimits, dimensionsFilter } from '../../../../src/services/maps/dimension-filter.ts';
import { rasterWith } from './drawables.ts';

const column = (name: string, type: string, jsonType: Property['jsonType']): Property => ({
  name,
  title: undefined,
  description: undefined,
  unit: undefined,
  type,
  jsonType,
  format: undefined,
  maxLength: undefined,
  enum: undefined,
  nullable: true,
});

const RASTER = rasterWith({
  key: [column('rid', 'int4', 'integer')],
  temporal: { start: 'taken', end: 'taken', type: 'date' },
  properties: [
    column('rid', 'int4', 'integer'),
    column('taken', 'date', 'string'),
    column('cloud "%"', 'float8', 'number'),
    column('sensor', 'text', 'string'),
    column('made', 'timestamptz', 'string'),
    column('local', 'timestamp', 'string'),
    column('day', 'date', 'string'),
    column('icon', 'bytea', 'string'),
    column('tags', '_text', 'array'),
  ],
});

const limits = (raw: string) => {
  const [part] = parseSubset(raw);
  if (part === undefined) throw new Error(raw);
  return dimensionLimits(part, axisOf(part, RASTER));
};
const filter = (raw: string): { readonly text: string; readonly values: readonly unknown[] } => {
  const { text, values } = compile(dimensionsFilter(parseSubset(raw), RASTER) ?? sql`nothing`);
  return { text: text.replaceAll(/\s+/g, ' '), values };
};

describe('the further dimensions of a raster', () => {
  test('are its columns without key, time, bytes and arrays', () => {
    expect(rasterDimensions(RASTER).map(({ name }) => name)).toEqual(['cloud "%"', 'sensor', 'made', 'local', 'day']);
  });

  test('are read by one statement, with names quoted and a limit', () => {
    const { text, values } = compile(dimensionsStatement(RASTER, rasterDimensions(RASTER)));
    expect(text.match(/union all/g)).toHaveLength(9);
    expect(text).toContain('"cloud ""%"""::float8');
    expect(text).toContain('("sensor"::text collate "C")');
    expect(text.match(/limit 101/g)).toHaveLength(5);
    expect(values).toEqual([]);
  });
});

describe('what is asked for along a dimension', () => {
  test.each([
    ['sensor(B)', { low: 'B', high: 'B' }],
    ['sensor("A":"C")', { low: 'A', high: 'C' }],
    ['sensor(*:"C")', { low: undefined, high: 'C' }],
    ['sensor("A":*)', { low: 'A', high: undefined }],
    ['sensor(*:*)', { low: undefined, high: undefined }],
    ['made("2024-05")', { low: '2024-05-01T00:00:00Z', high: '2024-05-31T23:59:59.999999Z' }],
    ['made("2024":*)', { low: '2024-01-01T00:00:00Z', high: undefined }],
  ])('%s', (raw, expected) => expect(limits(raw)).toEqual(expected));

  test.each([
    ['wind(1)', /there is no axis "wind"; besides space and time there are cloud "%", sensor, made, local, day/],
    ['rid(1)', /there is no axis "rid"/],
    ['sensor("b":"a")', /b is above a/],
    ['made("soon")', /"soon" is not an RFC 3339 date/],
    ['made("2025":"2024")', /the start is after the end/],
  ])('%s is refused', (raw, message) => expect(() => limits(raw)).toThrow(message));

  test('is bound, not written, and compared as the column is', () => {
    expect(filter(`sensor("x' or true --")`)).toEqual({
      text: expect.stringContaining('("sensor"::text collate "C") >= ($1::text collate "C")'),
      values: ["x' or true --", "x' or true --"],
    });
    expect(filter('day("2024-05")').values).toEqual(['2024-05-01', '2024-05-31']);
    expect(filter('local("2024-05-01T00:00:00Z")').text).toContain(`at time zone 'UTC'`);
    expect(filter('made("0000")').values).toEqual(['0001-01-01T00:00:00Z BC', '0001-12-31T23:59:59.999999Z BC']);
    expect(filter('made(*)').text).toContain('= (select max("made") from "public"."heights"');
  });
});

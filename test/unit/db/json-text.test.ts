import { describe, expect, test } from 'vitest';
import { compile, ident } from '../../../src/base/sql.ts';
import { jsonText, plainText } from '../../../src/db/json-text.ts';

const json = (type: string): string => compile(jsonText(type, ident('c'))).text;
const plain = (type: string): string => compile(plainText(type, ident('c'))).text;

describe('jsonText', () => {
  test.each([
    ['int8', '"c"::int8::text'],
    ['jsonb', '"c"::jsonb::text'],
    ['numeric', `nullif(nullif(nullif("c"::numeric::text, 'NaN'), 'Infinity'), '-Infinity')`],
    ['text', 'to_json("c")::text'],
    ['an enum of the user', 'to_json("c")::text'],
    ['hstore', 'to_json("c")::text'],
    ['_int4', 'to_json("c")::text'],
    ['_float8', `regexp_replace(to_json("c")::text, '"(NaN|-?Infinity)"', 'null', 'g')`],
  ])('%s is %s', (type, text) => expect(json(type)).toBe(text));

  test('timestamps are UTC, infinite ones null', () => {
    expect(json('timestamptz')).toContain(`"c" at time zone 'UTC'`);
    expect(json('timestamp')).toContain('case when isfinite("c")');
    expect(json('timestamp')).not.toContain('at time zone');
  });

  test('ranges are objects of their bounds as JSON', () => expect(json('tstzrange')).toContain(`lower("c") at time zone 'UTC'`));
  test('values are never part of the text', () => expect(compile(jsonText('bytea', ident('c'))).values).toEqual([]));
});

describe('plainText', () => {
  test('strings and times are bare, structures are JSON', () => {
    expect(plain('uuid')).toBe(`(to_json("c") #>> '{}')`);
    expect(plain('date')).not.toContain(`'"' ||`);
    expect(plain('_int4')).toBe('to_json("c")::text');
    expect(plain('json')).toBe('"c"::json::text');
  });
});

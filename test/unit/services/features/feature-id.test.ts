import { describe, expect, test } from 'vitest';
import { compile } from '../../../../src/base/sql.ts';
import type { Property } from '../../../../src/catalog/collection.ts';
import { idCondition, splitId } from '../../../../src/services/features/feature-id.ts';
import { property } from './fixtures.ts';

const condition = (key: readonly Property[], id: string) => {
  const found = idCondition(key, id);
  return found === undefined ? undefined : compile(found);
};

describe('splitId', () => {
  test.each([
    ['a,1', ['a', '1']],
    ['', ['']],
    [',', ['', '']],
    ['a\\,b,2', ['a,b', '2']],
    ['a\\\\,b', ['a\\', 'b']],
    ['\\\\\\,,4', ['\\,', '4']],
    ['日本,ü\n', ['日本', 'ü\n']],
  ])('%j has the parts %j', (id, parts) => expect(splitId(id)).toEqual(parts));

  test.each(['a\\', 'a\\b', '\\'])('%j is not written by us', (id) => expect(splitId(id)).toBeUndefined());
});

describe('idCondition', () => {
  const integer = [property('id', 'int4')];
  test.each([
    '1.0',
    '0x1',
    ' 1',
    '1 ',
    '+1',
    '-0',
    '01',
    '1e3',
    '',
    '2147483648',
    '-2147483649',
    '99999999999999999999',
    'abc',
    '1\0',
    '１',
  ])('an integer key is not %j', (id) => expect(condition(integer, id)).toBeUndefined());
  test.each(['0', '1', '-1', '2147483647', '-2147483648'])('an integer key may be %s', (id) =>
    expect(condition(integer, id)).toEqual({ text: '("id" = $1)', values: [id] }),
  );

  test('a bigint key beyond 2^53 keeps its digits', () =>
    expect(condition([property('id', 'int8')], '9223372036854775807')).toEqual({ text: '("id" = $1)', values: ['9223372036854775807'] }));

  test('a UUID is only found in the spelling that is served', () => {
    const key = [property('id', 'uuid')];
    expect(condition(key, '00000000-0000-4000-8000-00000000000a')).toBeDefined();
    expect(condition(key, '00000000-0000-4000-8000-00000000000A')).toBeUndefined();
    expect(condition(key, '{00000000-0000-4000-8000-00000000000a}')).toBeUndefined();
    expect(condition(key, 'abc')).toBeUndefined();
  });

  test('a text key is taken as it is, a type without a parser of ours by its text', () => {
    expect(condition([property('c"ode', 'text')], `a' or '1'='1`)).toEqual({ text: '("c""ode" = $1)', values: [`a' or '1'='1`] });
    expect(condition([property('day', 'date')], 'infinity')).toEqual({ text: '("day"::text = $1)', values: ['infinity'] });
  });

  test('a composite key needs all its parts', () => {
    const key = [property('region', 'text'), property('number', 'int4')];
    expect(condition(key, 'a\\,b,2')).toEqual({ text: '("region" = $1) and ("number" = $2)', values: ['a,b', '2'] });
    for (const id of ['a', 'a,b', 'a,1,2', 'a,01']) expect(condition(key, id)).toBeUndefined();
  });
});

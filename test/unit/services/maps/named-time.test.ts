import { describe, expect, it } from 'vitest';
import { compile, sql } from '../../../../src/base/sql.ts';
import { namedTime } from '../../../../src/services/maps/named-time.ts';
import { hasTime } from '../../../../src/services/maps/time-axis.ts';
import { AXIS, drawableWith } from './drawables.ts';

const scenes = drawableWith({ temporal: { start: 'taken', end: 'taken', type: 'timestamptz' } }, { times: AXIS });

describe('namedTime', () => {
  it.each(['', 'default', 'Default', 'all'])('takes "%s" for every row', (raw) => {
    expect(namedTime(raw, scenes)).toEqual({});
  });

  it('means nothing without a time axis', () => {
    expect(namedTime('1999', drawableWith())).toEqual({});
  });

  it('knows the newest', () => {
    expect(namedTime('current', scenes)).toEqual({ datetime: { start: AXIS.last, end: AXIS.last } });
  });

  it('takes intervals with and without a period', () => {
    const both = { datetime: { start: '2020-01-01T00:00:00Z', end: '2021-12-31T23:59:59.999999Z' } };
    for (const raw of ['2020/2021', '2020/2021/P1D', '2020/2021/PT1.5S', '2020/2021/0']) expect(namedTime(raw, scenes)).toEqual(both);
  });

  it('takes lists', () => {
    const { filter } = namedTime('2020,current', scenes);
    expect(compile(filter ?? sql``).values).toEqual(['2020-12-31T23:59:59.999999Z', '2020-01-01T00:00:00Z', AXIS.last, AXIS.last]);
  });

  it.each([
    '2020-06',
    '2020,1999',
    Array.from({ length: 101 }, () => '2020').join(','),
    '1999',
    '2023/2024',
    '2020/2021/2022',
    '2020/P1D/2021',
    'then',
  ])('refuses %s', (raw) => {
    expect(() => namedTime(raw, scenes)).toThrow();
  });
});

describe('hasTime', () => {
  it('looks between the ends only where the instants are not known', () => {
    const gap = { start: '2020-06-01T00:00:00Z', end: '2020-07-01T00:00:00Z' };
    expect(hasTime(AXIS, gap)).toBe(false);
    expect(hasTime({ ...AXIS, instants: undefined }, gap)).toBe(true);
  });

  it('takes open ends', () => {
    expect(hasTime(AXIS, { start: undefined, end: AXIS.first })).toBe(true);
    expect(hasTime(AXIS, { start: '2022-05-01T00:00:01Z', end: undefined })).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { compareInstants, parseDatetime } from '../../../src/base/interval.ts';

describe('parseDatetime', () => {
  it('reads instants, in any zone, as UTC with the digits that were given', () => {
    expect(parseDatetime('2018-02-12T23:20:52Z')).toEqual({ start: '2018-02-12T23:20:52Z', end: '2018-02-12T23:20:52Z' });
    expect(parseDatetime('2018-02-12T23:20:52.123456+02:00').start).toBe('2018-02-12T21:20:52.123456Z');
  });

  it('takes a date as the whole day', () => {
    expect(parseDatetime('2018-02-12')).toEqual({ start: '2018-02-12T00:00:00Z', end: '2018-02-12T23:59:59.999999Z' });
  });

  it('reads intervals, open at either side as .. or nothing', () => {
    expect(parseDatetime('../2018-03-18T12:31:12Z')).toEqual({ start: undefined, end: '2018-03-18T12:31:12Z' });
    expect(parseDatetime('2018-02-12T00:00:00Z/')).toEqual({ start: '2018-02-12T00:00:00Z', end: undefined });
  });

  it('reads a start with a duration, which the Features test suite sends', () => {
    expect(parseDatetime('2020-01-01/P2D')).toEqual({ start: '2020-01-01T00:00:00Z', end: '2020-01-03T00:00:00Z' });
    expect(parseDatetime('2020-01-31T10:00:00Z/P1Y2M1DT1H30M5S').end).toBe('2021-04-01T11:30:05Z');
  });

  it.each([
    'yesterday',
    'infinity',
    'now',
    'epoch',
    'allballs',
    '2024-13-01T00:00:00Z',
    '2024-02-30T00:00:00Z',
    '2023-02-29',
    '2024-01-01T00:00:00+99:00',
    '2024-01-01T24:00:00Z',
    '2024-02-01T00:00:00Z/2024-01-01T00:00:00Z',
    '../..',
    '/',
    'a/b/c',
    '300000-01-01T00:00:00Z',
    '../P1D',
    '2020-01-01/P',
    '9999-12-31/P1Y',
    '',
  ])('refuses %s', (raw) => {
    expect(() => parseDatetime(raw)).toThrow(`Cannot parse datetime "${raw}"`);
  });

  it('knows leap days', () => {
    expect(parseDatetime('2024-02-29').start).toBe('2024-02-29T00:00:00Z');
    expect(() => parseDatetime('1900-02-29')).toThrow('not a day of the calendar');
  });
});

describe('compareInstants', () => {
  it('orders by fractions too', () => {
    expect(compareInstants('2020-01-01T00:00:00.5Z', '2020-01-01T00:00:00.45Z')).toBeGreaterThan(0);
    expect(compareInstants('2020-01-01T00:00:00Z', '2020-01-01T00:00:00.0Z')).toBe(0);
    expect(compareInstants('2019-12-31T23:59:59.9Z', '2020-01-01T00:00:00Z')).toBeLessThan(0);
  });
});

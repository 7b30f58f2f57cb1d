import { describe, expect, it } from 'vitest';
import { parseTimes } from '../../../src/base/partial-time.ts';

const times = (raw: string) => parseTimes('datetime', raw, raw.split('/'));

describe('times of reduced precision', () => {
  it.each([
    ['2024', '2024-01-01T00:00:00Z', '2024-12-31T23:59:59.999999Z'],
    ['2024-02', '2024-02-01T00:00:00Z', '2024-02-29T23:59:59.999999Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z', '2024-02-29T23:59:59.999999Z'],
    ['2024-02-29T13Z', '2024-02-29T13:00:00Z', '2024-02-29T13:59:59.999999Z'],
    ['2024-02-29T13:30Z', '2024-02-29T13:30:00Z', '2024-02-29T13:30:59.999999Z'],
    ['2024-02-29T13:30:15Z', '2024-02-29T13:30:15Z', '2024-02-29T13:30:15Z'],
    ['2024-02-29T13:30:15.25+02:00', '2024-02-29T11:30:15.25Z', '2024-02-29T11:30:15.25Z'],
    ['2024-12-31T24:00:00Z', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'],
  ])('%s is all that it names', (raw, start, end) => {
    expect(times(raw)).toEqual({ start, end });
  });

  it('reads intervals with open ends', () => {
    expect(times('2024/2025-06')).toEqual({ start: '2024-01-01T00:00:00Z', end: '2025-06-30T23:59:59.999999Z' });
    expect(times('../2024')).toEqual({ start: undefined, end: '2024-12-31T23:59:59.999999Z' });
    expect(times('2024/')).toEqual({ start: '2024-01-01T00:00:00Z', end: undefined });
    // OGC 20-058 /req/datetime/datetime-definition: interval-unbounded.
    expect(times('../..')).toEqual({ start: undefined, end: undefined });
    expect(times('/')).toEqual({ start: undefined, end: undefined });
    expect(times('2024-05-01/*')).toEqual({ start: '2024-05-01T00:00:00Z', end: undefined });
  });

  it.each([
    '',
    '..',
    '2024-13',
    '2023-02-29',
    '2024-01-01T25Z',
    '2024-01-01T24:30Z',
    '24',
    'now',
    '2025/2024',
    '2024/2025/2026',
    '2024-1-1',
  ])('refuses %s', (raw) => {
    expect(() => times(raw)).toThrow(/Cannot parse datetime/);
  });
});

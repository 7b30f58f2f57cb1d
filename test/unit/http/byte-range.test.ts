import { describe, expect, it } from 'vitest';
import { byteRange } from '../../../src/http/byte-range.ts';

describe('byte ranges of a body of 100 bytes', () => {
  it.each([
    ['bytes=0-9', { from: 0, to: 10 }],
    ['bytes=90-', { from: 90, to: 100 }],
    ['bytes=90-500', { from: 90, to: 100 }],
    ['bytes=-10', { from: 90, to: 100 }],
    ['bytes=-500', { from: 0, to: 100 }],
    ['bytes=99-99', { from: 99, to: 100 }],
    ['bytes=100-', 'outside'],
    ['bytes=-0', 'outside'],
    ['bytes=9-0', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['lines=0-1', 'whole'],
    ['', 'whole'],
  ])('%s', (range, part) => {
    expect(byteRange(range, 100)).toEqual(part);
  });
});

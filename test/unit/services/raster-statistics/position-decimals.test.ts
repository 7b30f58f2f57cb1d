import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTo } from '../../../../src/base/round-to.ts';
import { positionDecimals } from '../../../../src/services/raster-statistics/position-decimals.ts';

describe('positions', () => {
  it('are told to a centimetre, and to a thousandth of finer cells', () => {
    expect([positionDecimals(true, 0.25), positionDecimals(true, 1e-7), positionDecimals(true, undefined)]).toEqual([7, 10, 7]);
    expect([positionDecimals(false, 30), positionDecimals(false, 0.02), positionDecimals(false, undefined)]).toEqual([2, 5, 2]);
  });

  it('lose what rounding leaves and no more than half of the last digit', () => {
    expect([roundTo(1.2000000000000002, 7), roundTo(-0.00000001, 7), roundTo(1e22, 3), roundTo(12.3456, 2)]).toEqual([1.2, 0, 1e22, 12.35]);
    fc.assert(
      fc.property(fc.double({ min: -180, max: 180, noNaN: true }), fc.integer({ min: 0, max: 12 }), (value, decimals) => {
        expect(Math.abs(roundTo(value, decimals) - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-13);
      }),
    );
  });
});

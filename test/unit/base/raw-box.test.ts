import { describe, expect, it } from 'vitest';
import { orderBox, parseRawBox } from '../../../src/base/raw-box.ts';

const PROJECTED = { northingFirst: false, geographic: false };

describe('boxes in any axis order', () => {
  it('leaves heights out', () => {
    expect(parseRawBox('1,2,100,3,4,200')).toEqual([1, 2, 3, 4]);
  });

  it('puts easting first', () => {
    expect(orderBox(parseRawBox('50,10,60,20'), { northingFirst: true, geographic: true })).toEqual([10, 50, 20, 60]);
    expect(orderBox(parseRawBox('10,50,20,60'), PROJECTED)).toEqual([10, 50, 20, 60]);
  });

  it('goes on beyond the antimeridian in degrees only', () => {
    expect(orderBox([170, -10, -170, 10], { northingFirst: false, geographic: true })).toEqual([170, -10, 190, 10]);
    expect(() => orderBox([170, -10, -170, 10], PROJECTED)).toThrow('its left edge (170) is right of its right edge (-170)');
  });

  it.each(['1,2,3', '1,2,3,4,5', 'a,2,3,4', '1,2,3,Infinity', ''])('refuses %s', (raw) => {
    expect(() => parseRawBox(raw)).toThrow(/Cannot parse bbox/);
  });

  it('refuses boxes without area', () => {
    expect(() => orderBox([1, 2, 1, 4], PROJECTED)).toThrow('it has no area');
    expect(() => orderBox([1, 5, 3, 4], PROJECTED)).toThrow('its lower edge (5) is above its upper edge (4)');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bboxesIntersect, checkCrs84, parseBbox, splitAntimeridian } from '../../../src/base/bbox.ts';
import { AppError } from '../../../src/base/error.ts';

describe('parseBbox', () => {
  it('reads four numbers, and drops the heights of six', () => {
    expect(parseBbox('1,2,3,4')).toEqual([1, 2, 3, 4]);
    expect(parseBbox('0,0,-100,10,10,100')).toEqual([0, 0, 10, 10]);
    expect(parseBbox('-1.5e1,+2,.5,4.')).toEqual([-15, 2, 0.5, 4]);
  });

  it('keeps west > east, which crosses the antimeridian, and refuses south > north', () => {
    expect(parseBbox('170,-10,-170,10')).toEqual([170, -10, -170, 10]);
    expect(() => parseBbox('10,50,20,40')).toThrow('above its maximum');
  });

  it.each(['1,2,3', '1,2,3,4,5', '1,2,3,4,5,6,7,8', 'a,b,c,d', ',,,', 'NaN,0,1,1', '-Infinity,0,1,1', '1e400,0,1,1', '0x10,0,20,20', ''])(
    'refuses %s with a sentence that quotes it',
    (raw) => {
      expect(() => parseBbox(raw)).toThrow(AppError);
      expect(() => parseBbox(raw)).toThrow(`Cannot parse bbox "${raw}"`);
    },
  );

  it('never returns anything but finite numbers', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        try {
          expect(parseBbox(raw).every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});

describe('checkCrs84', () => {
  it('wants longitudes within ±180 and latitudes within ±90', () => {
    expect(checkCrs84([-180, -90, 180, 90], '')).toEqual([-180, -90, 180, 90]);
    expect(() => checkCrs84([-181, 0, 0, 10], '-181,0,0,10')).toThrow('longitude -181');
    expect(() => checkCrs84([0, -91, 10, 10], '0,-91,10,10')).toThrow('latitude -91');
  });
});

describe('boxes across the antimeridian', () => {
  it('split in two', () => {
    expect(splitAntimeridian([170, 0, -170, 1])).toEqual([
      [170, 0, 180, 1],
      [-180, 0, -170, 1],
    ]);
  });

  it('intersect what lies on either side, edges included', () => {
    expect(bboxesIntersect([170, -10, -170, 10], [-175, 0, -174, 1])).toBe(true);
    expect(bboxesIntersect([170, -10, -170, 10], [0, 0, 1, 1])).toBe(false);
    expect(bboxesIntersect([0, 0, 1, 1], [1, 1, 2, 2])).toBe(true);
  });
});

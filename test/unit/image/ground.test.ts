import { describe, expect, it } from 'vitest';
import { layGround, plainGround } from '../../../src/image/ground.ts';
import { toRgba, type Picture } from '../../../src/image/picture.ts';

const pixels: Picture = { kind: 'rgba', width: 4, height: 1, data: Uint8Array.of(9, 8, 7, 255, 200, 0, 0, 51, 5, 5, 5, 0, 1, 2, 3, 255) };
const palette: Picture = {
  kind: 'indexed',
  width: 4,
  height: 1,
  indices: Uint8Array.of(0, 1, 2, 3),
  palette: Uint8Array.of(9, 8, 7, 255, 200, 0, 0, 51, 5, 5, 5, 0, 1, 2, 3, 255),
};

describe('layGround', () => {
  it('shows an opaque colour through what is transparent, and leaves what is opaque', () => {
    // A fifth of 200 over four fifths of 100, and all of 100.
    const expected = [9, 8, 7, 255, 120, 80, 80, 255, 100, 100, 100, 255, 1, 2, 3, 255];
    expect([...toRgba(layGround(pixels, plainGround([100, 100, 100, 255])))]).toEqual(expected);
    expect([...toRgba(pixels)].slice(4, 8)).toEqual([200, 0, 0, 51]);
  });

  it('keeps a palette on one colour', () => {
    const shown = layGround(palette, plainGround([100, 100, 100, 255]));
    expect(shown.kind === 'indexed' && [...shown.palette]).toEqual([9, 8, 7, 255, 120, 80, 80, 255, 100, 100, 100, 255, 1, 2, 3, 255]);
    expect(shown.kind === 'indexed' && shown.indices).toBe(palette.kind === 'indexed' && palette.indices);
  });

  it('mixes a translucent colour by the weights of both', () => {
    const half: Picture = { kind: 'rgba', width: 1, height: 1, data: Uint8Array.of(240, 0, 0, 128) };
    expect([...toRgba(layGround(half, plainGround([0, 0, 240, 128])))]).toEqual([160, 0, 80, 192]);
  });

  it.each([pixels, palette])('gives what lies outside its own colour, whatever is drawn there: %#', (picture) => {
    const outsideMask = Uint8Array.of(0, 0, 1, 1);
    const shown = layGround(picture, { data: undefined, outside: [50, 60, 70, 255], outsideMask });
    expect([...toRgba(shown)]).toEqual([9, 8, 7, 255, 200, 0, 0, 51, 50, 60, 70, 255, 50, 60, 70, 255]);
    const open = layGround(picture, { data: [0, 0, 0, 255], outside: undefined, outsideMask });
    expect([...toRgba(open)].slice(8)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

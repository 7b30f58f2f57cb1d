import { describe, expect, it } from 'vitest';
import { composePictures } from '../../../src/image/compose.ts';
import { plainGround } from '../../../src/image/ground.ts';
import type { Picture } from '../../../src/image/picture.ts';

const rgba = (...data: readonly number[]): Picture => ({ kind: 'rgba', width: data.length / 4, height: 1, data: Uint8Array.from(data) });
const indexed: Picture = {
  kind: 'indexed',
  width: 2,
  height: 1,
  indices: Uint8Array.of(0, 1),
  palette: Uint8Array.of(10, 20, 30, 0, 200, 100, 0, 255),
};
const nothing = { width: 2, height: 1 };

describe('composePictures', () => {
  it('lays half a colour over another, and leaves what is opaque', () => {
    const under = rgba(0, 0, 255, 255, 0, 0, 255, 128);
    const over = rgba(255, 0, 0, 128, 9, 8, 7, 255);
    const { data } = rgbaOf(composePictures([under, over], nothing));
    expect([...data]).toEqual([128, 0, 127, 255, 9, 8, 7, 255]);
    expect([...rgbaOf(under).data]).toEqual([0, 0, 255, 255, 0, 0, 255, 128]);
  });

  it('mixes two transparent colours by their weights', () => {
    // Alpha 0.5 over 0.5 gives 0.75; red has two thirds of it.
    const { data } = rgbaOf(composePictures([rgba(0, 0, 240, 128), rgba(240, 0, 0, 128)], { ...nothing, width: 1 }));
    expect([...data]).toEqual([160, 0, 80, 192]);
  });

  it('lays smaller pictures where they lie, with a palette or without', () => {
    const canvas = { width: 3, height: 2 };
    const { data } = rgbaOf(
      composePictures(
        [
          { ...indexed, at: [1, 1] },
          { ...rgba(1, 2, 3, 255), at: [2, 0] },
        ],
        canvas,
      ),
    );
    expect([...data.subarray(0, 12)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 255]);
    expect([...data.subarray(12)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 200, 100, 0, 255]);
    const { width, height } = composePictures([{ ...indexed, at: [1, 1] }], canvas);
    expect([width, height]).toEqual([3, 2]);
  });

  it('keeps the palette of a picture that is alone, on a background too', () => {
    expect(composePictures([indexed], nothing)).toBe(indexed);
    const shown = composePictures([indexed], { ...nothing, ground: plainGround([1, 2, 3, 255]) });
    expect(shown.kind === 'indexed' && [...shown.palette]).toEqual([1, 2, 3, 255, 200, 100, 0, 255]);
  });

  it('makes a picture of nothing but background, or of nothing', () => {
    const white = composePictures([], { ...nothing, ground: plainGround([255, 255, 255, 255]) });
    expect(white.kind === 'indexed' && [...white.palette]).toEqual([255, 255, 255, 255]);
    const blank = composePictures([], nothing);
    expect(blank.kind === 'indexed' && [...blank.palette]).toEqual([0, 0, 0, 0]);
  });
});

function rgbaOf(picture: Picture): { readonly data: Uint8Array } {
  if (picture.kind !== 'rgba') throw new Error('expected a picture of colours');
  return picture;
}

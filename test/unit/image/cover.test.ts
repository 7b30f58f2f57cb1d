import { describe, expect, it } from 'vitest';
import type { Overlay } from '../../../src/image/compose.ts';
import { createCover } from '../../../src/image/cover.ts';

const whole = { column: 0, row: 0, width: 4, height: 3 };
const plain = (width: number, height: number, alpha: number, at?: readonly [number, number]): Overlay => ({
  kind: 'rgba',
  width,
  height,
  data: Uint8Array.from({ length: 4 * width * height }, (_, i) => (i % 4 === 3 ? alpha : 9)),
  ...(at === undefined ? {} : { at }),
});

describe('createCover', () => {
  it('hides nothing at first, and nothing by what is transparent', () => {
    const cover = createCover({ width: 4, height: 3 });
    expect(cover.hides(whole)).toBe(false);
    cover.add(plain(4, 3, 254));
    expect(cover.hides({ column: 1, row: 1, width: 1, height: 1 })).toBe(false);
  });

  it('hides what several pictures hide together, each where it lies', () => {
    const cover = createCover({ width: 4, height: 3 });
    cover.add(plain(3, 2, 255, [1, 1]));
    expect(cover.hides({ column: 1, row: 1, width: 3, height: 2 })).toBe(true);
    expect(cover.hides({ column: 0, row: 1, width: 2, height: 1 })).toBe(false);
    cover.add(plain(4, 1, 255));
    cover.add(plain(1, 3, 255));
    expect(cover.hides(whole)).toBe(true);
  });

  it('asks palettes how opaque their colours are', () => {
    const cover = createCover({ width: 4, height: 3 });
    const palette = Uint8Array.of(1, 2, 3, 255, 1, 2, 3, 0);
    cover.add({ kind: 'indexed', width: 2, height: 1, indices: Uint8Array.of(1, 0), palette, at: [2, 2] });
    expect(cover.hides({ column: 3, row: 2, width: 1, height: 1 })).toBe(true);
    expect(cover.hides({ column: 2, row: 2, width: 1, height: 1 })).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { decodeRgb, decodeRgba } from '../../../src/image/decode.ts';
import { blankPicture, encodePicture } from '../../../src/image/encode.ts';
import { toRgba, type Picture } from '../../../src/image/picture.ts';

const palette = Uint8Array.of(0, 0, 0, 0, 255, 0, 0, 255, 0, 128, 255, 255, 9, 9, 9, 100);

function indexed(width: number, height: number): Picture {
  return {
    kind: 'indexed',
    width,
    height,
    palette,
    indices: Uint8Array.from({ length: width * height }, (_, i) => (i * 7 + Math.floor(i / width)) % 4),
  };
}

function colors(width: number, height: number): Picture {
  const data = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? (i % 3) * 127 : (i * 5) % 256));
  return { kind: 'rgba', width, height, data };
}

describe.each([
  { kind: 'indexed', make: indexed },
  { kind: 'rgba', make: colors },
])('$kind', ({ make }) => {
  test.each([
    [1, 1],
    [256, 256],
    [3, 200],
    [513, 2],
  ])('PNG of %i × %i comes back as it was', async (width, height) => {
    const picture = make(width, height);
    const { bytes, mediaType } = await encodePicture(picture, 'png');
    expect(mediaType).toBe('image/png');
    const back = await decodeRgba(bytes);
    expect([back.width, back.height]).toEqual([width, height]);
    expect(Buffer.compare(back.data, toRgba(picture))).toBe(0);
  });

  test('JPEG lies on white', async () => {
    const clear: Picture = { kind: 'rgba', width: 16, height: 16, data: new Uint8Array(16 * 16 * 4) };
    const { bytes, mediaType } = await encodePicture(clear, 'jpeg');
    expect(mediaType).toBe('image/jpeg');
    const { data } = await decodeRgb(bytes);
    expect(data.every((value) => value >= 254)).toBe(true);
  });

  test('WebP keeps transparency', async () => {
    const picture = make(32, 32);
    const { bytes, mediaType } = await encodePicture(picture, 'webp');
    expect(mediaType).toBe('image/webp');
    const { data } = await decodeRgba(bytes);
    const wanted = toRgba(picture);
    for (let i = 3; i < data.length; i += 4) expect(data[i]).toBe(wanted[i]);
  });
});

test('a palette PNG says so in its header', async () => {
  const { bytes } = await encodePicture(indexed(4, 4), 'png');
  expect([...bytes.subarray(24, 29)]).toEqual([8, 3, 0, 0, 0]);
});

test('an opaque palette has no tRNS', async () => {
  const { bytes } = await encodePicture(
    { kind: 'indexed', width: 1, height: 1, indices: Uint8Array.of(0), palette: Uint8Array.of(1, 2, 3, 255) },
    'png',
  );
  expect(Buffer.from(bytes).includes('tRNS')).toBe(false);
});

test('blank pictures are transparent, white in JPEG, and the same bytes each time', async () => {
  const png = await blankPicture(256, 256, 'png');
  expect((await decodeRgba(png.bytes)).data.every((value) => value === 0)).toBe(true);
  expect(png.bytes.length).toBeLessThan(500);
  expect((await blankPicture(256, 256, 'png')).bytes).toBe(png.bytes);
  expect((await decodeRgb((await blankPicture(64, 64, 'jpeg')).bytes)).data.every((value) => value === 255)).toBe(true);
});

test('bytes that are no picture are refused', async () => {
  await expect(decodeRgb(Buffer.from('no picture'))).rejects.toThrow();
});

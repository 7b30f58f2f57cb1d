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

describe('the smallest form that loses nothing', () => {
  const photograph = (width: number, height: number, alpha = 255): Picture => ({
    kind: 'rgba',
    width,
    height,
    data: Uint8Array.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? alpha : Math.imul(i, 0x9e3779b1) >>> 24)),
  });

  test.each([
    [64, 64],
    [31, 33],
    [257, 3],
  ])('an opaque picture of %i × %i has three channels', async (width, height) => {
    const picture = photograph(width, height);
    const { bytes } = await encodePicture(picture, 'png');
    expect([...bytes.subarray(24, 26)]).toEqual([8, 2]);
    expect(Buffer.compare((await decodeRgba(bytes)).data, toRgba(picture))).toBe(0);
  });

  test('one transparent pixel makes it four', async () => {
    const picture = photograph(32, 32);
    const data = toRgba(picture).slice();
    data[4 * 1023 + 3] = 7;
    const { bytes } = await encodePicture({ ...picture, kind: 'rgba', data }, 'png');
    expect([...bytes.subarray(24, 26)]).toEqual([8, 6]);
    expect(Buffer.compare((await decodeRgba(bytes)).data, data)).toBe(0);
  });

  test.each([
    [256, 3],
    [257, 6],
  ])('%i colours make a picture of colour type %i', async (count, colorType) => {
    const data = new Uint8Array(1024 * 4);
    for (let i = 0; i < 1024; i += 1) data.set([((i * 7) % count) & 255, ((i * 7) % count) >> 8, 5, 254], i * 4);
    const { bytes } = await encodePicture({ kind: 'rgba', width: 32, height: 32, data }, 'png');
    expect(bytes[25]).toBe(colorType);
    expect(Buffer.compare((await decodeRgba(bytes)).data, data)).toBe(0);
  });

  test('pixels that do not begin at a whole word are read as well', async () => {
    const { data } = { data: toRgba(photograph(32, 32)) };
    const moved = new Uint8Array(data.length + 1);
    moved.set(data, 1);
    const { bytes } = await encodePicture({ kind: 'rgba', width: 32, height: 32, data: moved.subarray(1) }, 'png');
    expect(Buffer.compare((await decodeRgba(bytes)).data, data)).toBe(0);
  });
});

describe('what may be wished', () => {
  test.each(['png', 'webp', 'avif'] as const)('%s without alpha lies on the background', async (format) => {
    const clear: Picture = { kind: 'rgba', width: 16, height: 16, data: new Uint8Array(16 * 16 * 4) };
    const { bytes } = await encodePicture(clear, format, { alpha: false, background: [250, 130, 10], quality: 100 });
    const [red = 0, green = 0, blue = 0, alpha] = (await decodeRgba(bytes)).data;
    expect(alpha).toBe(255);
    expect(Math.max(Math.abs(red - 250), Math.abs(green - 130), Math.abs(blue - 10))).toBeLessThan(4);
  });

  test('an indexed PNG keeps its palette without alpha', async () => {
    const { bytes } = await encodePicture(indexed(8, 8), 'png', { alpha: false, background: [0, 0, 0] });
    expect(bytes[25]).toBe(3);
    expect(Buffer.from(bytes).includes('tRNS')).toBe(false);
    expect([...(await decodeRgb(bytes)).data.subarray(0, 3)]).toEqual([0, 0, 0]);
  });

  test('less quality is less bytes', async () => {
    const picture = colors(64, 64);
    for (const format of ['jpeg', 'webp', 'avif'] as const) {
      const [low, high] = await Promise.all([5, 95].map(async (quality) => encodePicture(picture, format, { quality })));
      expect(low?.bytes.length).toBeLessThan((high?.bytes.length ?? 0) * 0.8);
    }
  });

  test('AVIF keeps transparency and says its type', async () => {
    const { bytes, mediaType } = await encodePicture(indexed(16, 16), 'avif');
    expect(mediaType).toBe('image/avif');
    const wanted = toRgba(indexed(16, 16));
    const { data } = await decodeRgba(bytes);
    for (let i = 3; i < data.length; i += 4) expect(Math.abs((data[i] ?? 0) - (wanted[i] ?? 0))).toBeLessThan(24);
  });
});

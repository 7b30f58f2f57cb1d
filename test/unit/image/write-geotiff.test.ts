import { describe, expect, it } from 'vitest';
import { compressLzw } from '../../../src/image/geotiff/lzw.ts';
import { overviewCount, writeGeoTiff } from '../../../src/image/geotiff/write-geotiff.ts';
import type { ValueImage } from '../../../src/image/values.ts';
import { makeImage, PIXEL_TYPES, RANGES } from './images.ts';
import { firstDifference, numbers, readTiff, unpackLzw } from './read-tiff.ts';

const SIZES = [
  [1, 1],
  [17, 3],
  [300, 145],
] as const;

/** Checks that a file holds an image: values where there is data, `expectAbsent` elsewhere. */
function expectSame(bytes: Uint8Array, image: ValueImage, absent: number): void {
  const [read] = readTiff(bytes);
  expect([read?.width, read?.height, read?.bands.length]).toEqual([image.width, image.height, image.planes.length]);
  image.planes.forEach((plane, band) => {
    const wanted = Array.from(plane, (value) => (Number.isNaN(value) ? absent : value));
    expect(firstDifference(read?.bands[band], wanted)).toBe(-1);
  });
}

describe.each(PIXEL_TYPES)('%s', (pixelType) => {
  it.each(
    (['deflate', 'lzw', 'none'] as const).flatMap((compression) => [
      { compression, packed: 'as it suits' },
      { compression, packed: 'as it is' },
    ]),
  )('comes back as it was ($compression, packed $packed)', async ({ compression, packed }) => {
    for (const [width, height] of SIZES) {
      const nodata = pixelType.endsWith('F') ? -9999 : RANGES[pixelType][0];
      const image = makeImage({ pixelType, width, height, bands: 2, nodata, holes: true });
      const predictor = packed === 'as it is' ? 'none' : undefined;
      expectSame(await writeGeoTiff(image, { compression, predictor, tileWidth: 64, tileHeight: 64 }), image, nodata);
    }
  });

  it('says with a mask or NaN what has no data when no value means it', async () => {
    const image = makeImage({ pixelType, width: 50, height: 40, bands: 2, holes: true });
    const images = readTiff(await writeGeoTiff(image, { tileWidth: 32, tileHeight: 32 }));
    if (pixelType.endsWith('F')) {
      expect(images.length).toBe(1);
      expect(images[0]?.tags.get(42_113)).toBe('nan');
      expectSame(await writeGeoTiff(image), image, Number.NaN);
      return;
    }
    expect(images.length).toBe(2);
    expect(images[0]?.tags.has(42_113)).toBe(false);
    expect(numbers(images[1]?.tags ?? new Map(), 254)).toEqual([4]);
    expect(images[1]?.bands[0]).toEqual(Array.from({ length: 2000 }, (_, i) => (i % 11 === 3 ? 0 : 1)));
  });
});

it('refuses predictors that do not go with the numbers or the compression', async () => {
  const whole = makeImage({ pixelType: '16BSI', width: 4, height: 4 });
  const broken = makeImage({ pixelType: '32BF', width: 4, height: 4 });
  await expect(writeGeoTiff(whole, { predictor: 'floating-point' })).rejects.toThrow('these are whole numbers');
  await expect(writeGeoTiff(broken, { predictor: 'horizontal' })).rejects.toThrow('these are floating-point numbers');
  await expect(writeGeoTiff(whole, { predictor: 'horizontal', compression: 'none' })).rejects.toThrow('compression is none');
});

it('has tiles of the sides asked for', async () => {
  const image = makeImage({ pixelType: '16BSI', width: 100, height: 90, nodata: -32_768 });
  const bytes = await writeGeoTiff(image, { tileWidth: 32, tileHeight: 64 });
  const [read] = readTiff(bytes);
  expect([numbers(read?.tags ?? new Map(), 322), numbers(read?.tags ?? new Map(), 323)]).toEqual([[32], [64]]);
  expect(numbers(read?.tags ?? new Map(), 324)).toHaveLength(4 * 2);
  expectSame(bytes, image, -32_768);
});

it('needs no mask where nothing is missing', async () => {
  expect(readTiff(await writeGeoTiff(makeImage({ pixelType: '8BUI', width: 9, height: 9 }))).length).toBe(1);
});

it('takes the type that holds all bands, and a mask when their nodata differ', async () => {
  const bands = [
    { name: 'a', pixelType: '8BUI', nodata: 0 },
    { name: 'b', pixelType: '16BSI', nodata: -1 },
  ] as const;
  const planes = [Float32Array.of(255, Number.NaN), Float32Array.of(-32_768, Number.NaN)];
  const image: ValueImage = { ...makeImage({ pixelType: '8BUI', width: 2, height: 1 }), bands, planes };
  const [values, mask] = readTiff(await writeGeoTiff(image));
  expect(values?.bands).toEqual([
    [255, 0],
    [-32_768, -1],
  ]);
  expect(mask?.bands).toEqual([[1, 0]]);
});

it('rounds and clamps what lies between or beyond, and keeps it apart from nodata', async () => {
  const planes = [Float32Array.of(-3, 0.4, 0.6, 254.5, 300, Number.NaN)];
  const image: ValueImage = { ...makeImage({ pixelType: '8BUI', width: 6, height: 1, nodata: 0 }), planes };
  expect(readTiff(await writeGeoTiff(image))[0]?.bands).toEqual([[1, 1, 1, 255, 255, 0]]);
});

describe('place and names', () => {
  it('are scale and tie point for a north-up grid', async () => {
    const [image] = readTiff(await writeGeoTiff(makeImage({ pixelType: '8BUI', width: 2, height: 2 })));
    expect(numbers(image?.tags ?? new Map(), 33_550)).toEqual([10, 10, 0]);
    expect(numbers(image?.tags ?? new Map(), 33_922)).toEqual([0, 0, 0, 500_000, 5_000_000, 0]);
  });

  it('are a matrix for a rotated grid', async () => {
    const grid = { originX: 7, originY: 8, scaleX: 2, scaleY: -3, skewX: 0.5, skewY: 0.25 };
    const [image] = readTiff(await writeGeoTiff({ ...makeImage({ pixelType: '8BUI', width: 2, height: 2 }), grid }));
    expect(numbers(image?.tags ?? new Map(), 34_264)).toEqual([2, 0.5, 0, 7, 0.25, -3, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(image?.tags.has(33_550)).toBe(false);
  });

  it('are escaped in the metadata, twice as GDAL wants it', async () => {
    const bands = [{ name: 'b1', description: 'a < b & "c"', unit: '°C', pixelType: '16BSI', scale: 0.1, offset: 3 }] as const;
    const [image] = readTiff(await writeGeoTiff({ ...makeImage({ pixelType: '16BSI', width: 1, height: 1 }), bands }));
    expect(image?.tags.get(42_112)).toContain('role="description">a &amp;lt; b &amp;amp; "c"</Item>');
    expect(image?.tags.get(42_112)).toContain('role="unittype">°C</Item>');
    expect(image?.tags.get(42_112)).toContain('role="scale">0.1</Item>');
  });
});

describe('a cloud-optimised file', () => {
  it('has directories first, then the tiles of the smallest image first, framed by length and last bytes', async () => {
    const image = makeImage({ pixelType: '16BSI', width: 300, height: 200, holes: true });
    const bytes = await writeGeoTiff(image, { tileWidth: 64, tileHeight: 64, overviews: overviewCount(300, 200, 64) });
    const images = readTiff(bytes);
    expect(images.map(({ width, height }) => [width, height])).toEqual([
      [300, 200],
      [300, 200],
      [150, 100],
      [150, 100],
      [75, 50],
      [75, 50],
      [38, 25],
      [38, 25],
    ]);
    expect(images.map(({ tags }) => numbers(tags, 254)[0])).toEqual([0, 4, 1, 5, 1, 5, 1, 5]);
    const firsts = images.map(({ tags }) => numbers(tags, 324)[0] ?? 0);
    const largestFirst = [firsts[0], firsts[2], firsts[4], firsts[6]];
    expect(largestFirst).toEqual([...largestFirst].sort((a, b) => (b ?? 0) - (a ?? 0)));
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const { tags } of images) {
      numbers(tags, 324).forEach((at, i) => {
        const length = numbers(tags, 325)[i] ?? 0;
        expect(view.readUInt32LE(at - 4)).toBe(length);
        expect(view.subarray(at + length, at + length + 4)).toEqual(view.subarray(at + length - 4, at + length));
      });
    }
    expect(view.toString('latin1', 8, 43)).toMatch(/^GDAL_STRUCTURAL_METADATA_SIZE=0001/);
  });

  it('averages what has data, by area, or takes what occurs most', async () => {
    const planes = [Float32Array.of(1, 1, 8, Number.NaN, 2, 8)];
    const image: ValueImage = { ...makeImage({ pixelType: '32BF', width: 3, height: 2 }), planes };
    const of = async (overviewResampling: 'average' | 'mode' | 'nearest') =>
      readTiff(await writeGeoTiff(image, { overviews: 1, overviewResampling }))[1]?.bands[0];
    // The first pixel covers one and a half columns of three, the upper row whole: weights 1, ½ | –, ½.
    expect(await of('average')).toEqual([Math.fround((1 + 0.5 + 1) / 2), Math.fround((0.5 + 8 + 1 + 8) / 3)]);
    expect(await of('mode')).toEqual([1, 8]);
    expect(await of('nearest')).toEqual([1, 1]);
  });

  it('never has an overview of a single pixel', async () => {
    expect(readTiff(await writeGeoTiff(makeImage({ pixelType: '8BUI', width: 1, height: 1 }), { overviews: 5 })).length).toBe(1);
  });
});

describe('LZW', () => {
  it.each([0, 1, 2, 5000, 100_000])('of %i bytes comes back, whatever they are', (length) => {
    const same = new Uint8Array(length).fill(7);
    const noise = Uint8Array.from({ length }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 13) & 0xff);
    const mixed = Uint8Array.from({ length }, (_, i) => (i % 1000 < 500 ? 3 : i * i));
    for (const bytes of [same, noise, mixed]) expect(Buffer.compare(unpackLzw(compressLzw(bytes)), bytes)).toBe(0);
  });

  it('makes runs short', () => {
    expect(compressLzw(new Uint8Array(100_000)).length).toBeLessThan(1000);
  });
});

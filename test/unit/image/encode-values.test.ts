import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeRgb, decodeRgba } from '../../../src/image/decode.ts';
import { encodeValues, sampleBytes, streamValues, type StreamedFormat, type WindowSize } from '../../../src/image/encode-values.ts';
import type { ValueFacts, ValueImage, ValueWindow } from '../../../src/image/values.ts';
import { makeImage, PIXEL_TYPES } from './images.ts';
import { readTiff } from './read-tiff.ts';

const NAN = Number.NaN;

function single(values: readonly number[], width: number, about: Partial<ValueImage['bands'][number]> = {}): ValueImage {
  const pixelType = about.pixelType ?? '32BF';
  const image = makeImage({ pixelType, width, height: values.length / width });
  const planes = [pixelType === '32BF' ? Float32Array.from(values) : Float64Array.from(values)];
  return { ...image, bands: [{ name: 'b1', pixelType, ...about }], planes };
}

async function textOf(image: ValueImage, format: 'asc' | 'xyz'): Promise<string> {
  return Buffer.from((await encodeValues(image, format)).bytes).toString('latin1');
}

describe('ASCII grid', () => {
  it('has the corner, the size of a cell, and a line for each row', async () => {
    expect(await textOf(single([1, 0.1, NAN, -2.5, 1e-7, 3], 3, { nodata: -9999 }), 'asc')).toBe(
      'ncols 3\nnrows 2\nxllcorner 500000\nyllcorner 4999980\ncellsize 10\nNODATA_value -9999\n1 0.1 -9999\n-2.5 1e-7 3\n',
    );
  });

  it.each([
    ['8BUI', '-9999'],
    ['16BSI', '-32769'],
    ['32BSI', '-2147483649'],
    ['32BF', '-3.4028234663852886e+38'],
  ] as const)('names a value that %s does not hold for what is missing', async (pixelType, nodata) => {
    const text = await textOf(single([1, NAN], 2, { pixelType }), 'asc');
    expect(text.split('\n').slice(-3)).toEqual([`NODATA_value ${nodata}`, `1 ${nodata}`, '']);
  });

  it.each([
    [{ skewX: 1 }, 'a north-up grid'],
    [{ scaleY: 10 }, 'a north-up grid'],
  ])('is refused for %j', async (change, problem) => {
    const image = single([1], 1);
    await expect(encodeValues({ ...image, grid: { ...image.grid, ...change } }, 'asc')).rejects.toThrow(problem);
  });

  it('has a width and a height where cells are not square', async () => {
    const image = single([1, 2], 1);
    const text = await textOf({ ...image, grid: { ...image.grid, scaleY: -9 } }, 'asc');
    expect(text.split('\n').slice(2, 6)).toEqual(['xllcorner 500000', 'yllcorner 4999982', 'dx 10', 'dy 9']);
  });

  it('is refused for two bands, before a byte of it', () => {
    expect(() => streamValues(makeImage({ pixelType: '8BUI', width: 1, height: 1, bands: 2 }), 'asc', nothing)).toThrow('holds one band');
  });
});

describe('XYZ text', () => {
  it('has a line for each pixel with data: centre and values', async () => {
    const image = {
      ...single([1.5, NAN, 3, 4], 2),
      bands: [{ name: 'a', pixelType: '32BF' } as const, { name: 'b', pixelType: '32BF' } as const],
    };
    const planes = [...image.planes, Float32Array.of(0.3, NAN, NAN, -1)];
    expect(await textOf({ ...image, planes }, 'xyz')).toBe('500005 4999995 1.5 0.3\n500005 4999985 3 nan\n500015 4999985 4 -1\n');
  });

  it('follows a rotated grid', async () => {
    const grid = { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0.5, skewY: 0.25 };
    expect(await textOf({ ...single([1, 2], 2), grid }, 'xyz')).toBe('0.75 -0.375 1\n1.75 -0.125 2\n');
  });

  it('is the same from windows', async () => {
    const image = makeImage({ pixelType: '64BF', width: 500, height: 300, holes: true });
    let text = '';
    for await (const piece of streamValues(image, 'xyz', () => halves(image)).pieces) text += Buffer.from(piece).toString('latin1');
    expect(text).toBe(await textOf(image, 'xyz'));
  });
});

describe('NumPy', () => {
  it.each(PIXEL_TYPES)('holds %s with its mask as one more band', async (pixelType) => {
    const image = makeImage({ pixelType, width: 5, height: 4, bands: 2, nodata: 1, holes: true });
    const { bytes, mediaType } = await encodeValues(image, 'npy');
    expect(mediaType).toBe('application/x-binary');
    const { header, numbers } = readNpy(bytes);
    expect(header).toContain("'fortran_order': False, 'shape': (3, 4, 5), }");
    const valid = image.planes.map((plane) => Array.from(plane, (value) => !Number.isNaN(value)));
    const mask = Array.from({ length: 20 }, (_, i) => (valid.some((band) => band[i]) ? 255 : 0));
    const values = image.planes.flatMap((plane) => Array.from(plane, (value) => (Number.isNaN(value) ? 1 : value)));
    expect(numbers).toEqual([...values, ...mask]);
  });

  it('can do without', async () => {
    const { bytes } = await encodeValues(single([1, NAN], 2), 'npy', { mask: false });
    expect(readNpy(bytes)).toMatchObject({ header: expect.stringContaining("'<f4'"), numbers: [1, NAN] });
    expect(Buffer.from(bytes).indexOf('\n') % 64).toBe(63);
  });
});

describe('raw numbers', () => {
  it('come with their shape in the headers', async () => {
    const { bytes, headers } = await encodeValues(makeImage({ pixelType: '16BSI', width: 3, height: 2, bands: 2, nodata: -7 }), 'raw');
    expect(bytes.length).toBe(24);
    expect(headers).toEqual({ 'Values-Type': 'int16', 'Values-Shape': '2,2,3', 'Values-Nodata': '-7' });
  });

  it('are followed by a mask where no value means no data', async () => {
    const image = single([7, NAN, 9], 3, { pixelType: '8BUI' });
    const { bytes, headers } = await encodeValues(image, 'raw');
    expect([...bytes]).toEqual([7, 0, 9, 255, 0, 255]);
    expect(headers).toEqual({ 'Values-Type': 'uint8', 'Values-Shape': '1,1,3', 'Values-Mask': 'true' });
    expect((await encodeValues(image, 'raw', { mask: false })).bytes.length).toBe(3);
  });
});

describe('PNG of values', () => {
  it('has bytes as they are, what is missing transparent', async () => {
    const { bytes, headers } = await encodeValues(single([7, NAN, 255], 3, { pixelType: '8BUI', nodata: 0 }), 'png');
    expect(headers).toEqual({ 'Values-Scale': '1', 'Values-Offset': '0' });
    expect([...bytes.subarray(24, 26)]).toEqual([8, 0]);
    expect([...(await decodeRgba(bytes)).data]).toEqual([7, 7, 7, 255, 0, 0, 0, 0, 255, 255, 255, 255]);
  });

  it('has alpha where no byte is free', async () => {
    const { bytes } = await encodeValues(single([7, NAN, 0], 3, { pixelType: '8BUI' }), 'png');
    expect([...bytes.subarray(24, 26)]).toEqual([8, 4]);
    expect([...(await decodeRgba(bytes)).data]).toEqual([7, 7, 7, 255, 0, 0, 0, 0, 0, 0, 0, 255]);
  });

  it('has colours of three bands', async () => {
    const image = { ...makeImage({ pixelType: '8BUI', width: 4, height: 2, bands: 3 }) };
    const { bytes } = await encodeValues(image, 'png');
    expect([...bytes.subarray(24, 26)]).toEqual([8, 2]);
    const wanted = Array.from({ length: 8 }, (_, i) => image.planes.map((plane) => plane[i]));
    expect([...(await decodeRgb(bytes)).data]).toEqual(wanted.flat());
  });

  it('holds 16 bits, signed ones moved up', async () => {
    const unsigned = await encodeValues(single([0, 258, 65_535], 3, { pixelType: '16BUI' }), 'png');
    expect(samples16(unsigned.bytes)).toEqual([0, 258, 65_535]);
    expect(unsigned.headers).toEqual({ 'Values-Scale': '1', 'Values-Offset': '0' });
    const signed = await encodeValues(single([-32_768, -1, 32_767], 3, { pixelType: '16BSI' }), 'png');
    expect(samples16(signed.bytes)).toEqual([0, 32_767, 65_535]);
    expect(signed.headers).toEqual({ 'Values-Scale': '1', 'Values-Offset': '32768' });
  });

  it('scales all others between their least and greatest, and keeps 0 for what is missing', async () => {
    const values = [-10, 0.5, 55.25, NAN];
    const { bytes, headers } = await encodeValues(single(values, 4), 'png');
    const [scale, offset] = [Number(headers['Values-Scale']), Number(headers['Values-Offset'])];
    const read = samples16(bytes);
    expect(read[3]).toBe(0);
    for (const i of [0, 1, 2]) expect(((read[i] ?? 0) - offset) / scale).toBeCloseTo(values[i] ?? 0, 2);
    expect((await decodeRgba(bytes)).data.filter((_, i) => i % 4 === 3)).toEqual(Buffer.of(255, 255, 255, 0));
  });

  it('is refused for two bands', async () => {
    await expect(encodeValues(makeImage({ pixelType: '8BUI', width: 1, height: 1, bands: 2 }), 'png')).rejects.toThrow(
      '1 or 3 bands, got 2',
    );
  });
});

describe('GeoTIFF', () => {
  it('is cloud-optimised when asked: overviews down to one tile', async () => {
    const { bytes, mediaType } = await encodeValues(makeImage({ pixelType: '8BUI', width: 1100, height: 600 }), 'cog');
    expect(mediaType).toBe('image/tiff; application=geotiff; profile=cloud-optimized');
    expect(readTiff(bytes).map(({ width }) => width)).toEqual([1100, 550, 275]);
  });

  it('streams with its length from windows of the size that it tells', async () => {
    const image = makeImage({ pixelType: '8BUI', width: 30, height: 20, nodata: 9 });
    expect(wantedSize(image, 'geotiff')).toEqual({ width: 30, height: 20 });
    const { pieces, parts } = streamValues(image, 'geotiff', () => whole(image));
    const all: Uint8Array[] = [];
    for await (const piece of pieces) all.push(piece);
    const bytes = Buffer.concat(all);
    expect(bytes.length).toBe(parts?.length);
    const wanted = Array.from(image.planes[0] ?? [], (value) => (Number.isNaN(value) ? 9 : value));
    expect(readTiff(bytes)[0]?.bands[0]).toEqual(wanted);
  });

  it.each([
    [36_000, 18_000, 1, { width: 1280, height: 768 }],
    [36_000, 18_000, 12, { width: 256, height: 256 }],
    [100, 18_000, 3, { width: 100, height: 2048 }],
  ])('asks of %i × %i pixels of %i bands for windows that fit memory', (width, height, bands, size) => {
    expect(wantedSize({ ...makeImage({ pixelType: '32BF', width: 1, height: 1, bands }), width, height }, 'geotiff')).toEqual(size);
  });

  it('asks for whole rows of text', () => {
    const facts = { ...makeImage({ pixelType: '32BF', width: 1, height: 1 }), width: 36_000, height: 18_000 };
    expect(wantedSize(facts, 'xyz')).toEqual({ width: 36_000, height: 58 });
  });
});

it('refuses what is larger than the caller allows', async () => {
  const image = makeImage({ pixelType: '16BUI', width: 100, height: 50, bands: 2 });
  expect(sampleBytes(image)).toBe(20_000);
  await expect(encodeValues(image, 'raw', { maxBytes: 19_999 })).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
  expect((await encodeValues(image, 'raw', { maxBytes: 20_000 })).bytes.length).toBe(20_000);
});

async function* nothing(): AsyncGenerator<ValueWindow> {
  // No window at all.
}

/** The windows that a stream opens. */
function wantedSize(facts: ValueFacts, format: StreamedFormat): WindowSize | undefined {
  let wanted: WindowSize | undefined;
  streamValues(facts, format, (size) => {
    wanted = size;
    return nothing();
  });
  return wanted;
}

async function* whole(image: ValueImage): AsyncGenerator<ValueWindow> {
  yield { window: { column: 0, row: 0, width: image.width, height: image.height }, planes: image.planes };
}

async function* halves(image: ValueImage): AsyncGenerator<ValueWindow> {
  const upper = Math.ceil(image.height / 2);
  for (const [row, height] of [
    [0, upper],
    [upper, image.height - upper],
  ] as const) {
    const planes = image.planes.map((plane) => plane.subarray(row * image.width, (row + height) * image.width));
    yield { window: { column: 0, row, width: image.width, height }, planes };
  }
}

function readNpy(bytes: Uint8Array): { readonly header: string; readonly numbers: readonly number[] } {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(view.toString('latin1', 0, 8)).toBe('\u0093NUMPY\u0001\u0000');
  const start = 10 + view.readUInt16LE(8);
  const header = view.toString('latin1', 10, start);
  const [, kind = '', size = ''] = /'descr': '[<|]([uif])(\d)'/.exec(header) ?? [];
  const width = Number(size);
  const numbers = Array.from({ length: (bytes.length - start) / width }, (_, i) => {
    const at = start + i * width;
    if (kind === 'f') return width === 4 ? view.readFloatLE(at) : view.readDoubleLE(at);
    return kind === 'i' ? view.readIntLE(at, width) : view.readUIntLE(at, width);
  });
  return { header, numbers };
}

/** The samples of a grey PNG of 16 bits and one row. */
function samples16(bytes: Uint8Array): readonly number[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect([...bytes.subarray(24, 26)]).toEqual([16, 0]);
  const at = view.indexOf('IDAT', 0, 'latin1');
  const row = inflateSync(view.subarray(at + 4, at + 4 + view.readUInt32BE(at - 4)));
  return Array.from({ length: (row.length - 1) / 2 }, (_, i) => row.readUInt16BE(1 + i * 2));
}

import { expect, test } from 'vitest';
import { decodeBlock, type PixelTypeName } from '../../../src/raster/wkb.ts';

// Two by two pixels as PostGIS writes them, put together here byte by byte.

interface Written {
  readonly code: number;
  readonly bytes: number;
  put(view: DataView, offset: number, value: number, little: boolean): void;
}

const TYPES: Readonly<Record<PixelTypeName, Written>> = {
  '1BB': { code: 0, bytes: 1, put: (view, at, value) => view.setUint8(at, value) },
  '2BUI': { code: 1, bytes: 1, put: (view, at, value) => view.setUint8(at, value) },
  '4BUI': { code: 2, bytes: 1, put: (view, at, value) => view.setUint8(at, value) },
  '8BSI': { code: 3, bytes: 1, put: (view, at, value) => view.setInt8(at, value) },
  '8BUI': { code: 4, bytes: 1, put: (view, at, value) => view.setUint8(at, value) },
  '16BSI': { code: 5, bytes: 2, put: (view, at, value, little) => view.setInt16(at, value, little) },
  '16BUI': { code: 6, bytes: 2, put: (view, at, value, little) => view.setUint16(at, value, little) },
  '32BSI': { code: 7, bytes: 4, put: (view, at, value, little) => view.setInt32(at, value, little) },
  '32BUI': { code: 8, bytes: 4, put: (view, at, value, little) => view.setUint32(at, value, little) },
  '32BF': { code: 10, bytes: 4, put: (view, at, value, little) => view.setFloat32(at, value, little) },
  '64BF': { code: 11, bytes: 8, put: (view, at, value, little) => view.setFloat64(at, value, little) },
};

const VALUES: Readonly<Record<PixelTypeName, readonly number[]>> = {
  '1BB': [0, 1, 1, 0],
  '2BUI': [0, 1, 2, 3],
  '4BUI': [0, 7, 8, 15],
  '8BSI': [-128, -1, 0, 127],
  '8BUI': [0, 1, 254, 255],
  '16BSI': [-32768, -1, 0, 32767],
  '16BUI': [0, 1, 258, 65535],
  '32BSI': [-2147483648, -1, 0, 2147483647],
  '32BUI': [0, 1, 16909060, 4294967295],
  '32BF': [-1.5, 0, 0.25, 3.4028234663852886e38],
  '64BF': [-1e300, 0, Math.PI, Number.NaN],
};

function header(view: DataView, bands: number, little: boolean): void {
  view.setUint8(0, little ? 1 : 0);
  view.setUint16(1, 0, little);
  view.setUint16(3, bands, little);
  [2, -3, 100, 200, 0.5, -0.25].forEach((value, i) => view.setFloat64(5 + 8 * i, value, little));
  view.setInt32(53, 4326, little);
  view.setUint16(57, 2, little);
  view.setUint16(59, 2, little);
}

function write(type: PixelTypeName, little: boolean, flags: number, shift: number): Uint8Array {
  const { code, bytes, put } = TYPES[type];
  const size = 61 + 1 + bytes * 5;
  const whole = new Uint8Array(shift + size);
  const view = new DataView(whole.buffer, shift);
  header(view, 1, little);
  view.setUint8(61, code | flags);
  put(view, 62, VALUES[type][0] ?? 0, little);
  VALUES[type].forEach((value, i) => put(view, 62 + bytes * (i + 1), value, little));
  return whole.subarray(shift);
}

const KINDS: readonly PixelTypeName[] = ['1BB', '2BUI', '4BUI', '8BSI', '8BUI', '16BSI', '16BUI', '32BSI', '32BUI', '32BF', '64BF'];

for (const type of KINDS) {
  for (const little of [true, false]) {
    for (const shift of [0, 1, 2, 3]) {
      test(`${type}, ${little ? 'little' : 'big'} endian, ${shift} bytes into its buffer`, () => {
        const block = decodeBlock(write(type, little, 0x40, shift));
        const [band] = block.bands;
        expect(block).toMatchObject({
          srid: 4326,
          width: 2,
          height: 2,
          grid: { scaleX: 2, scaleY: -3, originX: 100, originY: 200, skewX: 0.5, skewY: -0.25 },
        });
        expect(band).toMatchObject({ pixelType: type, nodata: VALUES[type][0], blank: false, outside: undefined });
        expect([...(band?.samples() ?? [])]).toEqual(VALUES[type]);
      });
    }
  }
}

test('without its flag the nodata value is none', () => {
  expect(decodeBlock(write('8BUI', true, 0, 0)).bands[0]?.nodata).toBeUndefined();
});

test('a band of nothing but nodata says so', () => {
  expect(decodeBlock(write('8BUI', true, 0x60, 0)).bands[0]?.blank).toBe(true);
});

test('bytes are not copied', () => {
  const bytes = write('8BUI', true, 0, 0);
  expect(decodeBlock(bytes).bands[0]?.samples().buffer).toBe(bytes.buffer);
});

test('an out-of-db band names its file, and the band after it is read', () => {
  const path = Buffer.from('/data/höhe.tif');
  const bytes = new Uint8Array(61 + 3 + path.length + 1 + 2 + 4);
  const view = new DataView(bytes.buffer);
  header(view, 2, true);
  view.setUint8(61, 0x80 | 4);
  view.setUint8(63, 2);
  bytes.set(path, 64);
  view.setUint8(64 + path.length + 1, 4);
  bytes.set([9, 8, 7, 6], 64 + path.length + 3);
  const [outside, inside] = decodeBlock(bytes).bands;
  expect(outside?.outside).toEqual({ path: '/data/höhe.tif', band: 2 });
  expect(outside?.samples().length).toBe(0);
  expect([...(inside?.samples() ?? [])]).toEqual([9, 8, 7, 6]);
});

test('what ends early or is of another kind is refused with what was expected', () => {
  const bytes = write('16BUI', true, 0, 0);
  expect(() => decodeBlock(bytes.subarray(0, 30))).toThrow('expected 61 bytes of header, got 30');
  expect(() => decodeBlock(bytes.subarray(0, bytes.length - 1))).toThrow(`expected ${bytes.length} bytes, got ${bytes.length - 1}`);
  const later = bytes.slice();
  later[1] = 1;
  expect(() => decodeBlock(later)).toThrow('version 1');
  const unknown = bytes.slice();
  unknown[61] = 9;
  expect(() => decodeBlock(unknown)).toThrow('unknown pixel type 9');
});

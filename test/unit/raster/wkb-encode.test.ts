import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBlock, type PixelTypeName, type Samples } from '../../../src/raster/wkb.ts';
import { encodeBlock } from '../../../src/raster/wkb-encode.ts';

const ARRAYS: readonly (readonly [PixelTypeName, (values: readonly number[]) => Samples])[] = [
  ['1BB', (v) => Uint8Array.from(v, (x) => x & 1)],
  ['4BUI', (v) => Uint8Array.from(v, (x) => x & 15)],
  ['8BSI', (v) => Int8Array.from(v)],
  ['8BUI', (v) => Uint8Array.from(v)],
  ['16BSI', (v) => Int16Array.from(v)],
  ['16BUI', (v) => Uint16Array.from(v)],
  ['32BSI', (v) => Int32Array.from(v)],
  ['32BUI', (v) => Uint32Array.from(v)],
  ['32BF', (v) => Float32Array.from(v)],
  ['64BF', (v) => Float64Array.from(v)],
];
const GRID = { originX: 1.5, originY: -2.25, scaleX: 0.1, scaleY: -0.2, skewX: 0.01, skewY: -0.02 };

describe('encodeBlock', () => {
  test.each(ARRAYS)('what it writes of %s is what is read', (pixelType, make) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 }), (values) => {
        const samples = make(values);
        const block = decodeBlock(
          encodeBlock({
            grid: GRID,
            srid: 3857,
            width: 3,
            height: 2,
            bands: [
              { pixelType, nodata: 1, samples },
              { pixelType, nodata: undefined, samples },
            ],
          }),
        );
        expect(block).toMatchObject({ grid: GRID, srid: 3857, width: 3, height: 2 });
        expect(block.bands.map((band) => [band.pixelType, band.nodata, [...band.samples()]])).toEqual([
          [pixelType, 1, [...samples]],
          [pixelType, undefined, [...samples]],
        ]);
      }),
    );
  });

  test('a band of nodata alone is marked', () => {
    const samples = Float32Array.of(Number.NaN, Number.NaN);
    const block = decodeBlock(
      encodeBlock({ grid: GRID, srid: 0, width: 2, height: 1, bands: [{ pixelType: '32BF', nodata: Number.NaN, samples }] }),
    );
    expect(block.bands[0]?.blank).toBe(true);
  });

  test('samples that do not fill the block are refused', () => {
    const bands = [{ pixelType: '8BUI' as const, nodata: undefined, samples: new Uint8Array(3) }];
    expect(() => encodeBlock({ grid: GRID, srid: 0, width: 2, height: 2, bands })).toThrow('expected 4 samples, got 3');
  });
});

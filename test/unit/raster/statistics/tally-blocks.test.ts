import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GatherRequest, GatherSource } from '../../../../src/raster/gather.ts';
import { gather } from '../../../../src/raster/gather.ts';
import { allocatePlane } from '../../../../src/raster/image.ts';
import { ownBlock } from '../../../../src/raster/own-block.ts';
import { tallyBlocks } from '../../../../src/raster/statistics/tally-blocks.ts';
import { tallyPlane, type Tally } from '../../../../src/raster/statistics/tally.ts';
import { encodeBlock } from '../../../../src/raster/wkb-encode.ts';
import { decodeBlock, type Block, type PixelTypeName, type Samples } from '../../../../src/raster/wkb.ts';

// Blocks counted where they lie give what the plane made of them gives.

const SIDE = 6;

interface Shape {
  readonly column: number;
  readonly row: number;
  readonly pixelType: PixelTypeName;
  readonly samples: Samples;
  readonly nodata: number | undefined;
}

function blockOf({ column, row, pixelType, samples, nodata }: Shape): Block {
  const grid = { originX: column, originY: -row, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 };
  const bytes = encodeBlock({ grid, srid: 3857, width: SIDE, height: SIDE, bands: [{ pixelType, nodata, samples }] });
  return ownBlock(decodeBlock(bytes)).block;
}

/** A window of a size whose corner lies at column 0, row 0. */
function windowOn(blocks: readonly Block[], width: number, height: number): { source: GatherSource; request: GatherRequest } {
  const x = Float64Array.from({ length: width }, (_, i) => i + 0.5);
  const y = Float64Array.from({ length: height }, (_, j) => -j - 0.5);
  return {
    source: {
      window: { column: 0, row: 0, width, height },
      warp: { kind: 'separable', width, height, x, y },
      bounds: [0, -height, width, 0],
      blocks,
      geographic: false,
      margin: 0,
    },
    request: { width, height, bands: [0], kernel: 'nearest', selection: 'first' },
  };
}

function byPlane(source: GatherSource, request: GatherRequest): Tally {
  const [plane] = gather([source], request, allocatePlane) ?? [];
  return tallyPlane(plane ?? new Float32Array(request.width * request.height).fill(Number.NaN), { keep: true });
}

const TYPES: readonly (readonly [PixelTypeName, (values: readonly number[]) => Samples, number])[] = [
  ['8BUI', (values) => Uint8Array.from(values), 0],
  ['8BSI', (values) => Int8Array.from(values), -3],
  ['16BUI', (values) => Uint16Array.from(values), 0],
  ['16BSI', (values) => Int16Array.from(values), -3],
  ['4BUI', (values) => Uint8Array.from(values), 0],
];

describe('blocks that do not overlap', () => {
  it.each(TYPES)('of type %s are counted as the plane of them', (pixelType, from, least) => {
    const values = fc.array(fc.integer({ min: least, max: 5 }), { minLength: SIDE ** 2, maxLength: SIDE ** 2 });
    const nodata = fc.constantFrom(undefined, 2, 4);
    fc.assert(
      fc.property(fc.array(fc.tuple(values, nodata), { maxLength: 4 }), fc.integer({ min: -5, max: 5 }), (parts, away) => {
        const blocks = parts.map(([samples, missing], n) =>
          blockOf({ column: away + (n % 2) * SIDE, row: Math.floor(n / 2) * SIDE - 2, pixelType, samples: from(samples), nodata: missing }),
        );
        const { source, request } = windowOn(blocks, 9, 8);
        expect(tallyBlocks([source], request)).toEqual([byPlane(source, request)]);
      }),
    );
  });
});

describe('what cannot be counted where it lies', () => {
  const samples = new Uint8Array(SIDE ** 2).fill(1);
  const shape = { row: 0, pixelType: '8BUI', samples, nodata: undefined } as const;

  it('are blocks that overlap, broken numbers, and samples beside the pixels', () => {
    const over = windowOn([blockOf({ ...shape, column: 0 }), blockOf({ ...shape, column: 3 })], 9, 6);
    expect(tallyBlocks([over.source], over.request)).toBeUndefined();
    const broken = windowOn([blockOf({ ...shape, column: 0, pixelType: '32BF', samples: new Float32Array(SIDE ** 2) })], 6, 6);
    expect(tallyBlocks([broken.source], broken.request)).toBeUndefined();
    const beside = windowOn([blockOf({ ...shape, column: 0.5 })], 6, 6);
    expect(tallyBlocks([beside.source], beside.request)).toBeUndefined();
  });

  it('is not a window without blocks, which has pixels and no values', () => {
    const { request } = windowOn([], 4, 3);
    expect(tallyBlocks([], request)).toMatchObject([{ pixels: 12, moments: { samples: 0 } }]);
  });
});

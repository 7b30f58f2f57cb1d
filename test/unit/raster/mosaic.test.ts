import { expect, test } from 'vitest';
import type { Grid } from '../../../src/raster/grid.ts';
import { allocatePlane, type Raster } from '../../../src/raster/image.ts';
import { mosaic, type MosaicRequest } from '../../../src/raster/mosaic.ts';
import { decodeBlock, type Block, type PixelTypeName } from '../../../src/raster/wkb.ts';
import { encodeBlock } from '../../../src/raster/wkb-encode.ts';

const N = Number.NaN;

interface Made {
  readonly x?: number;
  readonly y?: number;
  readonly grid?: Partial<Grid>;
  readonly width?: number;
  readonly rows: readonly (readonly number[])[];
  readonly nodata?: number;
}

/** A byte block of pixels of size 1 whose first corner is at (x, y), north up. */
function block({ x = 0, y = 0, grid = {}, rows, nodata }: Made): Block {
  const whole = { originX: x, originY: y, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0, ...grid };
  const samples = Uint8Array.from(rows.flat());
  return decodeBlock(
    encodeBlock({
      grid: whole,
      srid: 4326,
      width: rows[0]?.length ?? 0,
      height: rows.length,
      bands: [{ pixelType: '8BUI', nodata, samples }],
    }),
  );
}

function put(blocks: readonly Block[], request: Partial<MosaicRequest> & Pick<MosaicRequest, 'bounds'>): readonly Raster[] {
  return [...mosaic(blocks, { bands: [0], margin: 0, geographic: false, ...request }, allocatePlane)];
}

const rowsOf = ({ bands: [band], width }: Raster): number[][] =>
  Array.from({ length: (band?.length ?? 0) / width }, (_, row) => [...(band?.subarray(row * width, (row + 1) * width) ?? [])]);

test('neighbours on one grid become one raster', () => {
  const [raster, ...others] = put(
    [
      block({
        rows: [
          [1, 2],
          [3, 4],
        ],
      }),
      block({ x: 2, rows: [[5], [6]] }),
    ],
    { bounds: [0, -2, 3, 0] },
  );
  expect(others).toEqual([]);
  expect(raster && rowsOf(raster)).toEqual([
    [1, 2, 5],
    [3, 4, 6],
  ]);
  expect(raster).toMatchObject({ complete: true, grid: { originX: 0, originY: 0 } });
});

test('only what the bounds and their margin touch is taken', () => {
  const rows = Array.from({ length: 6 }, (_, r) => Array.from({ length: 6 }, (_c, c) => 10 * r + c));
  const [raster] = put([block({ rows })], { bounds: [2.2, -2.9, 3.1, -2.1], margin: 1 });
  expect(raster && rowsOf(raster)).toEqual([
    [11, 12, 13, 14],
    [21, 22, 23, 24],
    [31, 32, 33, 34],
  ]);
  expect(raster?.grid).toMatchObject({ originX: 1, originY: -1 });
});

test('holes between blocks and nodata are NaN', () => {
  const [raster] = put([block({ rows: [[1, 9]], nodata: 9 }), block({ x: 3, rows: [[4]] })], { bounds: [0, -1, 4, 0] });
  expect(raster && rowsOf(raster)).toEqual([[1, N, N, 4]]);
  expect(raster?.complete).toBe(false);
});

test('where blocks overlap the earlier wins, pixel by pixel', () => {
  const [raster] = put([block({ rows: [[1, 9, 3]], nodata: 9 }), block({ rows: [[5, 6, 7]] })], { bounds: [0, -1, 3, 0] });
  expect(raster && rowsOf(raster)).toEqual([[1, 6, 3]]);
  expect(raster?.complete).toBe(true);
});

test('a block off the grid stands alone, one within a fiftieth of a pixel does not', () => {
  const near = [block({ rows: [[1]] }), block({ x: 1.01, rows: [[2]] })];
  expect(put(near, { bounds: [0, -1, 2, 0] }).map(rowsOf)).toEqual([[[1, 2]]]);
  const off = [block({ rows: [[1]] }), block({ x: 1.4, rows: [[2]] })];
  expect(put(off, { bounds: [0, -1, 3, 0] }).map(rowsOf)).toEqual([[[1]], [[2]]]);
});

test('another pixel size or a turn stands alone', () => {
  const blocks = [
    block({
      rows: [
        [1, 1],
        [1, 1],
      ],
    }),
    block({
      x: 2,
      grid: { scaleX: 1.1 },
      rows: [
        [2, 2],
        [2, 2],
      ],
    }),
    block({
      x: 2,
      grid: { skewX: 0.1 },
      rows: [
        [3, 3],
        [3, 3],
      ],
    }),
  ];
  expect(put(blocks, { bounds: [0, -2, 5, 0] })).toHaveLength(3);
});

test('longitudes come round: a block from 350 to 370 is at -10 to 10 too', () => {
  const rows = [Array.from({ length: 20 }, (_, i) => i)];
  const [raster] = put([block({ x: 350, rows })], { bounds: [-3, -1, 2, 0], geographic: true });
  expect(raster && rowsOf(raster)).toEqual([[7, 8, 9, 10, 11]]);
});

test('the world is continuous over ±180', () => {
  const rows = [Array.from({ length: 180 }, (_, i) => i)];
  const world = block({ x: -180, grid: { scaleX: 2 }, rows });
  const [raster] = put([world], { bounds: [176, -1, 184, 0], geographic: true });
  expect(raster && rowsOf(raster)).toEqual([[178, 179, 0, 1]]);
});

test('a raster that only the margin touches is not made', () => {
  expect(put([block({ x: 3, rows: [[1]] })], { bounds: [0, -1, 3, 0], margin: 1 })).toEqual([]);
});

const WIDE: readonly PixelTypeName[] = ['32BSI', '32BUI', '64BF'];
test.each(WIDE)('%s keeps its digits', (pixelType) => {
  const samples =
    { '32BSI': Int32Array.of(-2147483647), '32BUI': Uint32Array.of(4294967295), '64BF': Float64Array.of(Math.PI) }[String(pixelType)] ??
    Uint8Array.of(0);
  const made = decodeBlock(
    encodeBlock({
      grid: { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 },
      srid: 4326,
      width: 1,
      height: 1,
      bands: [{ pixelType, nodata: undefined, samples }],
    }),
  );
  expect(put([made], { bounds: [0, -1, 1, 0] })[0]?.bands[0]?.[0]).toBe(samples[0]);
});

test('a band that a row does not have is nodata', () => {
  const [raster] = put([block({ rows: [[1]] })], { bounds: [0, -1, 1, 0], bands: [0, 1] });
  expect(raster?.bands.map((band) => [...band])).toEqual([[1], [N]]);
  expect(raster?.complete).toBe(false);
});

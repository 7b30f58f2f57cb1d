import type { PixelWindow } from '../../raster/grid.ts';
import type { Plane } from '../../raster/image.ts';
import { littleEndianBytes } from '../sample-type.ts';
import { stripsOf } from '../strips.ts';
import type { ValueFacts, ValueWindow } from '../values.ts';
import { cutMask, cutTile, type Planes } from './cut.ts';
import { layoutGeoTiff, type TiffLayout } from './layout.ts';

/** Bytes [start, end) of a file. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The numbers of a window that lies within the image; undefined where there is no data at all. */
export type ReadWindow = (window: PixelWindow) => Promise<readonly Plane[] | undefined>;

/** Cells [first, first + count) of one row of tiles. */
interface CellRun {
  readonly first: number;
  readonly count: number;
}

/**
 * The uncompressed GeoTIFF of `layoutGeoTiff` in pieces, from windows that come in the order of their first rows and do
 * not overlap; what no window covers has no data. One row of tiles is in memory at a time.
 */
export async function* streamGeoTiff(facts: ValueFacts, windows: AsyncIterable<ValueWindow>): AsyncGenerator<Uint8Array> {
  const layout = layoutGeoTiff(facts);
  yield layout.header;
  for await (const { planes, height } of stripsOf(facts, layout.tileHeight, windows)) {
    yield encodeCells(layout, { planes, width: layout.width, height }, layout.across);
  }
}

/** A part of the same file, for HTTP ranges: only the cells that it touches are asked for, a row of tiles at a time. */
export async function* rangeOfGeoTiff(layout: TiffLayout, { start, end }: ByteRange, read: ReadWindow): AsyncGenerator<Uint8Array> {
  const { header, cellBytes } = layout;
  if (start < header.length) yield header.subarray(start, Math.min(end, header.length));
  for (const run of runsOf(layout, { start, end })) {
    const window = windowOf(layout, run);
    const planes = (await read(window)) ?? [];
    const cells = encodeCells(layout, { planes, width: window.width, height: window.height }, run.count);
    const at = header.length + run.first * cellBytes;
    yield cells.subarray(Math.max(0, start - at), Math.min(cells.length, end - at));
  }
}

function runsOf({ header, cellBytes, across, down }: TiffLayout, { start, end }: ByteRange): readonly CellRun[] {
  const first = Math.max(0, Math.floor((start - header.length) / cellBytes));
  const last = Math.min(across * down, Math.ceil((end - header.length) / cellBytes));
  const runs: CellRun[] = [];
  for (let cell = first; cell < last;) {
    const rowEnd = (Math.floor(cell / across) + 1) * across;
    const count = Math.min(last, rowEnd) - cell;
    runs.push({ first: cell, count });
    cell += count;
  }
  return runs;
}

/** The pixels of a run of cells, as far as they are within the image. */
function windowOf(layout: TiffLayout, { first, count }: CellRun): PixelWindow {
  const column = (first % layout.across) * layout.tileWidth;
  const row = Math.floor(first / layout.across) * layout.tileHeight;
  const width = Math.min(count * layout.tileWidth, layout.width - column);
  return { column, row, width, height: Math.min(layout.tileHeight, layout.height - row) };
}

/** Some cells of one row of tiles, from the planes of just their pixels. */
function encodeCells(layout: TiffLayout, source: Planes, count: number): Uint8Array {
  const { tileWidth, tileHeight, tileBytes, cellBytes, masked, rules } = layout;
  const cells = Buffer.allocUnsafe(count * cellBytes);
  for (let cell = 0; cell < count; cell += 1) {
    const window = { column: cell * tileWidth, row: 0, width: tileWidth, height: tileHeight };
    const samples = cutTile(source, window, rules);
    if (samples !== undefined) cells.set(littleEndianBytes(samples), cell * cellBytes);
    if (masked) cells.set(cutMask(source, window), cell * cellBytes + tileBytes);
  }
  return cells;
}

import { setImmediate } from 'node:timers/promises';
import type { PixelWindow } from '../../raster/grid.ts';
import type { Plane } from '../../raster/image.ts';
import { writeHere, type WritePiece } from '../file-piece.ts';
import type { ValueWindow } from '../values.ts';
import { cellOf, type TiffLayout } from './layout.ts';

/** Bytes [start, end) of a file. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The numbers of a window that lies within the image; undefined where there is no data at all. */
export type ReadWindow = (window: PixelWindow) => Promise<readonly Plane[] | undefined>;

/** Tiles that stand one after the other in the file and make a rectangle in the image. */
interface Run {
  readonly column: number;
  readonly row: number;
  readonly across: number;
  readonly down: number;
}

/** Size of a page in pixels; at the right and lower edge of the image pages are smaller. */
export function pageSize({ width, height, tileWidth, tileHeight, pageAcross, pageDown }: TiffLayout): {
  readonly width: number;
  readonly height: number;
} {
  return { width: Math.min(width, pageAcross * tileWidth), height: Math.min(height, pageDown * tileHeight) };
}

/**
 * The whole file in pieces. The windows are its pages, in rows from the top, each row from the left, all of them; one
 * without planes has no data. One page is in memory at a time; `write` makes bytes of it.
 * @throws Error when a window is not the page that comes next
 */
export async function* streamGeoTiff(
  layout: TiffLayout,
  windows: AsyncIterable<ValueWindow>,
  write: WritePiece = writeHere,
): AsyncGenerator<Uint8Array> {
  yield layout.header;
  const pages = pagesOf(layout);
  let next = 0;
  for await (const { window, planes } of windows) {
    const page = pages[next];
    const wanted = page === undefined ? undefined : windowOf(layout, page);
    if (page === undefined || wanted === undefined || !isSame(window, wanted)) {
      throw new Error(`Cannot stream a GeoTIFF: expected page ${JSON.stringify(wanted)}, got ${JSON.stringify(window)}`);
    }
    // Cutting takes milliseconds, and a source in memory never waits: others get their turn here.
    await setImmediate();
    yield await encodeRun(layout, page, { planes, write });
    next += 1;
  }
  if (next !== pages.length) throw new Error(`Cannot stream a GeoTIFF: expected ${pages.length} pages, got ${next}`);
}

/** A part of the same file, for HTTP ranges: only pages, or of pages only rows of tiles, that it touches are asked for. */
export async function* rangeOfGeoTiff(
  layout: TiffLayout,
  { start, end }: ByteRange,
  read: ReadWindow,
  write: WritePiece = writeHere,
): AsyncGenerator<Uint8Array> {
  const { header } = layout;
  if (start < header.length) yield header.subarray(start, Math.min(end, header.length));
  for (const page of pagesOf(layout)) {
    const bytes = bytesOf(layout, page);
    if (bytes.end <= start || bytes.start >= end) continue;
    const isWhole = start <= bytes.start && bytes.end <= end;
    for (const run of isWhole ? [page] : rowsOf(page)) {
      const own = bytesOf(layout, run);
      if (own.end <= start || own.start >= end) continue;
      const needed = isWhole ? run : narrowed(layout, run, { start, end });
      const at = bytesOf(layout, needed).start;
      const planes = (await read(windowOf(layout, needed))) ?? [];
      const cells = await encodeRun(layout, needed, { planes, write });
      yield cells.subarray(Math.max(0, start - at), Math.min(cells.length, end - at));
    }
  }
}

function pagesOf({ across, down, pageAcross, pageDown }: TiffLayout): readonly Run[] {
  const pages: Run[] = [];
  for (let row = 0; row < down; row += pageDown) {
    for (let column = 0; column < across; column += pageAcross) {
      pages.push({ column, row, across: Math.min(pageAcross, across - column), down: Math.min(pageDown, down - row) });
    }
  }
  return pages;
}

function rowsOf({ column, row, across, down }: Run): readonly Run[] {
  return Array.from({ length: down }, (_, i) => ({ column, row: row + i, across, down: 1 }));
}

/** The tiles of a row that a range touches. */
function narrowed(layout: TiffLayout, run: Run, { start, end }: ByteRange): Run {
  const bytes = bytesOf(layout, run);
  const first = Math.max(0, Math.floor((start - bytes.start) / layout.cellBytes));
  const last = Math.min(run.across, Math.ceil((end - bytes.start) / layout.cellBytes));
  return { ...run, column: run.column + first, across: last - first };
}

function bytesOf(layout: TiffLayout, { column, row, across, down }: Run): ByteRange {
  const start = layout.header.length + cellOf(layout, column, row) * layout.cellBytes;
  return { start, end: start + across * down * layout.cellBytes };
}

/** The pixels of a run, as far as they are within the image. */
function windowOf({ width, height, tileWidth, tileHeight }: TiffLayout, run: Run): PixelWindow {
  const [column, row] = [run.column * tileWidth, run.row * tileHeight];
  return { column, row, width: Math.min(run.across * tileWidth, width - column), height: Math.min(run.down * tileHeight, height - row) };
}

function isSame(a: PixelWindow, b: PixelWindow): boolean {
  return a.column === b.column && a.row === b.row && a.width === b.width && a.height === b.height;
}

/** The cells of a run from the planes of its window. */
function encodeRun(
  layout: TiffLayout,
  { across, down, ...run }: Run,
  { planes, write }: { readonly planes: readonly Plane[]; readonly write: WritePiece },
): Promise<Uint8Array> {
  const { tileWidth, tileHeight, tileBytes, cellBytes, masked } = layout;
  const { width, height } = windowOf(layout, { across, down, ...run });
  const rules = layout.rules.map((rule) => ({ ...rule, type: rule.type.name }));
  const cells = { across, down, tileWidth, tileHeight, tileBytes, cellBytes, masked, rules, width, height };
  return write({ kind: 'cells', run: cells, planes });
}

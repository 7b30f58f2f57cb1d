import type { GatherRequest, GatherSource } from '../gather.ts';
import { invertGrid, type Grid } from '../grid.ts';
import { intersect, isEmpty, meet, type Rectangle } from '../rectangle.ts';
import { shiftOf } from '../shift.ts';
import { warpToPixels } from '../warp.ts';
import type { Block, BlockBand, Samples } from '../wkb.ts';
import { collectMoments } from './moments.ts';
import { EMPTY } from './distribution.ts';
import { createTable, distributionOf, LOWEST, type Table, type Tally } from './tally.ts';

/** Of more blocks in a window it is not looked up which overlap. */
const MOST_BLOCKS = 256;

/** A block, and which of its samples the window wants. */
interface Piece {
  readonly block: Block;
  readonly inBlock: Rectangle;
}

/**
 * Tallies of a window straight from its blocks, without a plane: where its pixels are their samples, whole numbers of at
 * most 16 bits, and no block lies over another. Undefined where that is not so. A million bytes take 0.3 ms where
 * neighbours are mostly alike, else 1 ms.
 */
export function tallyBlocks(
  sources: readonly GatherSource[],
  { width, height, bands, selection }: GatherRequest,
): readonly Tally[] | undefined {
  const [source, ...more] = sources;
  if (source === undefined) return bands.map(() => tallyOf([], 0, width * height));
  if (more.length > 0 || selection === 'count') return undefined;
  const { blocks, window } = source;
  if (window.width !== width || window.height !== height || !blocks.every((block) => bands.every((n) => isSmall(block.bands[n]))))
    return undefined;
  const pieces = piecesOf(source);
  return pieces === undefined ? undefined : bands.map((band) => tallyOf(pieces, band, width * height));
}

function isSmall(band: BlockBand | undefined): boolean {
  if (band === undefined || band.blank) return true;
  return band.outside === undefined && !band.pixelType.startsWith('32') && band.pixelType !== '64BF';
}

function piecesOf({ blocks, warp, geographic }: GatherSource): readonly Piece[] | undefined {
  if (blocks.length > MOST_BLOCKS) return undefined;
  const pieces: Piece[] = [];
  const taken: Rectangle[] = [];
  for (const block of blocks) {
    for (const turn of geographic ? [0, 360, -360] : [0]) {
      const shift = shiftOf(warpToPixels(warp, invertGrid(turned(block.grid, turn))));
      if (shift === undefined) return undefined;
      const inBlock = intersect(
        { left: 0, top: 0, right: block.width, bottom: block.height },
        { left: shift.column, top: shift.row, right: shift.column + warp.width, bottom: shift.row + warp.height },
      );
      if (isEmpty(inBlock)) continue;
      const [x, y] = [-shift.column, -shift.row];
      const place = { left: inBlock.left + x, top: inBlock.top + y, right: inBlock.right + x, bottom: inBlock.bottom + y };
      if (taken.some((other) => meet(other, place))) return undefined;
      taken.push(place);
      pieces.push({ block, inBlock });
    }
  }
  return pieces;
}

function turned(grid: Grid, turn: number): Grid {
  return turn === 0 ? grid : { ...grid, originX: grid.originX + turn };
}

function tallyOf(pieces: readonly Piece[], band: number, pixels: number): Tally {
  const table = createTable(false);
  for (const { block, inBlock } of pieces) {
    const found = block.bands[band];
    if (found === undefined || found.blank) continue;
    countPiece(found, block.width, inBlock, table);
  }
  return { pixels, counted: distributionOf(table), others: EMPTY, moments: NOTHING, area: undefined };
}

const NOTHING = collectMoments().moments();

/** Counts the samples of a rectangle; those without data are counted too and taken back. */
function countPiece(band: BlockBand, stride: number, { left, top, right, bottom }: Rectangle, { samples: counts }: Table): void {
  const samples = band.samples();
  const { nodata } = band;
  const at = nodata !== undefined && Number.isInteger(nodata) ? nodata - LOWEST : -1;
  const before = counts[at] ?? 0;
  if (left === 0 && right === stride) countRun(samples.subarray(top * stride, bottom * stride), counts);
  else for (let row = top; row < bottom; row += 1) countRun(samples.subarray(row * stride + left, row * stride + right), counts);
  if (at >= 0 && at < counts.length) counts[at] = before;
}

function countRun(samples: Samples, counts: Uint32Array): void {
  if (samples instanceof Uint8Array) countBytes(samples, counts);
  else if (samples instanceof Int8Array || samples instanceof Uint16Array || samples instanceof Int16Array) countNumbers(samples, counts);
}

function countNumbers(samples: Int8Array | Uint16Array | Int16Array, counts: Uint32Array): void {
  for (let i = 0; i < samples.length; i += 1) {
    const at = (samples[i] ?? 0) - LOWEST;
    counts[at] = (counts[at] ?? 0) + 1;
  }
}

/** Four bytes at a time where these are the same four as before, as in large parts of most rasters of classes. */
function countBytes(samples: Uint8Array, counts: Uint32Array): void {
  const words = Math.floor(samples.length / 4);
  if (samples.byteOffset % 4 !== 0) {
    for (let i = 0; i < samples.length; i += 1) countByte(counts, samples[i] ?? 0, 1);
    return;
  }
  const four = new Uint32Array(samples.buffer, samples.byteOffset, words);
  let [previous, run] = [four[0] ?? 0, 0];
  for (let i = 0; i < words; i += 1) {
    const word = four[i] ?? 0;
    if (word === previous) run += 1;
    else {
      countWord(counts, previous, run);
      previous = word;
      run = 1;
    }
  }
  countWord(counts, previous, run);
  for (let i = words * 4; i < samples.length; i += 1) countByte(counts, samples[i] ?? 0, 1);
}

function countWord(counts: Uint32Array, word: number, times: number): void {
  countByte(counts, word & 0xff, times);
  countByte(counts, (word >>> 8) & 0xff, times);
  countByte(counts, (word >>> 16) & 0xff, times);
  countByte(counts, word >>> 24, times);
}

function countByte(counts: Uint32Array, value: number, times: number): void {
  counts[value - LOWEST] = (counts[value - LOWEST] ?? 0) + times;
}

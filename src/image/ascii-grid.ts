import { AppError } from '../base/error.ts';
import { asciiNodata } from './ascii-lines.ts';
import { factsOf, writeHere, type WritePiece } from './file-piece.ts';
import { coordinateText, numberText } from './number-text.ts';
import { sampleTypeOf } from './sample-type.ts';
import { stripsOf } from './strips.ts';
import { PIXELS_AT_ONCE } from './text-piece.ts';
import type { ValueFacts, ValueWindow } from './values.ts';

/** How far from square pixels may be, relative to their size. */
const SQUARE = 1e-6;

/**
 * An ESRI ASCII grid in pieces: six lines of header, then a line of text for each row.
 * @throws AppError INVALID_PARAMETER for several bands, and grids whose pixels are not square or not north-up
 */
export function streamAsciiGrid(
  facts: ValueFacts,
  windows: AsyncIterable<ValueWindow>,
  write: WritePiece = writeHere,
): AsyncGenerator<Uint8Array> {
  const type = sampleTypeOf(facts.bands.map(({ pixelType }) => pixelType));
  const header = headerOf(facts, numberText(asciiNodata(facts, type), type));
  return pieces(header);

  async function* pieces(first: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(first, 'latin1');
    const known = factsOf(facts);
    const rows = Math.max(1, Math.floor(PIXELS_AT_ONCE / facts.width));
    for await (const strip of stripsOf(facts, rows, windows)) yield await write({ kind: 'asc', facts: known, strip });
  }
}

function headerOf({ width, height, grid, bands }: ValueFacts, nodata: string): string {
  if (bands.length !== 1) fail(`holds one band: expected 1, got ${bands.length}`);
  if (grid.skewX !== 0 || grid.skewY !== 0 || grid.scaleX <= 0 || grid.scaleY >= 0) fail('needs a north-up grid: this one is rotated');
  if (Math.abs(grid.scaleX + grid.scaleY) > SQUARE * grid.scaleX) {
    fail(`needs square pixels: these are ${coordinateText(grid.scaleX)} wide and ${coordinateText(-grid.scaleY)} high`);
  }
  return [
    `ncols ${width}`,
    `nrows ${height}`,
    `xllcorner ${coordinateText(grid.originX)}`,
    `yllcorner ${coordinateText(grid.originY + height * grid.scaleY)}`,
    `cellsize ${coordinateText(grid.scaleX)}`,
    `NODATA_value ${nodata}`,
    '',
  ].join('\n');
}

function fail(problem: string): never {
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot write an ASCII grid: it ${problem}` });
}

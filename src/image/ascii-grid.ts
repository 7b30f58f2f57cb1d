import { AppError } from '../base/error.ts';
import { asciiNodata } from './ascii-lines.ts';
import { factsOf, writeHere, type WritePiece } from './file-piece.ts';
import { coordinateText, numberText } from './number-text.ts';
import { sampleTypeOf } from './sample-type.ts';
import { stripsOf } from './strips.ts';
import { PIXELS_AT_ONCE } from './text-piece.ts';
import type { ValueFacts, ValueWindow } from './values.ts';

/** How far from square pixels may be, relative to their size, to be told by one number. */
const SQUARE = 1e-6;

/**
 * An ESRI ASCII grid in pieces: the header, then a line of text for each row. Pixels that are not square have a width and
 * a height, `dx` and `dy`, as GDAL writes and reads them (AAIGrid driver); ESRI's own programs know square ones only.
 * @throws AppError INVALID_PARAMETER for several bands, and grids that are not north-up
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
  const [across, down] = [coordinateText(grid.scaleX), coordinateText(-grid.scaleY)];
  const isSquare = Math.abs(grid.scaleX + grid.scaleY) <= SQUARE * grid.scaleX;
  return [
    `ncols ${width}`,
    `nrows ${height}`,
    `xllcorner ${coordinateText(grid.originX)}`,
    `yllcorner ${coordinateText(grid.originY + height * grid.scaleY)}`,
    ...(isSquare ? [`cellsize ${across}`] : [`dx ${across}`, `dy ${down}`]),
    `NODATA_value ${nodata}`,
    '',
  ].join('\n');
}

function fail(problem: string): never {
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot write an ASCII grid: it ${problem}` });
}

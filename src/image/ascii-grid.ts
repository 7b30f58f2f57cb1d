import { AppError } from '../base/error.ts';
import { coordinateText, numberText } from './number-text.ts';
import { sampleTypeOf, type SampleType } from './sample-type.ts';
import { stripsOf } from './strips.ts';
import { PIXELS_AT_ONCE } from './text-piece.ts';
import type { ValueFacts, ValueWindow } from './values.ts';

/** How far from square pixels may be, relative to their size. */
const SQUARE = 1e-6;

/**
 * An ESRI ASCII grid in pieces: six lines of header, then a line of text for each row.
 * @throws AppError INVALID_PARAMETER for several bands, and grids whose pixels are not square or not north-up
 */
export function streamAsciiGrid(facts: ValueFacts, windows: AsyncIterable<ValueWindow>): AsyncGenerator<Uint8Array> {
  const type = sampleTypeOf(facts.bands.map(({ pixelType }) => pixelType));
  const nodata = nodataOf(facts, type);
  const header = headerOf(facts, numberText(nodata, type));
  return pieces(header);

  async function* pieces(first: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(first, 'latin1');
    const missing = numberText(nodata, type);
    const rows = Math.max(1, Math.floor(PIXELS_AT_ONCE / facts.width));
    for await (const { planes, height } of stripsOf(facts, rows, windows)) {
      const lines: string[] = [];
      for (let row = 0; row < height; row += 1) {
        const values = planes[0]?.subarray(row * facts.width, (row + 1) * facts.width) ?? [];
        lines.push(Array.from(values, (value) => (value === value ? numberText(value, type) : missing)).join(' '));
      }
      yield Buffer.from(`${lines.join('\n')}\n`, 'latin1');
    }
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

/** The band's own, else a number that the type cannot hold or, in floating point, the least it can. */
function nodataOf({ bands: [band] }: ValueFacts, type: SampleType): number {
  if (band?.nodata !== undefined && Number.isFinite(band.nodata)) return band.nodata;
  if (type.kind === 'float') return Math.fround(-3.402823466e38);
  return type.kind === 'unsigned' || type.bytes === 1 ? -9999 : type.min - 1;
}

function fail(problem: string): never {
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot write an ASCII grid: it ${problem}` });
}

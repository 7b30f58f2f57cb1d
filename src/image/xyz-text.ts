import type { Grid } from '../raster/grid.ts';
import { coordinateText, numberText } from './number-text.ts';
import { sampleTypeOf, type SampleType } from './sample-type.ts';
import { stripsOf, type Strip } from './strips.ts';
import { PIXELS_AT_ONCE } from './text-piece.ts';
import type { ValueFacts, ValueWindow } from './values.ts';

/**
 * A line of text for each pixel in pieces: x and y of its centre, then the value of each band, `nan` for none. A pixel
 * without any value has no line.
 */
export async function* streamXyz(facts: ValueFacts, windows: AsyncIterable<ValueWindow>): AsyncGenerator<Uint8Array> {
  const type = sampleTypeOf(facts.bands.map(({ pixelType }) => pixelType));
  const place = placer(facts.grid, facts.width);
  const rows = Math.max(1, Math.floor(PIXELS_AT_ONCE / facts.width));
  for await (const strip of stripsOf(facts, rows, windows)) {
    const text = linesOf(strip, { width: facts.width, type, place });
    if (text !== '') yield Buffer.from(text, 'latin1');
  }
}

interface Lines {
  readonly width: number;
  readonly type: SampleType;
  readonly place: (column: number, row: number) => string;
}

function linesOf({ row: first, height, planes }: Strip, { width, type, place }: Lines): string {
  let text = '';
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = row * width + column;
      let values = '';
      let found = false;
      for (const plane of planes) {
        const value = plane[at] ?? Number.NaN;
        if (value === value) found = true;
        values += ` ${numberText(value, type)}`;
      }
      if (found) text += `${place(column, first + row)}${values}\n`;
    }
  }
  return text;
}

/** "x y" of the centre of a pixel. Columns of an upright grid share their x, rows their y. */
function placer(grid: Grid, width: number): (column: number, row: number) => string {
  const x = (column: number, row: number): string => coordinateText(grid.originX + (column + 0.5) * grid.scaleX + (row + 0.5) * grid.skewX);
  const y = (column: number, row: number): string => coordinateText(grid.originY + (column + 0.5) * grid.skewY + (row + 0.5) * grid.scaleY);
  if (grid.skewX !== 0 || grid.skewY !== 0) return (column, row) => `${x(column, row)} ${y(column, row)}`;
  const columns = Array.from({ length: width }, (_, column) => x(column, 0));
  let known = { row: -1, text: '' };
  return (column, row) => {
    if (known.row !== row) known = { row, text: y(0, row) };
    return `${columns[column] ?? ''} ${known.text}`;
  };
}

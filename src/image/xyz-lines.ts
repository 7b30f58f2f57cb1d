import type { Grid } from '../raster/grid.ts';
import { coordinateText, numberText } from './number-text.ts';
import { sampleTypeOf, type SampleType } from './sample-type.ts';
import type { Strip } from './strips.ts';
import type { ValueFacts } from './values.ts';

/** The lines of some rows: x and y of each pixel that has a value, and the value of each band. */
export function writeXyzLines(facts: ValueFacts, strip: Strip): Uint8Array {
  const type = sampleTypeOf(facts.bands.map(({ pixelType }) => pixelType));
  return Buffer.from(linesOf(strip, { width: facts.width, type, place: placer(facts.grid, facts.width) }), 'latin1');
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

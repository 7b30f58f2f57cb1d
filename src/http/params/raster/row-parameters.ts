import type { Interval } from '../../../base/interval.ts';
import { PIXEL_SELECTIONS } from '../../../raster/pixel-selection.ts';
import type { PixelSelection } from '../../../raster/pixel-selection.ts';
import type { Parameter } from '../../parameter.ts';
import { choiceParameter } from '../scalar.ts';
import { rasterDatetime } from './datetime.ts';

/** Values of `rowParameters`. */
export interface RowInput {
  readonly datetime?: Interval | undefined;
  readonly pixelSelection?: PixelSelection | undefined;
}

/** Which rows of a table of rasters make the picture, and what they make where they overlap. */
export const rowParameters: { readonly [K in keyof Required<RowInput>]: Parameter<RowInput[K]> } = {
  datetime: rasterDatetime,
  pixelSelection: choiceParameter(
    {
      name: 'pixel_selection',
      doc: 'What a pixel is where several rows cover it: that of the first (newest), the last, the highest, the lowest, their mean, median, or how many there are.',
    },
    PIXEL_SELECTIONS,
  ),
};

/** The rows that a request selects, as the raster service takes them; undefined when it says nothing of them. */
export function rowsOf({
  datetime,
  pixelSelection,
}: RowInput): { readonly datetime?: Interval; readonly selection?: PixelSelection } | undefined {
  if (datetime === undefined && pixelSelection === undefined) return undefined;
  return {
    ...(datetime === undefined ? {} : { datetime }),
    ...(pixelSelection === undefined ? {} : { selection: pixelSelection }),
  };
}

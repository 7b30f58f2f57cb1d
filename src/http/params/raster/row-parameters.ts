import type { Interval } from '../../../base/interval.ts';
import type { Parameter } from '../../parameter.ts';
import { choiceParameter } from '../scalar.ts';
import { rasterDatetime } from './datetime.ts';

/** What becomes of a pixel that several rows cover; the words of `PixelSelection`. */
const SELECTIONS = ['first', 'last', 'highest', 'lowest', 'mean', 'median', 'count'] as const;

/** Values of `rowParameters`. */
export interface RowInput {
  readonly datetime?: Interval | undefined;
  readonly pixelSelection?: (typeof SELECTIONS)[number] | undefined;
}

/** Which rows of a table of rasters make the picture, and what they make where they overlap. */
export const rowParameters: { readonly [K in keyof Required<RowInput>]: Parameter<RowInput[K]> } = {
  datetime: rasterDatetime,
  pixelSelection: choiceParameter(
    {
      name: 'pixel_selection',
      doc: 'What a pixel is where several rows cover it: that of the first (newest), the last, the highest, the lowest, their mean, median, or how many there are.',
    },
    SELECTIONS,
  ),
};

/** The rows that a request selects; undefined when it says nothing of them. */
export function rowsOf({ datetime, pixelSelection }: RowInput): RowSelectionInput | undefined {
  if (datetime === undefined && pixelSelection === undefined) return undefined;
  return {
    ...(datetime === undefined ? {} : { datetime }),
    ...(pixelSelection === undefined ? {} : { selection: pixelSelection }),
  };
}

/** What `rowsOf` makes: a row selection of the raster service. */
export interface RowSelectionInput {
  readonly datetime?: Interval;
  readonly selection?: (typeof SELECTIONS)[number];
}

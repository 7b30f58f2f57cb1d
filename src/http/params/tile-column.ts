import type { Parameter } from '../parameter.ts';
import { tileIndex } from './path.ts';

/** The last part of the address of a map tile: `5`, or `5@2x`. */
export interface TileColumn {
  readonly column: number;
  /** 2: twice the pixels a side. */
  readonly scale: 1 | 2;
}

const DENSE = '@2x';
const index = tileIndex('tileCol', 'Column of the tile, from the left; `@2x` after it asks for twice the pixels a side, as in `5@2x`.');

/** Column and pixel ratio of a map tile. The schema stays the integer of OGC 20-057. @throws AppError INVALID_PARAMETER, OUT_OF_RANGE */
export const tileColumn: Parameter<TileColumn> = {
  ...index,
  parse(raw = '') {
    const isDense = raw.endsWith(DENSE);
    return { column: index.parse(isDense ? raw.slice(0, -DENSE.length) : raw), scale: isDense ? 2 : 1 };
  },
};

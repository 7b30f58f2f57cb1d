import type { Parameter } from '../../http/parameter.ts';
import { pathText, tileIndex } from '../../http/params/path.ts';

/** The path variables of a tile, named as OGC 20-057 wants them. */
export const addressParameters: {
  readonly tileMatrixSetId: Parameter<string>;
  readonly tileMatrix: Parameter<string>;
  readonly tileRow: Parameter<number>;
  readonly tileCol: Parameter<number>;
} = {
  tileMatrixSetId: pathText('tileMatrixSetId', 'Id of the tile matrix set.'),
  tileMatrix: pathText('tileMatrix', 'Id of the tile matrix: the zoom level.'),
  tileRow: tileIndex('tileRow', 'Row of the tile, from the top.'),
  tileCol: tileIndex('tileCol', 'Column of the tile, from the left.'),
};

import { cannotParse } from '../../../base/cannot-parse.ts';
import { COMPRESSIONS, PREDICTORS, type Compression, type Predictor } from '../../../image/geotiff/tile-codec.ts';
import type { Parameter } from '../../parameter.ts';
import { choiceParameter, integerParameter } from '../scalar.ts';

/** Values of `tiffParameters`. */
export interface TiffInput {
  readonly compression?: Compression | undefined;
  readonly predictor?: Predictor | undefined;
  readonly tiling?: true | undefined;
  readonly tileWidth?: number | undefined;
  readonly tileHeight?: number | undefined;
  readonly overviewCount?: number | undefined;
}

/** More pixels along a side would not be a part of a file any more. */
const LARGEST_TILE = 1024;
const MOST_OVERVIEWS = 24;

/** How a GeoTIFF is laid out (OGC 19-087 /rec/geotiff/compression and those after it); other formats take no notice. */
export const tiffParameters: { readonly [K in keyof Required<TiffInput>]: Parameter<TiffInput[K]> } = {
  compression: choiceParameter(
    { name: 'compression', doc: 'How a GeoTIFF is packed; without it `deflate`, and `none` where the file is large and streamed.' },
    COMPRESSIONS,
  ),
  predictor: choiceParameter(
    {
      name: 'predictor',
      doc: 'What of a GeoTIFF is packed: the numbers (`none`) or their differences (`horizontal` for whole numbers, `floating-point` for others); without it what suits them.',
    },
    PREDICTORS,
  ),
  tiling: {
    name: 'tiling',
    in: 'query',
    doc: 'Always true: GeoTIFFs have tiles.',
    schema: { type: 'boolean', enum: [true] },
    parse(raw) {
      if (raw === undefined) return undefined;
      if (raw === 'true' || raw === '1') return true;
      throw cannotParse('tiling', raw, 'GeoTIFFs have tiles: expected true');
    },
  },
  tileWidth: side('tile-width', 'Columns of the tiles of a GeoTIFF, a multiple of 16.'),
  tileHeight: side('tile-height', 'Rows of the tiles of a GeoTIFF, a multiple of 16.'),
  overviewCount: integerParameter(
    {
      name: 'overview-count',
      doc: 'Smaller images in a GeoTIFF, each half the one before; without it none, and in a COG as many as it takes to fit one tile.',
    },
    { minimum: 0, maximum: MOST_OVERVIEWS },
  ),
};

function side(name: string, doc: string): Parameter<number | undefined> {
  const parameter = integerParameter({ name, doc }, { minimum: 16, maximum: LARGEST_TILE });
  return {
    ...parameter,
    schema: { type: 'integer', minimum: 16, maximum: LARGEST_TILE, multipleOf: 16 },
    parse(raw) {
      const value = parameter.parse(raw);
      if (value !== undefined && value % 16 !== 0) throw cannotParse(name, raw ?? '', 'expected a multiple of 16');
      return value;
    },
  };
}

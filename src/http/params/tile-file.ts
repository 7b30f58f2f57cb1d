import { AppError } from '../../base/error.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Parameter } from '../parameter.ts';

/** What a tile is by its extension: a picture, the numbers of a raster, or a vector tile. */
export type TileKind = { readonly mediaType: string } & (
  | { readonly kind: 'map'; readonly format: 'png' | 'jpeg' | 'webp' }
  | { readonly kind: 'values'; readonly format: 'geotiff' | 'npy' }
  | { readonly kind: 'vector' }
);

/** The last part of an XYZ address: `5.png`, `5@2x.webp`, `5.tif`, `5.mvt`. */
export type TileFile = TileKind & {
  readonly row: number;
  /** 2: twice the pixels a side. */
  readonly scale: 1 | 2;
  readonly extension: string;
};

const EXTENSIONS: Readonly<Record<string, TileKind>> = {
  png: { kind: 'map', format: 'png', mediaType: MEDIA.png },
  jpg: { kind: 'map', format: 'jpeg', mediaType: MEDIA.jpeg },
  jpeg: { kind: 'map', format: 'jpeg', mediaType: MEDIA.jpeg },
  webp: { kind: 'map', format: 'webp', mediaType: MEDIA.webp },
  tif: { kind: 'values', format: 'geotiff', mediaType: MEDIA.geotiff },
  tiff: { kind: 'values', format: 'geotiff', mediaType: MEDIA.geotiff },
  npy: { kind: 'values', format: 'npy', mediaType: MEDIA.npy },
  mvt: { kind: 'vector', mediaType: MEDIA.mvt },
  pbf: { kind: 'vector', mediaType: MEDIA.mvt },
};

/** Row, pixel ratio and format of an XYZ tile. @throws AppError INVALID_PARAMETER, OUT_OF_RANGE */
export const tileFile: Parameter<TileFile> = {
  name: 'tile',
  in: 'path',
  doc: 'Row from the north, `@2x` for twice the pixels, and format: a picture (`5.png`, `5@2x.webp`), the numbers of a raster (`5.tif`, `5.npy`) or a vector tile (`5.mvt`).',
  schema: { type: 'string', pattern: '^\\d+(@2x)?\\.(png|jpg|jpeg|webp|tif|tiff|npy|mvt|pbf)$' },
  parse(raw = '') {
    const match = /^(-?\d+)(@2x)?\.(\w+)$/.exec(raw);
    const kind = EXTENSIONS[match?.[3] ?? ''];
    if (match === null || kind === undefined) {
      throw new AppError('INVALID_PARAMETER', {
        detail: `Cannot parse tile "${raw.slice(0, 40)}": expected a row and one of ${Object.keys(EXTENSIONS).join(', ')}, as in 5.png or 5@2x.png`,
      });
    }
    const row = Number(match[1]);
    if (row < 0 || !Number.isSafeInteger(row))
      throw new AppError('OUT_OF_RANGE', {
        detail: `Row ${raw.slice(0, 40)} is outside the tile matrix`,
      });
    return { row, scale: match[2] === undefined ? 1 : 2, extension: match[3] ?? '', ...kind };
  },
};

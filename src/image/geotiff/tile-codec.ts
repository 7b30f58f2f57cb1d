import { promisify } from 'node:util';
import { constants, deflate } from 'node:zlib';
import { AppError } from '../../base/error.ts';
import { never } from '../../base/never.ts';
import type { Samples } from '../../raster/wkb.ts';
import { littleEndianBytes } from '../sample-type.ts';
import { compressLzw } from './lzw.ts';
import { differenceRows, splitFloats, type TileShape } from './predictor.ts';

/** The ways to pack tiles. */
export const COMPRESSIONS = ['deflate', 'lzw', 'none'] as const;

/** How tiles are packed. */
export type Compression = (typeof COMPRESSIONS)[number];

/** The things of tiles that are packed. */
export const PREDICTORS = ['none', 'horizontal', 'floating-point'] as const;

/** What is packed: numbers as they are, differences of whole numbers, or of the bytes of floating-point numbers. */
export type Predictor = (typeof PREDICTORS)[number];

/** Values of the tags Compression and Predictor. */
export interface CodecTags {
  readonly compression: number;
  readonly predictor: number;
}

const PREDICTOR_CODES = { none: 1, horizontal: 2, 'floating-point': 3 } as const;
const DEFLATE_LEVEL = 4;
const CODES = { none: 1, lzw: 5, deflate: 8 } as const;
const deflateInPool = promisify(deflate);

/**
 * What the tags must say of tiles that are packed so.
 * @throws AppError INVALID_PARAMETER for a predictor that does not go with the compression or the numbers
 */
export function codecTags(compression: Compression, predictor: Predictor, isFloat: boolean): CodecTags {
  if (predictor !== 'none' && compression === 'none') fail(predictor, 'only packed files have one, and compression is none');
  if (predictor === 'horizontal' && isFloat) fail(predictor, 'these are floating-point numbers');
  if (predictor === 'floating-point' && !isFloat) fail(predictor, 'these are whole numbers');
  return { compression: CODES[compression], predictor: PREDICTOR_CODES[predictor] };
}

function fail(predictor: Predictor, why: string): never {
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot take the predictor ${predictor}: ${why}` });
}

/** The bytes of a tile in the file; `samples` may be changed. Deflate runs off the main thread. */
export async function encodeTile(samples: Samples, shape: TileShape, compression: Compression, predictor: number): Promise<Uint8Array> {
  const bytes = predict(samples, shape, predictor);
  switch (compression) {
    case 'none':
      return bytes;
    case 'lzw':
      return compressLzw(bytes);
    case 'deflate':
      return deflateInPool(bytes, { level: DEFLATE_LEVEL, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY });
    default:
      return never(compression);
  }
}

function predict(samples: Samples, shape: TileShape, predictor: number): Uint8Array {
  if (predictor === PREDICTOR_CODES['floating-point'] && (samples instanceof Float32Array || samples instanceof Float64Array))
    return splitFloats(samples, shape);
  if (predictor === PREDICTOR_CODES.horizontal) differenceRows(samples, shape);
  return littleEndianBytes(samples);
}

import { promisify } from 'node:util';
import { constants, deflate } from 'node:zlib';
import { never } from '../../base/never.ts';
import type { Samples } from '../../raster/wkb.ts';
import { littleEndianBytes } from '../sample-type.ts';
import { compressLzw } from './lzw.ts';
import { differenceRows, splitFloats, type TileShape } from './predictor.ts';

/** How tiles are packed. */
export type Compression = 'deflate' | 'lzw' | 'none';

/** Values of the tags Compression and Predictor. */
export interface CodecTags {
  readonly compression: number;
  readonly predictor: number;
}

const NO_PREDICTOR = 1;
const DIFFERENCES = 2;
const FLOATS = 3;
const DEFLATE_LEVEL = 4;
const CODES = { none: 1, lzw: 5, deflate: 8 } as const;
const deflateInPool = promisify(deflate);

/** What the tags must say of tiles of these samples. */
export function codecTags(compression: Compression, predicted: boolean, float: boolean): CodecTags {
  const predictor = compression === 'none' || !predicted ? NO_PREDICTOR : float ? FLOATS : DIFFERENCES;
  return { compression: CODES[compression], predictor };
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
  if (predictor === FLOATS && (samples instanceof Float32Array || samples instanceof Float64Array)) return splitFloats(samples, shape);
  if (predictor === DIFFERENCES) differenceRows(samples, shape);
  return littleEndianBytes(samples);
}

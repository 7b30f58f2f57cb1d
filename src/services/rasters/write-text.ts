import type { RunContext } from '../../db/database.ts';
import { streamValues } from '../../image/encode-values.ts';
import type { WritePiece } from '../../image/file-piece.ts';
import type { ValueImage, ValueWindow } from '../../image/values.ts';
import type { RasterService } from './raster-service.ts';

/** An image as text: whole, or in pieces where it is long. */
export interface WrittenText {
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  readonly mediaType: string;
  /** For file names, without dot. */
  readonly extension: string;
}

/** Pixels from which on text, which takes up to 50 bytes each, is written as it goes out. */
const STREAMED_PIXELS = 500_000;

/** @throws AppError INVALID_PARAMETER where the format cannot hold the image */
export async function writeText(
  rasters: Pick<RasterService, 'file' | 'piece'>,
  image: ValueImage,
  format: 'asc' | 'xyz',
  { signal }: RunContext,
): Promise<WrittenText> {
  if (image.width * image.height < STREAMED_PIXELS) {
    const { bytes, mediaType, extension } = await rasters.file(image, { format }, signal);
    return { content: bytes, mediaType, extension };
  }
  const write: WritePiece = (piece) => rasters.piece(piece, signal);
  const { pieces, mediaType, extension } = streamValues(image, format, () => wholeWindow(image), { write });
  return { content: pieces, mediaType, extension };
}

async function* wholeWindow({ width, height, planes }: ValueImage): AsyncGenerator<ValueWindow> {
  yield { window: { column: 0, row: 0, width, height }, planes };
}

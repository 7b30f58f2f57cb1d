import type { EncodedPicture } from '../image/encode.ts';
import type { EncodedValues, ValueFormat, ValueOptions } from '../image/encode-values.ts';
import type { Picture } from '../image/picture.ts';
import type { PictureFile } from '../image/picture-file.ts';
import type { FilePiece } from '../image/file-piece.ts';
import type { JsonPiece } from '../image/json-numbers.ts';
import type { ValueImage } from '../image/values.ts';
import type { ErrorCode } from '../base/error.ts';
import type { BandStatistics, StatisticsOptions } from '../raster/statistics/band-statistics.ts';
import type { Collected } from '../raster/statistics/collect-tallies.ts';
import type { Tally } from '../raster/statistics/tally.ts';
import type { Composition } from './composition.ts';
import type { PackedJob } from './pack-job.ts';
import type { JobPlanes } from './render-job.ts';
import type { TallyAsk } from './tally-job.ts';

/** What a thread is asked for. */
export type RenderOrder =
  | { readonly wanted: 'planes'; readonly job: PackedJob }
  | { readonly wanted: 'picture'; readonly job: PackedJob }
  | { readonly wanted: 'encoded'; readonly job: PackedJob; readonly file: PictureFile }
  | { readonly wanted: 'composed'; readonly composition: Composition; readonly file: PictureFile | undefined }
  | { readonly wanted: 'tallies'; readonly job: PackedJob; readonly ask: TallyAsk }
  | { readonly wanted: 'summary'; readonly collected: readonly Collected[]; readonly options: StatisticsOptions }
  | { readonly wanted: 'file'; readonly image: ValueImage; readonly format: ValueFormat; readonly options: ValueOptions }
  | { readonly wanted: 'json'; readonly pieces: readonly JsonPiece[] }
  | { readonly wanted: 'piece'; readonly piece: FilePiece };

/** What an order gives; undefined when nothing lies there or is to be seen. */
export type RenderResult =
  | JobPlanes
  | Picture
  | EncodedPicture
  | EncodedValues
  | { readonly tallies: readonly Tally[] }
  | { readonly summary: readonly BandStatistics[] }
  | { readonly written: Uint8Array }
  | undefined;

/** An order by number. */
export interface RenderMessage {
  readonly id: number;
  readonly order: RenderOrder;
  /** Memory under its blocks that is the thread's now, and of no use after the order. */
  readonly handedOver: readonly ArrayBuffer[];
}

/** How an order ended. */
export type RenderReply =
  | { readonly id: number; readonly result: RenderResult }
  /** `code` is that of an AppError. */
  | { readonly id: number; readonly failure: { readonly code: ErrorCode | undefined; readonly message: string } };

import type { EncodedPicture } from '../image/encode.ts';
import type { Picture } from '../image/picture.ts';
import type { PictureFile } from '../image/picture-file.ts';
import type { ErrorCode } from '../base/error.ts';
import type { Composition } from './composition.ts';
import type { PackedJob } from './pack-job.ts';
import type { JobPlanes } from './render-job.ts';

/** What a thread is asked for. */
export type RenderOrder =
  | { readonly wanted: 'planes'; readonly job: PackedJob }
  | { readonly wanted: 'picture'; readonly job: PackedJob }
  | { readonly wanted: 'encoded'; readonly job: PackedJob; readonly file: PictureFile }
  | { readonly wanted: 'composed'; readonly composition: Composition; readonly file: PictureFile | undefined };

/** What an order gives; undefined when nothing lies there or is to be seen. */
export type RenderResult = JobPlanes | Picture | EncodedPicture | undefined;

/** An order by number. */
export interface RenderMessage {
  readonly id: number;
  readonly order: RenderOrder;
}

/** How an order ended. */
export type RenderReply =
  | { readonly id: number; readonly result: RenderResult }
  /** `code` is that of an AppError. */
  | { readonly id: number; readonly failure: { readonly code: ErrorCode | undefined; readonly message: string } };

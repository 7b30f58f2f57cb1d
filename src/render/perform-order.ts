import { composePictures } from '../image/compose.ts';
import { encodeValues } from '../image/encode-values.ts';
import { writePiece, type FilePiece } from '../image/file-piece.ts';
import { writeJson } from '../image/json-numbers.ts';
import type { Picture } from '../image/picture.ts';
import { encodePictureFile } from '../image/picture-file.ts';
import { isWide, type Plane } from '../raster/image.ts';
import type { Scratch } from '../raster/scratch.ts';
import type { SparePlanes } from '../raster/spare-planes.ts';
import { summarize } from '../raster/statistics/band-statistics.ts';
import { computePlanes } from './compute-planes.ts';
import { unpackJob } from './pack-job.ts';
import type { JobColors, JobPlanes, RenderJob } from './render-job.ts';
import type { RenderOrder, RenderResult } from './render-message.ts';
import { renderPicture } from './render-picture.ts';
import { tallyJob } from './tally-job.ts';

/** The memory of a thread: for what stays in it, and for planes that leave and come back. */
export interface ThreadMemory {
  readonly scratch: Scratch;
  readonly spare: SparePlanes;
}

/** Does what an order wants. What stays here lives in the scratch memory, which is free again afterwards. */
export async function performOrder(order: RenderOrder, { scratch, spare }: ThreadMemory): Promise<RenderResult> {
  switch (order.wanted) {
    case 'planes':
      return borrowing(scratch, () => keepPlanes(computePlanes(unpackJob(order.job), scratch.allocate), { scratch, spare }));
    case 'picture':
      return draw(unpackJob(order.job), scratch);
    case 'encoded': {
      const picture = draw(unpackJob(order.job), scratch);
      return picture === undefined ? undefined : encodePictureFile(picture, order.file);
    }
    case 'composed': {
      const composed = composePictures(order.composition.pictures, order.composition.canvas);
      return order.file === undefined ? composed : encodePictureFile(composed, order.file);
    }
    case 'tallies': {
      const tallies = borrowing(scratch, () => tallyJob(unpackJob(order.job), order.ask, scratch.allocate));
      return tallies === undefined ? undefined : { tallies };
    }
    case 'summary':
      return { summary: order.collected.map((one) => summarize(one, order.options)) };
    case 'json':
      return { written: writeJson(order.pieces) };
    case 'piece':
      return { written: writeUp(order.piece, spare) };
    default:
      return encodeValues(order.image, order.format, order.options);
  }
}

/** Planes that may leave the thread. */
function keepPlanes(made: JobPlanes | undefined, { scratch, spare }: ThreadMemory): JobPlanes | undefined {
  if (made === undefined) return undefined;
  const keep = (plane: Plane): Plane => {
    if (!scratch.holds(plane)) return plane;
    const own = spare.allocate(plane.length, isWide(plane));
    own.set(plane);
    return own;
  };
  return { ...made, planes: made.planes.map(keep), cover: made.cover === undefined ? undefined : keep(made.cover) };
}

/** A piece of a file; its planes are for the next window. */
function writeUp(piece: FilePiece, spare: SparePlanes): Uint8Array {
  const written = writePiece(piece);
  if (piece.kind === 'cells') spare.give(piece.planes);
  return written;
}

function draw(job: RenderJob, scratch: Scratch): Picture | undefined {
  const colors: JobColors | undefined = job.colors;
  if (colors === undefined) throw new Error('Cannot draw a picture: expected colours');
  return borrowing(scratch, () => renderPicture(job, colors, scratch.allocate));
}

/** Runs what uses scratch memory and keeps nothing of it. */
export function borrowing<T>(scratch: Scratch, use: () => T): T {
  try {
    return use();
  } finally {
    scratch.release();
  }
}

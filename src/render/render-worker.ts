import { parentPort } from 'node:worker_threads';
import { AppError } from '../base/error.ts';
import { composePictures } from '../image/compose.ts';
import type { Picture } from '../image/picture.ts';
import { encodePictureFile } from '../image/picture-file.ts';
import { allocatePlane } from '../raster/image.ts';
import { createScratch } from '../raster/scratch.ts';
import { computePlanes } from './compute-planes.ts';
import { unpackJob } from './pack-job.ts';
import type { JobColors, RenderJob } from './render-job.ts';
import type { RenderMessage, RenderOrder, RenderReply, RenderResult } from './render-message.ts';
import { renderPicture } from './render-picture.ts';

/** The program of a thread that draws: one order after the other, results handed over without copies. */
const scratch = createScratch(32 * 1024 * 1024);

parentPort?.on('message', ({ id, order }: RenderMessage) => {
  void answer(order).then(
    (result) => send({ id, result }),
    (error: unknown) =>
      send({
        id,
        failure: {
          code: error instanceof AppError ? error.code : undefined,
          message: error instanceof Error ? error.message : String(error),
        },
      }),
  );
});

function send(reply: RenderReply): void {
  parentPort?.postMessage(reply, 'result' in reply ? buffersOf(reply.result) : []);
}

async function answer(order: RenderOrder): Promise<RenderResult> {
  if (order.wanted === 'composed') {
    const { pictures, canvas } = order.composition;
    const composed = composePictures(pictures, canvas);
    return order.file === undefined ? composed : encodePictureFile(composed, order.file);
  }
  const job = unpackJob(order.job);
  if (order.wanted === 'planes') return computePlanes(job, allocatePlane);
  if (job.colors === undefined) throw new Error('Cannot draw a picture: expected colours');
  const picture = draw(job, job.colors);
  return order.wanted === 'picture' || picture === undefined ? picture : encodePictureFile(picture, order.file);
}

function draw(job: RenderJob, colors: JobColors): Picture | undefined {
  try {
    return renderPicture(job, colors, scratch.allocate);
  } finally {
    scratch.release();
  }
}

/** Memory that the receiver takes over: all that no one here uses any more. */
function buffersOf(result: RenderResult): ArrayBuffer[] {
  if (result === undefined) return [];
  const views =
    'planes' in result
      ? [...result.planes, ...(result.cover === undefined ? [] : [result.cover])]
      : 'bytes' in result
        ? [result.bytes]
        : [result.kind === 'indexed' ? result.indices : result.data];
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer, byteLength } of views) if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffers.add(buffer);
  return [...buffers];
}

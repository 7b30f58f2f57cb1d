import { parentPort } from 'node:worker_threads';
import { AppError } from '../base/error.ts';
import { createScratch } from '../raster/scratch.ts';
import { createSparePlanes } from '../raster/spare-planes.ts';
import { createLetGo } from './let-go.ts';
import { performOrder, type ThreadMemory } from './perform-order.ts';
import type { RenderMessage, RenderReply } from './render-message.ts';
import { buffersIn } from './transfers.ts';

/** The program of a thread that draws and counts: one order after the other, results handed over without copies. */
const memory: ThreadMemory = { scratch: createScratch(32 * 1024 * 1024), spare: createSparePlanes(8 * 1024 * 1024) };
const letGo = createLetGo();

parentPort?.on('message', ({ id, order, handedOver }: RenderMessage) => {
  const done = performOrder(order, memory).then(
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
  void done.finally(() => letGo(handedOver));
});

function send(reply: RenderReply): void {
  parentPort?.postMessage(reply, 'result' in reply ? buffersIn(reply.result) : []);
}

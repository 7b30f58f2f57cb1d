import { MessageChannel } from 'node:worker_threads';

/**
 * A way to free memory at once that a collector would come round to late. What is handed to a port whose other end is closed
 * is discarded (HTML, "message port post message steps"); the arrays over it are empty afterwards.
 */
export function createLetGo(): (buffers: readonly ArrayBuffer[]) => void {
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  port2.close();
  return (buffers) => {
    if (buffers.length > 0) port1.postMessage(undefined, [...buffers]);
  };
}

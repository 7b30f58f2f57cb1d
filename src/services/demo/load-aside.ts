import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Progress, Report } from '../../cluster/report.ts';
import type { DatabaseConnection } from '../../config/connection.ts';

/**
 * Loads the demo data in a thread whose memory goes when it ends: the parsed packages and pictures would weigh on the
 * server for as long as it runs.
 * @throws the loader's error, or the signal's reason
 */
export async function loadAside(connection: DatabaseConnection, report: Report, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const file = fileURLToPath(new URL(`./load-worker${extname(import.meta.url)}`, import.meta.url));
  const worker = new Worker(file, { workerData: connection });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (progress: Progress) => report(progress));
      worker.on('error', reject);
      worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The loader of the demo data ended with code ${code}`))));
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
}

import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseConnection } from '../../config/connection.ts';
import { loadDemo } from './load-demo.ts';

/** Loads the demo data in a thread of its own; each message to the parent is one piece of progress. */
const connection: DatabaseConnection = workerData;
await loadDemo(connection, (progress) => parentPort?.postMessage(progress));

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../base/error.ts';
import { createFairQueue } from './fair-queue.ts';
import type { RenderMessage, RenderOrder, RenderReply, RenderResult } from './render-message.ts';
import { createStaging, type Staging } from './staging.ts';
import { buffersIn } from './transfers.ts';

/** An order and who waits for it. */
interface Task {
  readonly id: number;
  readonly order: RenderOrder;
  readonly cost: number;
  readonly signal: AbortSignal;
  resolve(result: RenderResult): void;
  reject(error: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  readonly staging: Staging;
  task: Task | undefined;
}

/** What a pool is made of. */
export interface WorkerPoolOptions {
  /** The program of the threads. */
  readonly file: URL;
  /** Threads at most. */
  readonly size: number;
}

/** A thread that works on for nobody is ended after so many milliseconds. */
const GRACE_MS = 250;
/** Samples that a thread is given without copies of their own: the blocks under a window of an export, and some more. */
const STAGED_BYTES = 16 * 1024 * 1024;

/** The compiled program of the threads; undefined where only the sources are: Node 20 runs no TypeScript. */
export function workerFile(): URL | undefined {
  const file = new URL('./render-worker.js', import.meta.url);
  return existsSync(fileURLToPath(file)) ? file : undefined;
}

/**
 * Threads that draw and count, one order at a time each; those who ask take turns (fair-queue.ts), and a signal stands for
 * who asks. They begin at the first order and do not keep the process alive.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #threads = new Set<Thread>();
  readonly #queue = createFairQueue<Task>();
  #orders = 0;
  #closed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Orders that no thread has begun. */
  get waiting(): number {
    return this.#queue.items.length;
  }

  /** Milliseconds that the orders begun and waiting were thought to take, for each thread that there may be. */
  get load(): number {
    const running = [...this.#threads].flatMap(({ task }) => task ?? []);
    return [...running, ...this.#queue.items].reduce((sum, { cost }) => sum + cost, 0) / this.#options.size;
  }

  /** Threads that have begun and not ended. */
  get size(): number {
    return this.#threads.size;
  }

  /** Has an order done that will take about `cost` milliseconds. @throws what the work throws, or the signal's reason as soon as it aborts */
  run(order: RenderOrder, cost: number, signal: AbortSignal): Promise<RenderResult> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new Error('The renderer is closed');
      const task: Task = { id: (this.#orders += 1), order, cost, signal, resolve, reject };
      const abort = (): void => this.#leave(task);
      signal.addEventListener('abort', abort, { once: true });
      task.resolve = (result) => {
        signal.removeEventListener('abort', abort);
        resolve(result);
      };
      task.reject = (error) => {
        signal.removeEventListener('abort', abort);
        reject(error instanceof Error ? error : new Error('aborted', { cause: error }));
      };
      this.#queue.add(task, signal, cost);
      this.#next();
    });
  }

  /** Ends all threads; what waits fails. */
  async close(): Promise<void> {
    this.#closed = true;
    const ending = [...this.#threads].map(({ worker }) => worker.terminate());
    for (const task of this.#queue.items) task.reject(new Error('The renderer is closed'));
    await Promise.all(ending);
  }

  #next(): void {
    const idle = [...this.#threads].find(({ task }) => task === undefined) ?? this.#begin();
    const task = idle === undefined ? undefined : this.#queue.take();
    if (idle === undefined || task === undefined) return;
    idle.task = task;
    idle.worker.ref();
    const { order, handedOver } = idle.staging.stage(task.order);
    const message: RenderMessage = { id: task.id, order, handedOver };
    idle.worker.postMessage(message, [...handedOver, ...usedUp(order)]);
  }

  #begin(): Thread | undefined {
    if (this.waiting === 0 || this.#threads.size >= this.#options.size) return undefined;
    const thread: Thread = { worker: new Worker(this.#options.file), staging: createStaging(STAGED_BYTES), task: undefined };
    thread.worker.unref();
    thread.worker.on('message', (reply: RenderReply) => this.#finish(thread, reply));
    thread.worker.on('error', (error) => thread.task?.reject(error));
    thread.worker.on('exit', () => this.#end(thread));
    this.#threads.add(thread);
    return thread;
  }

  #finish(thread: Thread, reply: RenderReply): void {
    const { task } = thread;
    if (task?.id !== reply.id) return;
    thread.task = undefined;
    thread.worker.unref();
    if ('result' in reply) task.resolve(reply.result);
    else task.reject(errorOf(reply.failure));
    this.#next();
  }

  #end(thread: Thread): void {
    this.#threads.delete(thread);
    thread.task?.reject(new Error('The thread that drew has ended'));
    if (!this.#closed) this.#next();
  }

  /** What waits is taken back; what is being done is left a moment, for threads are dear, then ended. */
  #leave(task: Task): void {
    this.#queue.remove(task);
    task.reject(task.signal.reason);
    const thread = [...this.#threads].find((one) => one.task === task);
    if (thread === undefined) return;
    setTimeout(() => {
      if (thread.task === task) void thread.worker.terminate();
    }, GRACE_MS).unref();
  }
}

/** What the thread takes over: orders of these kinds are used up. See staging.ts for the blocks of jobs. */
function usedUp(order: RenderOrder): ArrayBuffer[] {
  switch (order.wanted) {
    case 'composed':
      return buffersIn(order.composition.pictures);
    case 'summary':
      return buffersIn(order.collected);
    case 'file':
      return buffersIn(order.image.planes);
    case 'json':
      return buffersIn(order.pieces);
    case 'piece':
      return order.piece.kind === 'cells' ? buffersIn(order.piece.planes) : [];
    default:
      return [];
  }
}

function errorOf({ code, message }: { readonly code: AppError['code'] | undefined; readonly message: string }): Error {
  return code === undefined ? new Error(message) : new AppError(code, { detail: message });
}

import { availableParallelism } from 'node:os';
import { encodePicture, type EncodedPicture } from '../image/encode.ts';
import type { Picture, PictureFormat } from '../image/picture.ts';
import { allocatePlane } from '../raster/image.ts';
import { createScratch } from '../raster/scratch.ts';
import { computePlanes } from './compute-planes.ts';
import { jobCost } from './job-cost.ts';
import { packJob } from './pack-job.ts';
import type { JobColors, JobPlanes, RenderJob } from './render-job.ts';
import { renderPicture } from './render-picture.ts';
import { WorkerPool, workerFile } from './worker-pool.ts';

/** Makes numbers and pictures of jobs, here or in a thread. A signal that aborts ends a job that runs in a thread. */
export interface Renderer {
  /** Undefined where nothing lies. */
  planes(job: RenderJob, signal: AbortSignal): Promise<JobPlanes | undefined>;
  /** Undefined when nothing is to be seen. */
  picture(job: RenderJob & { readonly colors: JobColors }, signal: AbortSignal): Promise<Picture | undefined>;
  encoded(job: RenderJob & { readonly colors: JobColors }, format: PictureFormat, signal: AbortSignal): Promise<EncodedPicture | undefined>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** What renderers may be told. */
export interface RendererOptions {
  /** Threads at most; 0: everything is done here. */
  readonly threads?: number;
  /** The program of the threads, for those that run from sources. */
  readonly file?: URL | undefined;
}

const SCRATCH_BYTES = 32 * 1024 * 1024;
/** What takes longer keeps others waiting, who could be answered in the meantime. */
const LONG_MS = 10;
/** Work that waits for one thread at most, when it is only there so that both can work. */
const WAITING = 1;

/** One core is left to the requests; more than four threads would mostly wait for the database. */
function usualThreads(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

/**
 * Threads begin at the first need: for jobs that would hold up everything else, and for pictures to be encoded while
 * others are in the making, so that more than one core works. One picture at a time is quickest here.
 */
export function createRenderer({ threads = usualThreads(), file = workerFile() }: RendererOptions = {}): Renderer {
  const scratch = createScratch(SCRATCH_BYTES);
  const pool = file === undefined || threads === 0 ? undefined : new WorkerPool({ file, size: threads });
  const isLong = (job: RenderJob): boolean => jobCost(job) > LONG_MS;
  const draw = (job: RenderJob & { readonly colors: JobColors }): Picture | undefined => {
    try {
      return renderPicture(job, job.colors, scratch.allocate);
    } finally {
      scratch.release();
    }
  };
  let making = 0;
  return {
    async planes(job, signal) {
      signal.throwIfAborted();
      if (pool === undefined || !isLong(job)) return computePlanes(job, allocatePlane);
      const result = await pool.run({ wanted: 'planes', job: packJob(job) }, signal);
      return result !== undefined && 'planes' in result ? result : undefined;
    },
    async picture(job, signal) {
      signal.throwIfAborted();
      if (pool === undefined || !isLong(job)) return draw(job);
      const result = await pool.run({ wanted: 'picture', job: packJob(job) }, signal);
      return result !== undefined && 'kind' in result ? result : undefined;
    },
    async encoded(job, format, signal) {
      signal.throwIfAborted();
      making += 1;
      try {
        // Whoever comes next while this one is being encoded finds `making` raised.
        if (pool !== undefined && (isLong(job) || (making > 1 && pool.waiting < WAITING))) {
          const result = await pool.run({ wanted: 'encoded', job: packJob(job), format }, signal);
          return result !== undefined && 'bytes' in result ? result : undefined;
        }
        const picture = draw(job);
        return picture === undefined ? undefined : await encodePicture(picture, format);
      } finally {
        making -= 1;
      }
    },
    close: () => pool?.close() ?? Promise.resolve(),
  };
}

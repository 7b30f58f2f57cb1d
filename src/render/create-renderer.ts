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
  /** `crowded`: others are waiting for theirs. */
  encoded(
    job: RenderJob & { readonly colors: JobColors },
    format: PictureFormat,
    circumstances: { readonly signal: AbortSignal; readonly crowded: boolean },
  ): Promise<EncodedPicture | undefined>;
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
/** What takes longer keeps others waiting, who could be answered in the meantime; no short work waits behind it either. */
const LONG_MS = 10;
/** One core is left to the requests; more than four threads would mostly wait for the database. */
function usualThreads(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

/**
 * Threads begin at the first need: for jobs that would hold up everything else, and for pictures that are wanted beside
 * others, so that more than one core works. One picture at a time is quickest here.
 */
export function createRenderer({ threads = usualThreads(), file = workerFile() }: RendererOptions = {}): Renderer {
  const scratch = createScratch(SCRATCH_BYTES);
  const pool = file === undefined || threads === 0 ? undefined : new WorkerPool({ file, size: threads });
  const draw = (job: RenderJob & { readonly colors: JobColors }): Picture | undefined => {
    try {
      return renderPicture(job, job.colors, scratch.allocate);
    } finally {
      scratch.release();
    }
  };
  return {
    async planes(job, signal) {
      signal.throwIfAborted();
      const cost = jobCost(job);
      if (pool === undefined || cost <= LONG_MS) return computePlanes(job, allocatePlane);
      const result = await pool.run({ wanted: 'planes', job: packJob(job) }, cost, signal);
      return result !== undefined && 'planes' in result ? result : undefined;
    },
    async picture(job, signal) {
      signal.throwIfAborted();
      const cost = jobCost(job);
      if (pool === undefined || cost <= LONG_MS) return draw(job);
      const result = await pool.run({ wanted: 'picture', job: packJob(job) }, cost, signal);
      return result !== undefined && 'kind' in result ? result : undefined;
    },
    async encoded(job, format, { signal, crowded }) {
      signal.throwIfAborted();
      const cost = jobCost(job);
      if (pool !== undefined && (cost > LONG_MS || (crowded && pool.waiting === 0 && pool.load < LONG_MS))) {
        const result = await pool.run({ wanted: 'encoded', job: packJob(job), format }, cost, signal);
        return result !== undefined && 'bytes' in result ? result : undefined;
      }
      const picture = draw(job);
      return picture === undefined ? undefined : encodePicture(picture, format);
    },
    close: () => pool?.close() ?? Promise.resolve(),
  };
}

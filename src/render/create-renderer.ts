import { availableParallelism } from 'node:os';
import { composePictures } from '../image/compose.ts';
import type { EncodedPicture } from '../image/encode.ts';
import type { Picture } from '../image/picture.ts';
import { encodePictureFile, type PictureFile } from '../image/picture-file.ts';
import { allocatePlane } from '../raster/image.ts';
import { createScratch } from '../raster/scratch.ts';
import { compositionCost, type Composition } from './composition.ts';
import { computePlanes } from './compute-planes.ts';
import { createCounting, type Counting } from './counting.ts';
import { isElsewhere } from './elsewhere.ts';
import type { Part } from './part.ts';
import { jobCost } from './job-cost.ts';
import { packJob } from './pack-job.ts';
import { borrowing } from './perform-order.ts';
import type { JobColors, JobPlanes, RenderJob } from './render-job.ts';
import { renderPicture } from './render-picture.ts';
import { WorkerPool, workerFile } from './worker-pool.ts';

/** Makes numbers and pictures of jobs, here or in a thread. A signal that aborts ends a job that runs in a thread. */
export interface Renderer extends Counting {
  /** Undefined where nothing lies. `part`: `bulk` for one of many windows; `alone` when absent. */
  planes(job: RenderJob, signal: AbortSignal, part?: Part): Promise<JobPlanes | undefined>;
  /** Undefined when nothing is to be seen. */
  picture(job: RenderJob & { readonly colors: JobColors }, signal: AbortSignal): Promise<Picture | undefined>;
  encoded(
    job: RenderJob & { readonly colors: JobColors },
    file: PictureFile,
    circumstances: Circumstances,
  ): Promise<EncodedPicture | undefined>;
  /** Pictures over one another; they are used up by it. */
  composed(composition: Composition, signal: AbortSignal): Promise<Picture>;
  /** The same as a file. */
  composedFile(composition: Composition, file: PictureFile, circumstances: Circumstances): Promise<EncodedPicture>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** When a file is wanted. */
export interface Circumstances {
  readonly signal: AbortSignal;
  /** Others are waiting for theirs. */
  readonly crowded: boolean;
}

/** What renderers may be told. */
export interface RendererOptions {
  /** Threads at most; 0: everything is done here. */
  readonly threads?: number;
  /** The program of the threads, for those that run from sources. */
  readonly file?: URL | undefined;
}

const SCRATCH_BYTES = 32 * 1024 * 1024;
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
    return borrowing(scratch, () => renderPicture(job, job.colors, scratch.allocate));
  };
  return {
    async planes(job, signal, part = 'alone') {
      signal.throwIfAborted();
      const cost = jobCost(job);
      if (!isElsewhere(pool, cost, part)) return computePlanes(job, allocatePlane);
      const result = await pool.run({ wanted: 'planes', job: packJob(job) }, cost, signal);
      return result !== undefined && 'planes' in result ? result : undefined;
    },
    async picture(job, signal) {
      signal.throwIfAborted();
      const cost = jobCost(job);
      if (!isElsewhere(pool, cost, 'alone')) return draw(job);
      const result = await pool.run({ wanted: 'picture', job: packJob(job) }, cost, signal);
      return result !== undefined && 'kind' in result ? result : undefined;
    },
    async encoded(job, file, { signal, crowded }) {
      signal.throwIfAborted();
      const cost = jobCost(job);
      if (isElsewhere(pool, cost, crowded ? 'crowded' : 'alone')) {
        const result = await pool.run({ wanted: 'encoded', job: packJob(job), file }, cost, signal);
        return result !== undefined && 'bytes' in result ? result : undefined;
      }
      const picture = draw(job);
      return picture === undefined ? undefined : encodePictureFile(picture, file);
    },
    ...composer(pool),
    ...createCounting(pool, scratch),
    close: () => pool?.close() ?? Promise.resolve(),
  };
}

/** What lays pictures over one another, here or in a thread. */
function composer(pool: WorkerPool | undefined): Pick<Renderer, 'composed' | 'composedFile'> {
  return {
    async composed(composition, signal) {
      signal.throwIfAborted();
      const cost = compositionCost(composition);
      if (!isElsewhere(pool, cost, 'alone')) return composePictures(composition.pictures, composition.canvas);
      const result = await pool.run({ wanted: 'composed', composition, file: undefined }, cost, signal);
      if (result !== undefined && 'kind' in result) return result;
      throw new Error('A thread gave no picture');
    },
    async composedFile(composition, file, { signal, crowded }) {
      signal.throwIfAborted();
      const cost = compositionCost(composition);
      if (!isElsewhere(pool, cost, crowded ? 'crowded' : 'alone'))
        return encodePictureFile(composePictures(composition.pictures, composition.canvas), file);
      const result = await pool.run({ wanted: 'composed', composition, file }, cost, signal);
      if (result !== undefined && 'bytes' in result) return result;
      throw new Error('A thread gave no file');
    },
  };
}

import { allocatePlane, type Allocate, type Plane } from './image.ts';

/** Memory that is used again and again for the planes of one picture after the other. */
export interface Scratch {
  readonly allocate: Allocate;
  /** True for planes that the next release takes back; others were too large, or come from elsewhere. */
  holds(plane: Plane): boolean;
  /** Takes back all that was handed out. */
  release(): void;
}

/**
 * A pool of planes of at most `limitBytes`. A picture's planes are a few megabytes that live a few milliseconds; taking
 * them from the heap costs a tenth of its time in collections. Only for work that does not wait between the first
 * `allocate` and `release`.
 */
export function createScratch(limitBytes: number): Scratch {
  let pool = new ArrayBuffer(0);
  let [used, wanted] = [0, 0];
  return {
    allocate(length, wide) {
      const bytes = wide ? length * 8 : Math.ceil(length / 2) * 8;
      const at = used;
      wanted += bytes;
      if (at + bytes > pool.byteLength) return allocatePlane(length, wide);
      used += bytes;
      return wide ? new Float64Array(pool, at, length) : new Float32Array(pool, at, length);
    },
    holds: ({ buffer }) => buffer === pool,
    release() {
      if (wanted > pool.byteLength && wanted <= limitBytes) pool = new ArrayBuffer(wanted);
      [used, wanted] = [0, 0];
    },
  };
}

import { allocatePlane, type Allocate, type Plane } from './image.ts';

/** Planes that are used again once others have done with them. */
export interface SparePlanes {
  /** A spare plane of that length, else a fresh one. */
  readonly allocate: Allocate;
  /** Takes over planes that nobody looks at any more. */
  give(planes: readonly Plane[]): void;
}

/**
 * Keeps at most `limitBytes` of planes for the next ones of the same size, the newest. The windows of an export are equal:
 * what is given up waits for the collector, which knows little of memory outside its heap.
 */
export function createSparePlanes(limitBytes: number): SparePlanes {
  let spare: readonly ArrayBuffer[] = [];
  return {
    allocate(length, wide) {
      const bytes = length * (wide ? 8 : 4);
      const buffer = spare.find(({ byteLength }) => byteLength === bytes);
      if (buffer === undefined || bytes === 0) return allocatePlane(length, wide);
      spare = spare.filter((one) => one !== buffer);
      return wide ? new Float64Array(buffer) : new Float32Array(buffer);
    },
    give(planes) {
      // A part of a buffer is not ours alone.
      const whole = planes.flatMap(({ buffer, byteLength }) =>
        buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? buffer : [],
      );
      let sum = 0;
      spare = [...new Set([...whole, ...spare])].filter(({ byteLength }) => (sum += byteLength) <= limitBytes);
    },
  };
}

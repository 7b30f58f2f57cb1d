import { AppError } from '../base/error.ts';
import { isWide, type Allocate, type Plane } from './image.ts';

/** What becomes of a pixel that several rows cover. */
export const PIXEL_SELECTIONS = ['first', 'last', 'highest', 'lowest', 'mean', 'median', 'count'] as const;

/** One of `PIXEL_SELECTIONS`. `first` is the row on top, `last` the one at the bottom; `count` counts rows with a value. */
export type PixelSelection = (typeof PIXEL_SELECTIONS)[number];

/** Merges layers of one size, pixel by pixel and band by band; NaN takes no part. */
export interface LayerMerge {
  add(planes: readonly Plane[]): void;
  /** Undefined when no layer came. */
  result(): readonly Plane[] | undefined;
}

/** How layers become one picture: all but `first` and `last`, for which layers lie under one another. */
export type Merging = Exclude<PixelSelection, 'first' | 'last'>;

/**
 * A merge of layers that come one by one; of all but the median only the result so far is held.
 * @throws AppError CONTENT_TOO_LARGE for a median of too many values
 */
export function mergeLayers(merging: Merging, allocate: Allocate): LayerMerge {
  return merging === 'median' ? medianMerge(allocate) : runningMerge(merging, allocate);
}

function runningMerge(merging: Exclude<Merging, 'median'>, allocate: Allocate): LayerMerge {
  let sums: readonly Plane[] | undefined;
  let counts: readonly Plane[] = [];
  return {
    add(planes) {
      if (sums === undefined) {
        // Sums of many values need the room of Float64.
        sums = planes.map((plane) => allocate(plane.length, merging === 'mean' || isWide(plane)).fill(Number.NaN));
        if (merging === 'mean') counts = planes.map((plane) => allocate(plane.length, false).fill(0));
      }
      sums.forEach((sum, n) => {
        const plane = planes[n];
        if (plane !== undefined) STEPS[merging](sum, plane, counts[n] ?? sum);
      });
    },
    result() {
      if (merging === 'mean') sums?.forEach((sum, n) => divide(sum, counts[n] ?? sum));
      return sums;
    },
  };
}

const STEPS: Readonly<Record<Exclude<Merging, 'median'>, (so: Plane, plane: Plane, counts: Plane) => void>> = {
  highest(so, plane) {
    for (let i = 0; i < so.length; i += 1) {
      const value = plane[i] ?? 0;
      const best = so[i] ?? 0;
      if (value > best || (best !== best && value === value)) so[i] = value;
    }
  },
  lowest(so, plane) {
    for (let i = 0; i < so.length; i += 1) {
      const value = plane[i] ?? 0;
      const best = so[i] ?? 0;
      if (value < best || (best !== best && value === value)) so[i] = value;
    }
  },
  mean(so, plane, counts) {
    for (let i = 0; i < so.length; i += 1) {
      const value = plane[i] ?? 0;
      if (value !== value) continue;
      const sum = so[i] ?? 0;
      so[i] = sum === sum ? sum + value : value;
      counts[i] = (counts[i] ?? 0) + 1;
    }
  },
  count(so, plane) {
    for (let i = 0; i < so.length; i += 1) {
      const value = plane[i] ?? 0;
      if (value !== value) continue;
      const count = so[i] ?? 0;
      so[i] = count === count ? count + 1 : 1;
    }
  },
};

function divide(sum: Plane, counts: Plane): void {
  for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) / (counts[i] ?? 1);
}

/** Values that a median may wait for: 256 MB of Float32. */
const MOST_HELD = 67_108_864;

function medianMerge(allocate: Allocate): LayerMerge {
  const layers: (readonly Plane[])[] = [];
  let held = 0;
  return {
    add(planes) {
      held += planes.reduce((sum, plane) => sum + plane.length, 0);
      if (held > MOST_HELD) {
        throw new AppError('CONTENT_TOO_LARGE', {
          detail: `Cannot take the median of so many rows: expected at most ${MOST_HELD} values of all together, got more; ask for fewer pixels or rows`,
        });
      }
      layers.push(planes);
    },
    result() {
      return layers[0]?.map((first, n) => {
        const out = allocate(first.length, isWide(first));
        const values = new Float64Array(layers.length);
        const stack = layers.map((planes) => planes[n] ?? first);
        for (let i = 0; i < out.length; i += 1) out[i] = medianAt(stack, i, values);
        return out;
      });
    },
  };
}

/** The middle value of what the layers hold at a pixel, the mean of the two in the middle of an even number. */
function medianAt(stack: readonly Plane[], i: number, values: Float64Array): number {
  let count = 0;
  for (const plane of stack) {
    const value = plane[i] ?? 0;
    if (value === value) values[count++] = value;
  }
  if (count === 0) return Number.NaN;
  const sorted = values.subarray(0, count).sort();
  const upper = sorted[count >> 1] ?? 0;
  return count % 2 === 1 ? upper : ((sorted[(count >> 1) - 1] ?? 0) + upper) / 2;
}
